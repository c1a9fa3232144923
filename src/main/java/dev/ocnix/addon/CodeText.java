package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JavaScript or TypeScript, with what surrounds each place in it: far enough to tell what runs when the file is loaded from what
 * may never run. No parser: a text that is misread only says less.
 */
final class CodeText {
    private static final int LOOK_BACK = 200;
    private static final Pattern FUNCTION = Pattern.compile(
            "(?:=>|\\bfunction\\b[^{}]*\\)(?:\\s*:[^{}();]+)?|[\\w$]\\s*\\([^(){}]*\\)(?:\\s*:[^{}();]+)?)\\s*$");
    private static final Pattern CONDITION =
            Pattern.compile("(?:\\b(?:if|for|while|switch|with)\\s*\\((?:[^;{}])*\\)|\\belse|\\bdo)\\s*$");
    private static final Pattern TRY = Pattern.compile("\\btry\\s*$");
    private static final Pattern CATCH = Pattern.compile("(?:\\bcatch\\s*(?:\\([^(){}]*\\))?|\\bfinally)\\s*$");
    private static final Pattern NAME = Pattern.compile(
            "(?:\\bfunction\\s*\\*?\\s*([\\w$]+)\\s*\\([^{}]*|\\b(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:async\\s*)?(?:\\([^{}]*|[\\w$]+\\s*=>\\s*|function\\b[^{}]*))$");
    private static final Pattern CHOICE = Pattern.compile("\\?(?!\\.)|&&|\\|\\||\\bif\\s*\\(|\\belse\\b|\\bcase\\b|=>");

    /** After the end of a function that is called at once. */
    private static final Pattern CALLED = Pattern.compile("\\s*\\)?\\s*(?:\\.call\\s*)?\\(");

    private final String text;
    private final String bare;
    private final List<Block> blocks = new ArrayList<>();
    /** Of each place, the pair of braces around it. */
    private final int[] innermost;

    /**
     * What surrounds a place.
     *
     * @param function the name of the outermost function around it; empty if that has none
     * @param isCaught whether an error would be caught
     * @param isChosen whether a condition decides
     * @param isRescue whether it is what follows an error
     */
    record Around(
            boolean isInFunction, Optional<String> function, boolean isCaught, boolean isChosen, boolean isRescue) {
        /** Whether it runs whenever the file is loaded. */
        boolean isCertain() {
            return !isInFunction && !isCaught && !isChosen && !isRescue;
        }
    }

    private enum Frame {
        FUNCTION,
        TRY,
        CATCH,
        CONDITION,
        OTHER
    }

    /**
     * A pair of braces.
     *
     * @param parent the pair around it; -1 if there is none
     */
    private record Block(Frame frame, Optional<String> name, int parent) {}

    CodeText(String text) {
        this.text = text;
        this.bare = bare(text);
        this.innermost = new int[bare.length() + 1];
        readBlocks();
    }

    private void readBlocks() {
        int current = -1;
        innermost[0] = current;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == '{') {
                blocks.add(block(i, current));
                current = blocks.size() - 1;
            } else if (c == '}' && current >= 0) {
                Block closed = blocks.get(current);
                boolean isCalled = CALLED.matcher(bare)
                        .region(i + 1, Math.min(bare.length(), i + 20))
                        .lookingAt();
                if (closed.frame == Frame.FUNCTION && closed.name.isEmpty() && isCalled) {
                    blocks.set(current, new Block(Frame.OTHER, Optional.empty(), closed.parent));
                }
                current = closed.parent;
            }
            innermost[i + 1] = current;
        }
    }

    String text() {
        return text;
    }

    /** The code with blanks for comments and for what is in quotes, each character at its own place. */
    String bare() {
        return bare;
    }

    /** What surrounds a place in the text. */
    Around around(int place) {
        boolean isInFunction = false;
        Optional<String> name = Optional.empty();
        boolean isCaught = false;
        boolean isChosen = isChosenInLine(place);
        boolean isRescue = false;
        for (int i = innermost[place]; i >= 0; i = blocks.get(i).parent) {
            Block block = blocks.get(i);
            isInFunction |= block.frame == Frame.FUNCTION;
            name = block.frame == Frame.FUNCTION ? block.name : name;
            isCaught |= block.frame == Frame.TRY;
            isChosen |= block.frame == Frame.CONDITION;
            isRescue |= block.frame == Frame.CATCH;
        }
        return new Around(isInFunction, name, isCaught, isChosen, isRescue);
    }

    private Block block(int brace, int parent) {
        int start = brace;
        while (start > 0 && brace - start < LOOK_BACK && "{}".indexOf(bare.charAt(start - 1)) < 0) {
            start--;
        }
        String before = bare.substring(start, brace);
        if (TRY.matcher(before).find()) {
            return new Block(Frame.TRY, Optional.empty(), parent);
        }
        if (CATCH.matcher(before).find()) {
            return new Block(Frame.CATCH, Optional.empty(), parent);
        }
        if (CONDITION.matcher(before).find()) {
            return new Block(Frame.CONDITION, Optional.empty(), parent);
        }
        if (FUNCTION.matcher(before).find()) {
            Matcher matcher = NAME.matcher(before);
            return new Block(
                    Frame.FUNCTION,
                    matcher.find()
                            ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                            : Optional.empty(),
                    parent);
        }
        return new Block(Frame.OTHER, Optional.empty(), parent);
    }

    /** A choice without braces: {@code a ? b : c}, {@code a && b}, {@code if (a) b}. */
    private boolean isChosenInLine(int place) {
        int start = place;
        while (start > 0 && place - start < LOOK_BACK && ";{}".indexOf(bare.charAt(start - 1)) < 0) {
            start--;
        }
        return CHOICE.matcher(bare.substring(start, place)).find();
    }

    private static String bare(String text) {
        char[] bare = text.toCharArray();
        int at = 0;
        char last = '(';
        while (at < bare.length) {
            char c = text.charAt(at);
            int end = end(text, at, last);
            if (end > at) {
                blank(bare, at, end);
                last = '"';
                at = end;
                continue;
            }
            if (!Character.isWhitespace(c)) {
                last = c;
            }
            at++;
        }
        return new String(bare);
    }

    /** Where the comment, text or regular expression ends that begins here; the place itself if there is none. */
    private static int end(String text, int at, char last) {
        char c = text.charAt(at);
        if (text.startsWith("//", at)) {
            return until(text, at, text.indexOf('\n', at));
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (c == '\'' || c == '"') {
            return quoted(text, at, i -> text.charAt(i) == c || text.charAt(i) == '\n' ? 1 : 0);
        }
        if (c == '`') {
            return quoted(text, at, i -> text.charAt(i) == c ? 1 : 0);
        }
        boolean startsExpression = "(,=:[!&|?{};+-*%<>~^".indexOf(last) >= 0;
        if (c == '/' && startsExpression) {
            return quoted(text, at, i -> text.charAt(i) == '/' || text.charAt(i) == '\n' ? 1 : 0);
        }
        return at;
    }

    private static int until(String text, int at, int end) {
        return end < 0 ? text.length() : Math.max(at + 1, end);
    }

    private static int quoted(String text, int at, IntUnaryOperator isEnd) {
        int i = at + 1;
        while (i < text.length() && isEnd.applyAsInt(i) == 0) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    private static void blank(char[] bare, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bare[i] != '\n') {
                bare[i] = ' ';
            }
        }
    }
}

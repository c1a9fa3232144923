package dev.ocnix.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A patch as Bun 1.4 takes it: exact context at any offset, but for carriage returns at the ends of lines; no fuzz. Of what Bun
 * refuses some harmless forms are taken, as git takes them: text after the last hunk, and files that come or go without git's
 * headers. The builder's {@code patch.js} does the same.
 */
final class PatchText {
    private final List<FilePatch> files;

    private PatchText(List<FilePatch> files) {
        this.files = files;
    }

    /** Why a patch does not do, as a clause for the middle of a sentence. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String clause) {
            super(clause);
        }

        String clause() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * What happens to one file.
     *
     * @param from the name before; one of the two is there
     * @param to the name afterwards
     * @param hasMode whether only a file that exists can have it
     */
    record FilePatch(
            Optional<String> from,
            Optional<String> to,
            boolean isNew,
            boolean isDeleted,
            boolean isRenamed,
            boolean hasMode,
            List<Hunk> hunks) {
        String path() {
            return (isDeleted ? from.or(() -> to) : to.or(() -> from)).orElseThrow();
        }
    }

    /** @param start the line of the old file that it says it begins at */
    record Hunk(int start, List<Part> parts) {}

    /**
     * A line of a hunk.
     *
     * @param kind a blank, a plus or a minus
     * @param text without the line break
     * @param isEnded whether it has one
     */
    record Part(char kind, String text, boolean isEnded) {}

    /** @throws Refusal if it is malformed, changes nothing, or has parts that are not text */
    static PatchText parse(byte[] content) throws Refusal {
        return new PatchText(PatchReader.read(content));
    }

    /** The files of the package that it reads or makes. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        for (FilePatch file : files) {
            file.from().ifPresent(paths::add);
            file.to().ifPresent(paths::add);
        }
        return paths;
    }

    /**
     * Applies it.
     *
     * @param given those of {@link #paths} that the package has
     * @return them and the new ones as they are afterwards
     * @throws Refusal naming the first file that it does not fit
     */
    Map<String, byte[]> apply(Map<String, byte[]> given) throws Refusal {
        Map<String, byte[]> contents = new HashMap<>(given);
        Steps steps = new Steps();
        for (FilePatch file : files) {
            apply(file, contents, steps);
        }
        return contents;
    }

    private static void apply(FilePatch file, Map<String, byte[]> contents, Steps steps) throws Refusal {
        String path = file.path();
        String source = file.isRenamed() ? file.from().orElse(path) : path;
        boolean isMade = file.isNew() || (file.from().isEmpty() && !contents.containsKey(path));
        boolean isTouched = !file.hunks().isEmpty() || file.isDeleted() || file.isRenamed() || file.hasMode();
        if (isTouched && !isMade && !contents.containsKey(source)) {
            throw new Refusal("changes " + source + ", which the package has not");
        }
        if (file.isNew()) {
            // what was there before goes
            contents.put(
                    path,
                    bytes(file.hunks().isEmpty() ? "" : firstRun(file.hunks().get(0))));
            return;
        }
        if (file.isDeleted()) {
            contents.remove(path);
            return;
        }
        if (file.isRenamed()) {
            contents.put(path, Optional.ofNullable(contents.remove(source)).orElseThrow());
        }
        if (file.hunks().isEmpty()) {
            return;
        }
        byte[] before = Optional.ofNullable(contents.get(path)).orElse(new byte[0]);
        PatchedLines lines = new PatchedLines(path, before, steps);
        byte[] after = lines.apply(file.hunks());
        if (file.to().isEmpty() && after.length > 0) {
            throw new Refusal("deletes " + path + ", but not all that is in it");
        }
        contents.put(path, after);
        if (file.to().isEmpty()) {
            contents.remove(path);
        }
    }

    /** The lines of one kind that a hunk begins with, which is what Bun makes a new file of. */
    private static String firstRun(Hunk hunk) {
        StringBuilder text = new StringBuilder();
        for (Part part : hunk.parts()) {
            if (part.kind() != hunk.parts().get(0).kind()) {
                break;
            }
            text.append(part.text()).append(part.isEnded() ? "\n" : "");
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Work that one patch may still cause: lines that are compared, and, eight for one, lines that move. */
    private static final class Steps {
        // some seconds in the builder; a real patch needs a step for each line of its context
        private int left = 50_000_000;

        void take(int steps) throws Refusal {
            left -= steps;
            if (left < 0) {
                throw new Refusal("compares too many lines");
            }
        }
    }

    /** The lines of one file while hunk after hunk changes them. */
    private static final class PatchedLines {
        /** The number of a line that a hunk has put there, which no other hunk may change. */
        private static final int PATCHED = -1;

        private final String name;
        private final Steps steps;
        private final List<Line> lines = new ArrayList<>();
        // lines without their carriage returns, numbered, so that each is compared by its text once
        private final Map<String, Integer> numbers = new HashMap<>();

        private record Line(String text, boolean isEnded, int number) {}

        PatchedLines(String name, byte[] content, Steps steps) {
            this.name = name;
            this.steps = steps;
            for (String line : new String(content, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
                boolean isEnded = line.endsWith("\n");
                if (!line.isEmpty()) {
                    String text = isEnded ? line.substring(0, line.length() - 1) : line;
                    lines.add(new Line(text, isEnded, number(text)));
                }
            }
        }

        private int number(String text) {
            return numbers.computeIfAbsent(PatchReader.withoutEnd(text, "\r"), any -> numbers.size());
        }

        byte[] apply(List<Hunk> hunks) throws Refusal {
            int number = 0;
            int shift = 0;
            for (Hunk hunk : hunks) {
                number++;
                shift += apply(hunk, number, shift);
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                text.append(lines.get(i).text())
                        .append(i < lines.size() - 1 || lines.get(i).isEnded() ? "\n" : "");
            }
            return bytes(text.toString());
        }

        /** How many lines the file has grown by. */
        private int apply(Hunk hunk, int number, int shift) throws Refusal {
            int[] old = hunk.parts().stream()
                    .filter(part -> part.kind() != '+')
                    .mapToInt(part -> number(part.text()))
                    .toArray();
            int expected = (old.length == 0 ? hunk.start() : Math.max(0, hunk.start() - 1)) + shift;
            int found = find(old, expected);
            if (found < 0) {
                throw new Refusal("does not fit " + name + " (hunk " + number + ", for line " + hunk.start() + ")");
            }
            boolean isAtEnd = found + old.length == lines.size();
            List<Line> fresh = new ArrayList<>();
            int next = found;
            for (Part part : hunk.parts()) {
                if (part.kind() != '-') {
                    fresh.add(new Line(
                            part.kind() == '+' ? part.text() : lines.get(next).text(),
                            !isAtEnd || part.isEnded(),
                            PATCHED));
                }
                next += part.kind() == '+' ? 0 : 1;
            }
            steps.take((lines.size() - found) / 8);
            List<Line> place = lines.subList(found, found + old.length);
            place.clear();
            place.addAll(fresh);
            return fresh.size() - old.length + (found - expected);
        }

        /** The place nearest to the expected one, the later of two; -1 if there is none. */
        private int find(int[] old, int expected) throws Refusal {
            if (old.length == 0) {
                return expected >= 0 && expected <= lines.size() ? expected : -1;
            }
            int start = Math.max(0, Math.min(expected, lines.size()));
            for (int distance = 0; distance <= lines.size(); distance++) {
                if (isAt(old, start + distance)) {
                    return start + distance;
                }
                if (isAt(old, start - distance)) {
                    return start - distance;
                }
            }
            return -1;
        }

        private boolean isAt(int[] old, int start) throws Refusal {
            int same = 0;
            if (start >= 0 && start + old.length <= lines.size()) {
                while (same < old.length && lines.get(start + same).number() == old[same]) {
                    same++;
                }
            }
            steps.take(same + 1);
            return same == old.length;
        }
    }
}

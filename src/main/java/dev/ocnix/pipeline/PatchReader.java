package dev.ocnix.pipeline;

import dev.ocnix.pipeline.PatchText.FilePatch;
import dev.ocnix.pipeline.PatchText.Hunk;
import dev.ocnix.pipeline.PatchText.Part;
import dev.ocnix.pipeline.PatchText.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code git diff} and {@code diff -u} print. Carriage returns at the end of headers do not count. */
final class PatchReader {
    private static final int MAX_FILES = 10_000;
    private static final Pattern RANGES =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+\\d{1,9}(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);
    private static final Pattern MODE = Pattern.compile("100(?:644|755)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3}|.)", Pattern.DOTALL);
    private static final String NOTHING = "/dev/null";

    private final String[] lines;
    private final List<FilePatch> files = new ArrayList<>();
    private Optional<Section> open = Optional.empty();
    private int at;

    private PatchReader(byte[] content) {
        this.lines = new String(content, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1);
    }

    /** What one file's headers say until its hunks end. */
    private static final class Section {
        private Optional<String> from = Optional.empty();
        private Optional<String> to = Optional.empty();
        private boolean isNew;
        private boolean isDeleted;
        private boolean isRenamed;
        private boolean hasMode;
        private boolean hasNames;
        private final List<Hunk> hunks = new ArrayList<>();
    }

    static List<FilePatch> read(byte[] content) throws Refusal {
        PatchReader reader = new PatchReader(content);
        reader.read();
        return List.copyOf(reader.files);
    }

    private void read() throws Refusal {
        while (at < lines.length) {
            String line = header(at);
            boolean isInHead = open.filter(section -> section.hunks.isEmpty()).isPresent();
            if (line.startsWith("diff --git ")) {
                close();
                Section section = new Section();
                open = Optional.of(section);
                names(section, line.substring("diff --git ".length()));
            } else if (line.startsWith("--- ") && header(at + 1).startsWith("+++ ")) {
                if (!isInHead || open.orElseThrow().hasNames) {
                    close();
                    open = Optional.of(new Section());
                }
                files(open.orElseThrow(), line, header(at + 1));
                at++;
            } else if (line.startsWith("@@ ")) {
                hunk(line);
                continue;
            } else if (line.startsWith("GIT binary patch")) {
                throw new Refusal("has a part that is not text");
            } else if (isInHead) {
                extended(open.orElseThrow(), line);
            }
            at++;
        }
        close();
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new Refusal("names " + (files.isEmpty() ? "no" : "too many") + " files");
        }
    }

    private String header(int number) {
        return number < lines.length ? withoutEnd(lines[number], "\r\n") : "";
    }

    /** A line without any of some characters at its end; an expression would take quadratic time. */
    static String withoutEnd(String line, String characters) {
        int end = line.length();
        while (end > 0 && characters.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }

    /** Two names with a blank between; without quotes they may hold blanks, too, if they are the same. */
    private static void names(Section section, String both) throws Refusal {
        int middle = both.length() / 2;
        int split = both.indexOf(" b/");
        if (both.startsWith("\"")) {
            split = both.indexOf("\" ") + 1;
        } else if (both.length() % 2 == 1 && both.charAt(middle) == ' ') {
            String one = stripped(both.substring(0, middle)).orElse("");
            split = stripped(both.substring(middle + 1)).filter(one::equals).isPresent() ? middle : split;
        }
        if (split > 0) {
            section.from = path(both.substring(0, split));
            section.to = path(both.substring(split + 1));
        }
    }

    private static void files(Section section, String from, String to) throws Refusal {
        section.hasNames = true;
        section.from = path(from.substring("--- ".length()));
        section.to = path(to.substring("+++ ".length()));
    }

    private static void extended(Section section, String line) throws Refusal {
        for (String mode : List.of("new file mode ", "deleted file mode ", "old mode ", "new mode ")) {
            if (line.startsWith(mode)) {
                if (!MODE.matcher(line.substring(mode.length())).matches()) {
                    throw new Refusal(
                            "has the mode " + line.substring(mode.length()) + ", which no file of a package has");
                }
                section.isNew |= mode.startsWith("new file");
                section.isDeleted |= mode.startsWith("deleted");
                section.hasMode = true;
            }
        }
        if (line.startsWith("rename from ")) {
            section.isRenamed = true;
            section.from = inside(unquoted(line.substring("rename from ".length())));
        } else if (line.startsWith("rename to ")) {
            section.to = inside(unquoted(line.substring("rename to ".length())));
        }
    }

    private void hunk(String line) throws Refusal {
        Matcher ranges = RANGES.matcher(line);
        if (open.isEmpty() || !ranges.matches()) {
            throw new Refusal("is malformed at line " + (at + 1));
        }
        int head = at + 1;
        int before = count(ranges.group(2));
        int after = count(ranges.group(3));
        List<Part> parts = new ArrayList<>();
        for (at++; before > 0 || after > 0; at++) {
            String body = at < lines.length ? lines[at] : "";
            // editors take the blank from empty lines
            char kind = body.isEmpty() ? '?' : body.matches("\r?\n") ? ' ' : body.charAt(0);
            if (kind == '\\') {
                mark(parts);
                continue;
            }
            before -= kind == '+' ? 0 : 1;
            after -= kind == '-' ? 0 : 1;
            if (" +-".indexOf(kind) < 0 || before < 0 || after < 0) {
                throw new Refusal("has a hunk at line " + head + " whose counts are wrong");
            }
            parts.add(new Part(kind, text(body), true));
        }
        if (at < lines.length && lines[at].startsWith("\\")) {
            mark(parts);
            at++;
        }
        String next = header(at);
        if (next.matches("[ +].+|-(?!-(?:-| ?$)).*")) {
            throw new Refusal("has a hunk at line " + head + " whose counts are wrong");
        }
        open.orElseThrow().hunks.add(new Hunk(Integer.parseInt(ranges.group(1)), List.copyOf(parts)));
    }

    private static void mark(List<Part> parts) {
        int last = parts.size() - 1;
        if (last >= 0) {
            parts.set(last, new Part(parts.get(last).kind(), parts.get(last).text(), false));
        }
    }

    private static String text(String line) {
        String text = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
        return text.isEmpty() || text.equals("\r") ? text : text.substring(1);
    }

    private static int count(String lines) {
        return lines == null ? 1 : Integer.parseInt(lines);
    }

    private void close() throws Refusal {
        if (open.isPresent()) {
            Section section = open.get();
            if (section.from.isEmpty() && section.to.isEmpty()) {
                throw new Refusal("has a part that names no file");
            }
            files.add(new FilePatch(
                    section.from,
                    section.to,
                    section.isNew,
                    section.isDeleted,
                    section.isRenamed,
                    section.hasMode,
                    List.copyOf(section.hunks)));
        }
        open = Optional.empty();
    }

    /** A name as headers have it, with one folder more in front. */
    private static Optional<String> path(String name) throws Refusal {
        if (beforeTab(name).equals(NOTHING)) {
            return Optional.empty();
        }
        Optional<String> stripped = stripped(name);
        return stripped.isEmpty() ? Optional.empty() : inside(stripped.get());
    }

    private static Optional<String> stripped(String name) throws Refusal {
        String plain = unquoted(name);
        int slash = plain.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(plain.substring(slash + 1));
    }

    private static Optional<String> inside(String path) throws Refusal {
        List<String> names = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        names.removeIf("."::equals);
        if (names.contains("..") || names.contains("")) {
            throw new Refusal("names a file outside the package");
        }
        // what was read byte for byte names a file in UTF-8
        byte[] bytes = String.join("/", names).getBytes(StandardCharsets.ISO_8859_1);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String beforeTab(String name) {
        int tab = name.indexOf('\t');
        return tab < 0 ? name : name.substring(0, tab);
    }

    /** Without git's quotes, or what stands behind a tab. */
    private static String unquoted(String name) throws Refusal {
        if (!name.startsWith("\"")) {
            return beforeTab(name);
        }
        int end = name.lastIndexOf('"');
        if (end == 0) {
            throw new Refusal("has a name whose quote is not closed");
        }
        Matcher escapes = ESCAPE.matcher(name.substring(1, end));
        return escapes.replaceAll(escape -> Matcher.quoteReplacement(
                switch (escape.group(1)) {
                    case "n" -> "\n";
                    case "t" -> "\t";
                    default ->
                        escape.group(1).length() == 3
                                ? String.valueOf((char) (Integer.parseInt(escape.group(1), 8) & 0xFF))
                                : escape.group(1);
                }));
    }
}

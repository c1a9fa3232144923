package dev.ocnix.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.FormatError;
import org.eclipse.jgit.patch.HunkHeader;
import org.eclipse.jgit.patch.Patch;

/**
 * A patch as {@code git apply --unidiff-zero} takes it, which is what the builder calls and, in all that both accept, what Bun
 * 1.4 does: exact context at any offset, no fuzz.
 */
final class PatchText {
    private static final int MAX_FILES = 10_000;

    private final List<? extends FileHeader> files;

    private PatchText(List<? extends FileHeader> files) {
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

    /** @throws Refusal if it is malformed, changes nothing, or has parts that are not text */
    static PatchText parse(byte[] content) throws Refusal {
        Patch patch = new Patch();
        try {
            patch.parse(content, 0, content.length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refusal("is malformed");
        }
        for (FormatError error : patch.getErrors()) {
            if (error.getSeverity() == FormatError.Severity.ERROR) {
                throw new Refusal("is malformed at byte " + error.getOffset());
            }
        }
        if (patch.getFiles().isEmpty() || patch.getFiles().size() > MAX_FILES) {
            throw new Refusal("names " + (patch.getFiles().isEmpty() ? "no" : "too many") + " files");
        }
        for (FileHeader file : patch.getFiles()) {
            if (file.getPatchType() != FileHeader.PatchType.UNIFIED) {
                throw new Refusal("changes " + nameOf(file) + ", which is not text");
            }
            if (!isInside(file.getOldPath()) || !isInside(file.getNewPath())) {
                throw new Refusal("names a file outside the package");
            }
        }
        return new PatchText(patch.getFiles());
    }

    private static boolean isInside(String path) {
        return path.equals("/dev/null")
                || !path.isEmpty()
                        && !path.startsWith("/")
                        && !Arrays.asList(path.split("/", -1)).contains("..");
    }

    private static String nameOf(FileHeader file) {
        return file.getChangeType() == ChangeType.DELETE ? file.getOldPath() : file.getNewPath();
    }

    /** The files of the package that it reads or makes. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        for (FileHeader file : files) {
            paths.add(file.getOldPath());
            paths.add(file.getNewPath());
        }
        paths.remove("/dev/null");
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
        for (FileHeader file : files) {
            ChangeType change = file.getChangeType();
            boolean isNew = change == ChangeType.ADD;
            byte[] before = isNew ? new byte[0] : contents.get(file.getOldPath());
            if (before == null) {
                throw new Refusal("changes " + file.getOldPath() + ", which the package has not");
            }
            boolean isElsewhere = isNew || change == ChangeType.RENAME || change == ChangeType.COPY;
            if (isElsewhere && contents.containsKey(file.getNewPath())) {
                throw new Refusal("makes " + file.getNewPath() + ", which the package has already");
            }
            byte[] after = new Hunks(nameOf(file), before).apply(file.getHunks());
            if (change == ChangeType.DELETE && after.length > 0) {
                throw new Refusal("deletes " + file.getOldPath() + ", but not all that is in it");
            }
            if (change == ChangeType.DELETE || change == ChangeType.RENAME) {
                contents.remove(file.getOldPath());
            }
            if (change != ChangeType.DELETE) {
                contents.put(file.getNewPath(), after);
            }
        }
        return contents;
    }

    /** The lines of one file while hunk after hunk changes them. */
    private static final class Hunks {
        private final String name;
        private final List<Line> lines = new ArrayList<>();

        /** With its line break, if it has one; what a hunk has put there no other hunk may change. */
        private record Line(String text, boolean isPatched) {}

        Hunks(String name, byte[] content) {
            this.name = name;
            split(content, 0, content.length).forEach(text -> lines.add(new Line(text, false)));
        }

        byte[] apply(List<? extends HunkHeader> hunks) throws Refusal {
            int number = 0;
            int shift = 0;
            for (HunkHeader hunk : hunks) {
                number++;
                shift += apply(hunk, number, shift);
            }
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line.text()));
            return text.toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        /** How many lines the file has grown by. */
        private int apply(HunkHeader hunk, int number, int shift) throws Refusal {
            List<String> old = new ArrayList<>();
            List<Line> fresh = new ArrayList<>();
            boolean isOldLast = false;
            List<String> body = split(hunk.getBuffer(), hunk.getStartOffset(), hunk.getEndOffset());
            for (String line : body.subList(1, body.size())) {
                char kind = line.charAt(0);
                String text = kind == '\n' ? "\n" : line.substring(1);
                if (kind == '\\') {
                    if (isOldLast) {
                        chop(old);
                    }
                    if (!fresh.isEmpty()) {
                        Line last = fresh.remove(fresh.size() - 1);
                        fresh.add(new Line(last.text().replaceFirst("\n$", ""), last.isPatched()));
                    }
                    continue;
                }
                isOldLast = kind != '+';
                if (kind != '+') {
                    old.add(text);
                }
                if (kind != '-') {
                    fresh.add(new Line(text, true));
                }
            }
            int start = hunk.getOldImage().getStartLine();
            int expected = (old.isEmpty() ? start : Math.max(0, start - 1)) + shift;
            int found = find(old, Math.max(0, Math.min(expected, lines.size())));
            if (found < 0) {
                throw new Refusal("does not fit " + name + " (hunk " + number + ", for line " + start + ")");
            }
            List<Line> place = lines.subList(found, found + old.size());
            place.clear();
            place.addAll(fresh);
            return fresh.size() - old.size() + (found - expected);
        }

        private static void chop(List<String> lines) {
            int last = lines.size() - 1;
            if (last >= 0) {
                lines.set(last, lines.get(last).replaceFirst("\n$", ""));
            }
        }

        /** The place nearest to the expected one, the later of two; -1 if there is none. */
        private int find(List<String> old, int expected) {
            for (int distance = 0; distance <= lines.size(); distance++) {
                if (isAt(old, expected + distance)) {
                    return expected + distance;
                }
                if (isAt(old, expected - distance)) {
                    return expected - distance;
                }
            }
            return -1;
        }

        private boolean isAt(List<String> old, int start) {
            if (start < 0 || start + old.size() > lines.size()) {
                return false;
            }
            for (int i = 0; i < old.size(); i++) {
                Line line = lines.get(start + i);
                if (line.isPatched() || !line.text().equals(old.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static List<String> split(byte[] content, int from, int to) {
            List<String> lines = new ArrayList<>();
            int start = from;
            for (int i = from; i < to; i++) {
                if (content[i] == '\n' || i == to - 1) {
                    lines.add(new String(content, start, i + 1 - start, StandardCharsets.ISO_8859_1));
                    start = i + 1;
                }
            }
            return lines;
        }
    }
}

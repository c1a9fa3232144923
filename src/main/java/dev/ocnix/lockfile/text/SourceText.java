package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.Place;
import dev.ocnix.model.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The characters of a file, and which line each is on. */
final class SourceText {
    private static final String CONFLICT = "<<<<<<<";
    private static final String CONFLICT_END = ">>>>>>>";

    final String fileName;
    final String text;
    private final String advice;
    private final int[] lineStarts;
    private final List<Entry> entries = new ArrayList<>();

    /** The part of the file from an offset on that belongs to a key; none of interest if the key is empty. */
    private record Entry(int offset, String section, String key) {}

    /**
     * Decodes UTF-8; as in Bun, malformed bytes are no error but replacement characters.
     *
     * @param advice what to do about a damaged file, in the imperative
     */
    SourceText(String fileName, byte[] content, String advice) {
        this.fileName = fileName;
        this.advice = advice;
        this.text = new String(content, StandardCharsets.UTF_8);
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    private int lineIndex(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Line and column, both from 1; columns count UTF-16 units. */
    String position(int offset) {
        int line = lineIndex(offset);
        return position(line + 1, offset - lineStarts[line] + 1);
    }

    /** Notes that an entry of a section begins, so that failures behind it name it. */
    void enter(int offset, String section, String key) {
        entries.add(new Entry(offset, section, key));
    }

    /** Notes that the last entry of a section has ended. */
    void leave(int offset) {
        enter(offset, "", "");
    }

    /** The place of an entry of {@code packages}. */
    Place place(int offset, String key) {
        int line = lineIndex(offset);
        return new EntryPlace(line + 1, offset - lineStarts[line] + 1, key);
    }

    private record EntryPlace(int line, int column, String key) implements Place {
        @Override
        public String toString() {
            return position(line, column) + ", " + Visible.quoted(key);
        }
    }

    private static String position(int line, int column) {
        return "line " + line + ", column " + column;
    }

    /** Line, column, and which package or workspace that is part of. */
    String where(int offset) {
        int low = 0;
        for (int high = entries.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Entry entry = low == 0 ? new Entry(0, "", "") : entries.get(low - 1);
        String name = entry.section().isEmpty() ? "" : ", " + entry.section() + " " + Visible.quoted(entry.key());
        return position(offset) + name;
    }

    /** The failure that a merge conflict is, if the file has the marks of one. */
    Optional<LockfileException> conflict() {
        int start = lineWith(CONFLICT, 0);
        if (start < 0 || lineWith(CONFLICT_END, start) < 0) {
            return Optional.empty();
        }
        return Optional.of(failure(
                start,
                "a merge conflict begins here",
                "resolve it (`bun install` writes a lockfile anew) and commit the result"));
    }

    private int lineWith(String mark, int from) {
        for (int at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
            if (at == 0 || text.charAt(at - 1) == '\n') {
                return at;
            }
        }
        return -1;
    }

    LockfileException failure(int offset, String problem) {
        return failure(offset, problem, advice);
    }

    LockfileException failure(int offset, String problem, String advice) {
        return LockfileException.at(fileName, where(offset), problem, advice);
    }
}

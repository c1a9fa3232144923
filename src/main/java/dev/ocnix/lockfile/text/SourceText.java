package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The characters of a lockfile, and which line each is on. */
final class SourceText {
    final String fileName;
    final String text;
    private final int[] lineStarts;

    /** Decodes UTF-8; as in Bun, malformed bytes are no error but replacement characters. */
    SourceText(String fileName, byte[] content) {
        this.fileName = fileName;
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
        return "line " + (line + 1) + ", column " + (offset - lineStarts[line] + 1);
    }

    /** The place of an entry of {@code packages}. */
    Place place(int offset, String key) {
        return new Place("line " + (lineIndex(offset) + 1) + ", " + SafeText.quote(key));
    }

    LockfileException failure(int offset, String problem) {
        return failure(offset, problem, LockfileException.RELOCK);
    }

    LockfileException failure(int offset, String problem, String advice) {
        return LockfileException.at(fileName, position(offset), problem, advice);
    }
}

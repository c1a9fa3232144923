package dev.ocnix.fetch.worktree;

import java.io.ByteArrayOutputStream;

/** Line ends of text. */
final class LineEnds {
    private LineEnds() {}

    /** Whether content is text whose every line ends in CRLF, as git's conversion leaves it: it never mixes them. */
    static boolean areAllCrlf(byte[] content) {
        boolean found = false;
        for (int i = 0; i < content.length; i++) {
            boolean isCrlf = content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n';
            if (isCrlf) {
                found = true;
                i++;
            } else if (content[i] == '\r' || content[i] == '\n' || content[i] == 0) {
                return false;
            }
        }
        return found;
    }

    /** The same text with LF for each CRLF. */
    static byte[] lf(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
        for (int i = 0; i < content.length; i++) {
            boolean isCrlf = content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n';
            if (!isCrlf) {
                out.write(content[i]);
            }
        }
        return out.toByteArray();
    }
}

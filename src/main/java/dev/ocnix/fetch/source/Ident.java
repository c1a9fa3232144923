package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * The expansion of {@code $Id$} by the attribute {@code ident}. Git has two, in convert.c: one for contents that it has in memory
 * and one for contents that it streams into a checkout. They disagree on keywords that touch other dollar signs or that
 * another version control system wrote.
 */
final class Ident {
    private static final byte[] HEAD = "$Id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_AND_NUL = Arrays.copyOf(HEAD, HEAD.length + 1);

    private final byte[] blob;
    private final byte[] expanded;
    private final ByteArrayOutputStream out;

    private Ident(byte[] blob) {
        this.blob = blob;
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            this.expanded = ("$Id: " + formatter.idFor(Constants.OBJ_BLOB, blob).name() + " $")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        this.out = new ByteArrayOutputStream(blob.length + expanded.length);
    }

    /** As git does in memory. */
    static byte[] expandWhole(byte[] blob) {
        return new Ident(blob).whole();
    }

    /** As git does while it streams. */
    static byte[] expandStreamed(byte[] blob) {
        return new Ident(blob).streamed();
    }

    private byte[] whole() {
        int at = 0;
        while (at < blob.length) {
            int end = blob[at] == '$' ? keywordEnd(at) : -1;
            if (end < 0) {
                out.write(blob[at]);
                at++;
            } else {
                out.write(expanded, 0, expanded.length);
                at = end;
            }
        }
        return out.toByteArray();
    }

    /** The end of {@code $Id$} or {@code $Id: … $} at a dollar sign; -1 if something else stands there. */
    private int keywordEnd(int dollar) {
        int colon = dollar + HEAD.length;
        if (colon >= blob.length || headAt(dollar) < HEAD.length) {
            return -1;
        }
        if (blob[colon] == '$') {
            return colon + 1;
        }
        int close = colon + 1;
        while (blob[colon] == ':' && close < blob.length && blob[close] != '$') {
            if (blob[close] == '\n') {
                return -1;
            }
            close++;
        }
        boolean closed = blob[colon] == ':' && close < blob.length;
        return closed && !hasInnerSpace(colon + 2, close) ? close + 1 : -1;
    }

    /** Ids of other systems hold blanks inside; git leaves those alone. */
    private boolean hasInnerSpace(int start, int close) {
        for (int i = start; i < close - 1; i++) {
            if (blob[i] == ' ') {
                return true;
            }
        }
        return false;
    }

    /**
     * Git's ident_filter_fn, state by state: what it has matched of the head and of its terminating NUL, and what it holds back.
     * It holds back more than it should after "$Id" and another byte, and an expansion then overwrites that.
     */
    private byte[] streamed() {
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        int state = 0;
        boolean skipping = false;
        for (byte b : blob) {
            boolean isDone = true;
            if (skipping) {
                held.write(b);
                isDone = b == '\n' || b == '$';
                if (b == '$' && !isForeign(held.toByteArray())) {
                    held.reset();
                    held.writeBytes(expanded);
                }
            } else if (state < HEAD_AND_NUL.length && HEAD_AND_NUL[state] == b) {
                state++;
                continue;
            } else {
                held.write(HEAD_AND_NUL, 0, state);
                boolean isHead = state == HEAD.length;
                if (isHead && b == '$') {
                    held.write(expanded, HEAD.length, expanded.length - HEAD.length);
                } else {
                    held.write(b);
                    isDone = !isHead;
                }
                skipping = isHead && b == ':';
                state = 0;
            }
            if (isDone) {
                out.writeBytes(held.toByteArray());
                held.reset();
                skipping = false;
            }
        }
        out.writeBytes(held.toByteArray());
        out.write(HEAD_AND_NUL, 0, state);
        return out.toByteArray();
    }

    /** How many bytes of {@code $Id} stand somewhere. */
    private int headAt(int at) {
        int length = 0;
        while (length < HEAD.length && at + length < blob.length && blob[at + length] == HEAD[length]) {
            length++;
        }
        return length;
    }

    /** Whether there is white space after {@code $Id: } that is not the last thing; a NUL hides what follows it. */
    private static boolean isForeign(byte[] keyword) {
        int start = HEAD.length + 2;
        if (keyword.length < start
                || !Arrays.equals(keyword, 0, HEAD.length, HEAD, 0, HEAD.length)
                || keyword[HEAD.length] != ':'
                || keyword[HEAD.length + 1] != ' ') {
            return false;
        }
        for (int i = start; i < keyword.length - 1 && keyword[i] != 0; i++) {
            boolean space = keyword[i] == ' ' || (keyword[i] >= '\t' && keyword[i] <= '\r');
            if (space && keyword[i + 1] != '$') {
                return true;
            }
        }
        return false;
    }
}

package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * What a checkout does to the content of one file, by its attributes alone (gitattributes(5)), on a machine whose native line
 * ends are LF and that has no configuration: so no filter driver runs, and a file that Git LFS keeps stays a pointer.
 *
 * @param ident whether {@code $Id$} is expanded
 * @param lineEnds what happens to a lone LF
 * @param encoding the name of the encoding that the file is kept in, other than UTF-8
 */
record TextConversion(boolean ident, LineEnds lineEnds, Optional<String> encoding) {
    enum LineEnds {
        KEEP,
        CRLF,
        /** As CRLF, if the content is text without any CR. */
        CRLF_IF_TEXT
    }

    /** An attribute that we cannot honour; the message names it. */
    static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        Unsupported(String what) {
            super(what);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    static TextConversion of(Attributes attributes) {
        String encoding = attributes.getValue("working-tree-encoding");
        boolean other = encoding != null && !encoding.isEmpty() && !isUtf8(encoding);
        return new TextConversion(
                attributes.isSet("ident"), lineEnds(attributes), other ? Optional.of(encoding) : Optional.empty());
    }

    boolean isNothing() {
        return !ident && lineEnds == LineEnds.KEEP && encoding.isEmpty();
    }

    byte[] apply(byte[] blob) throws Unsupported {
        byte[] content = ident ? Ident.expand(blob) : blob;
        boolean crlf = lineEnds == LineEnds.CRLF_IF_TEXT
                ? TextStatistics.of(content).isTextWithoutCr()
                : lineEnds == LineEnds.CRLF;
        if (crlf) {
            content = withCrlf(content);
        }
        return encoding.isPresent() && content.length > 0 ? encode(content, encoding.get()) : content;
    }

    /** {@code text}, else its old name {@code crlf}, then {@code eol}. */
    private static LineEnds lineEnds(Attributes attributes) {
        Attribute text = attributes.get("text");
        Attribute deciding = isLineEndRule(text) ? text : attributes.get("crlf");
        boolean crlf = "crlf".equals(attributes.getValue("eol"));
        if (!crlf || !isLineEndRule(deciding)) {
            return crlf ? LineEnds.CRLF : LineEnds.KEEP;
        }
        return switch (deciding.getState()) {
            case UNSET -> LineEnds.KEEP;
            case CUSTOM -> deciding.getValue().equals("auto") ? LineEnds.CRLF_IF_TEXT : LineEnds.CRLF;
            default -> LineEnds.CRLF;
        };
    }

    private static boolean isLineEndRule(Attribute attribute) {
        if (attribute == null) {
            return false;
        }
        return switch (attribute.getState()) {
            case SET, UNSET -> true;
            case CUSTOM ->
                attribute.getValue().equals("auto") || attribute.getValue().equals("input");
            default -> false;
        };
    }

    private static byte[] withCrlf(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + content.length / 16);
        byte before = 0;
        for (byte b : content) {
            if (b == '\n' && before != '\r') {
                out.write('\r');
            }
            out.write(b);
            before = b;
        }
        return out.toByteArray();
    }

    private static boolean isUtf8(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("UTF-8") || upper.equals("UTF8");
    }

    /** Like git, leaves alone what is no UTF-8 or does not fit into the encoding. */
    private static byte[] encode(byte[] content, String name) throws Unsupported {
        Target target = Target.of(name);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            ByteBuffer encoded = target.charset.newEncoder().encode(text);
            byte[] result = new byte[target.mark.length + encoded.remaining()];
            System.arraycopy(target.mark, 0, result, 0, target.mark.length);
            encoded.get(result, target.mark.length, encoded.remaining());
            return result;
        } catch (CharacterCodingException e) {
            return content;
        }
    }

    /** An encoding and the byte order mark that goes before it; without an order in its name it is glibc's on little-endian. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Target(Charset charset, byte[] mark) {
        private static final String BIG_MARKED = "UTF-16BE-BOM";
        private static final String LITTLE_MARKED = "UTF-16LE-BOM";

        static Target of(String name) throws Unsupported {
            String upper = name.toUpperCase(Locale.ROOT).replaceFirst("^UTF(?=[0-9])", "UTF-");
            try {
                return switch (upper) {
                    case "UTF-16", LITTLE_MARKED ->
                        new Target(StandardCharsets.UTF_16LE, new byte[] {(byte) 0xff, (byte) 0xfe});
                    case BIG_MARKED -> new Target(StandardCharsets.UTF_16BE, new byte[] {(byte) 0xfe, (byte) 0xff});
                    case "UTF-32" ->
                        new Target(Charset.forName("UTF-32LE"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
                    default -> new Target(Charset.forName(upper), new byte[0]);
                };
            } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
                throw new Unsupported("working-tree-encoding=" + name);
            }
        }
    }

    /** Counts by which git tells text from binary (its {@code text=auto}). */
    private record TextStatistics(int cr, int nul, int printable, int nonPrintable) {
        private static final int DELETE = 0x7f;
        private static final int ESCAPE = 0x1b;
        private static final int END_OF_FILE = 0x1a;

        static TextStatistics of(byte[] content) {
            int cr = 0;
            int nul = 0;
            int printable = 0;
            int nonPrintable = 0;
            for (byte b : content) {
                int c = b & 0xff;
                if (c == '\r') {
                    cr++;
                } else if ((c >= ' ' && c != DELETE) || c == '\b' || c == '\t' || c == '\f' || c == ESCAPE) {
                    printable++;
                } else if (c != '\n') {
                    nonPrintable++;
                    nul += c == 0 ? 1 : 0;
                }
            }
            if (content.length > 0 && content[content.length - 1] == END_OF_FILE) {
                nonPrintable--;
            }
            return new TextStatistics(cr, nul, printable, nonPrintable);
        }

        boolean isTextWithoutCr() {
            return cr == 0 && nul == 0 && printable >> 7 >= nonPrintable;
        }
    }

    /** The expansion of {@code $Id$}. */
    private static final class Ident {
        private Ident() {}

        static byte[] expand(byte[] blob) {
            try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
                byte[] expanded = ("$Id: "
                                + formatter.idFor(Constants.OBJ_BLOB, blob).name() + " $")
                        .getBytes(StandardCharsets.US_ASCII);
                return replace(blob, expanded);
            }
        }

        private static byte[] replace(byte[] blob, byte[] expanded) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(blob.length + expanded.length);
            int at = 0;
            while (at < blob.length) {
                int end = blob[at] == '$' ? keywordEnd(blob, at) : -1;
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
        private static int keywordEnd(byte[] blob, int dollar) {
            int colon = dollar + 3;
            if (colon >= blob.length || blob[dollar + 1] != 'I' || blob[dollar + 2] != 'd') {
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
            return closed && !hasInnerSpace(blob, colon + 2, close) ? close + 1 : -1;
        }

        /** Ids of other systems hold blanks inside; git leaves those alone. */
        private static boolean hasInnerSpace(byte[] blob, int start, int close) {
            for (int i = start; i < close - 1; i++) {
                if (blob[i] == ' ') {
                    return true;
                }
            }
            return false;
        }
    }
}

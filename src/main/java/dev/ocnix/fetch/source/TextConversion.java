package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout does to the content of one file, by its attributes alone (gitattributes(5)), on a machine whose native line
 * ends are LF and that has no configuration: so no filter driver runs, and a file that Git LFS keeps stays a pointer.
 *
 * @param ident whether {@code $Id$} is expanded
 * @param lineEnds what happens to a lone LF
 * @param looks whether git looks at the content before it decides about line ends
 * @param encoding the name of the encoding that the file is kept in, other than UTF-8
 */
record TextConversion(boolean ident, LineEnds lineEnds, boolean looks, Optional<String> encoding) {
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
        LineEnds lineEnds = lineEnds(attributes);
        boolean looks = lineEnds == LineEnds.CRLF_IF_TEXT
                || (isAuto(deciding(attributes)) && !"lf".equals(attributes.getValue("eol")));
        return new TextConversion(attributes.isSet("ident"), lineEnds, looks, encoding(attributes));
    }

    /** Git dies of an encoding without a name; here it is one that is not known. */
    private static Optional<String> encoding(Attributes attributes) {
        Attribute encoding = attributes.get("working-tree-encoding");
        if (encoding == null) {
            return Optional.empty();
        }
        return encoding.getState() == Attribute.State.CUSTOM
                ? Optional.of(encoding.getValue()).filter(name -> !name.isEmpty() && !isUtf8(name))
                : Optional.of(encoding.getState() == Attribute.State.SET ? "true" : "false");
    }

    boolean isNothing() {
        return !ident && lineEnds == LineEnds.KEEP && encoding.isEmpty();
    }

    /** @param checkout whether it is for a checkout, into which git streams what it can, and not for an archive */
    byte[] apply(byte[] blob, boolean checkout) throws Unsupported {
        byte[] content = ident ? expanded(blob, checkout && !looks && encoding.isEmpty()) : blob;
        boolean crlf = lineEnds == LineEnds.CRLF_IF_TEXT
                ? TextStatistics.of(content).isTextWithoutCr()
                : lineEnds == LineEnds.CRLF;
        if (crlf) {
            content = withCrlf(content);
        }
        return encoding.isPresent() && content.length > 0 ? encode(content, encoding.get()) : content;
    }

    private static byte[] expanded(byte[] blob, boolean streamed) {
        return streamed ? Ident.expandStreamed(blob) : Ident.expandWhole(blob);
    }

    /** {@code text}, else its old name {@code crlf}, then {@code eol}. */
    private static LineEnds lineEnds(Attributes attributes) {
        Attribute deciding = deciding(attributes);
        boolean crlf = "crlf".equals(attributes.getValue("eol"));
        if (!crlf || deciding == null || !isLineEndRule(deciding)) {
            return crlf ? LineEnds.CRLF : LineEnds.KEEP;
        }
        if (deciding.getState() == Attribute.State.UNSET) {
            return LineEnds.KEEP;
        }
        return isAuto(deciding) ? LineEnds.CRLF_IF_TEXT : LineEnds.CRLF;
    }

    private static @Nullable Attribute deciding(Attributes attributes) {
        Attribute text = attributes.get("text");
        return isLineEndRule(text) ? text : attributes.get("crlf");
    }

    private static boolean isAuto(@Nullable Attribute attribute) {
        return attribute != null && "auto".equals(attribute.getValue());
    }

    private static boolean isLineEndRule(@Nullable Attribute attribute) {
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

    /**
     * An encoding and the byte order mark that goes before it; without an order in its name it is glibc's on little-endian. Only
     * encodings whose names and tables are the same in Java and glibc are known.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Target(Charset charset, byte[] mark) {
        private static final Pattern SINGLE_BYTE = Pattern.compile(
                "(US-)?ASCII|ISO-?8859-([1-9]|1[356])|LATIN1" + "|(CP|WINDOWS-)125[0-467]|CP(437|850|866)|KOI8-[RU]");

        static Target of(String name) throws Unsupported {
            String upper = name.toUpperCase(Locale.ROOT).replaceFirst("^UTF(?=[0-9])", "UTF-");
            return switch (upper) {
                case "UTF-16", "UTF-16LE-BOM" ->
                    new Target(StandardCharsets.UTF_16LE, new byte[] {(byte) 0xff, (byte) 0xfe});
                case "UTF-16BE-BOM" -> new Target(StandardCharsets.UTF_16BE, new byte[] {(byte) 0xfe, (byte) 0xff});
                case "UTF-32" -> new Target(Charset.forName("UTF-32LE"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
                case "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" -> new Target(Charset.forName(upper), new byte[0]);
                default -> {
                    if (!SINGLE_BYTE.matcher(upper).matches() || !Charset.isSupported(upper)) {
                        throw new Unsupported("working-tree-encoding=" + name);
                    }
                    yield new Target(Charset.forName(upper), new byte[0]);
                }
            };
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
}

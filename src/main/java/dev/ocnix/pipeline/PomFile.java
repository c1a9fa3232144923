package dev.ocnix.pipeline;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A POM on disk whose pinned revision is moved: every byte but the revision's stays. */
public final class PomFile {
    private static final int MAX_BYTES = 16 << 20;
    private static final Pattern DECLARED =
            Pattern.compile("<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
    private static final int DECLARATION = 200;

    private final Path file;
    private final byte[] original;
    private final Charset charset;
    private final PomRevision revision;

    private PomFile(Path file, byte[] original, Charset charset) {
        this.file = file;
        this.original = original;
        this.charset = charset;
        this.revision = PomRevision.in(new String(original, charset));
    }

    /**
     * Reads a POM.
     *
     * @throws OcnixException if it cannot be read, or its encoding is none that can be written back as it is
     */
    public static PomFile read(Path file) throws OcnixException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw OcnixException.input(file + " is larger than any POM; change its ocnix.revision by hand.");
            }
            byte[] bytes = Files.readAllBytes(file);
            Charset charset = charset(bytes, file);
            if (!Arrays.equals(new String(bytes, charset).getBytes(charset), bytes)) {
                throw OcnixException.input(
                        file + " holds bytes that " + charset + " does not know; change its ocnix.revision by hand.");
            }
            return new PomFile(file, bytes, charset);
        } catch (IOException e) {
            throw OcnixException.outside(file + " cannot be read (" + Words.reason(e) + "); make it readable.", e);
        }
    }

    /** By its mark, else as its declaration says, else UTF-8. A mark is a character of the text like any other. */
    private static Charset charset(byte[] bytes, Path file) throws OcnixException {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        String head = new String(bytes, 0, Math.min(bytes.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(head);
        try {
            return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    file + " is in the encoding " + declared.group(1)
                            + ", which this JVM does not know; change its ocnix.revision by hand.",
                    e);
        }
    }

    public Path path() {
        return file;
    }

    /** Whether its {@code <properties>} say which revision is pinned. */
    public boolean hasProperty() {
        return !revision.properties().isEmpty();
    }

    /** The line, from 1, on which one of its profiles does; 0 if none does. */
    public int profileLine() {
        return revision.profiles().stream()
                .mapToInt(PomRevision.Spot::line)
                .findFirst()
                .orElse(0);
    }

    /**
     * Moves the pin.
     *
     * @throws OcnixException if the place is not one plain text, or the file cannot be written; it is as it was then
     */
    public void move(String to) throws OcnixException {
        write(revision.with(to, file.toString()).getBytes(charset));
    }

    /** Whether the pin could be moved. */
    void requireMovable(String to) throws OcnixException {
        revision.with(to, file.toString());
    }

    /** Puts the file back as it was read. */
    public void restore() throws OcnixException {
        write(original);
    }

    private void write(byte[] content) throws OcnixException {
        try {
            OwnFile.write(file, content);
        } catch (IOException e) {
            throw OcnixException.outside(
                    file + " cannot be written (" + Words.reason(e) + "); make it and its folder writable.", e);
        }
    }
}

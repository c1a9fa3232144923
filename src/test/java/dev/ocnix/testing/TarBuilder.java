package dev.ocnix.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tar archives with whatever a test puts in; the same bytes for the same content. */
public final class TarBuilder {
    private static final int FILE = 0644;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public TarBuilder() {
        this("UTF-8", TarArchiveOutputStream.LONGFILE_POSIX);
    }

    private TarBuilder(String encoding, int longNames) {
        tar = new TarArchiveOutputStream(bytes, encoding);
        tar.setLongFileMode(longNames);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** One whose names may be any bytes: each char stands for one. */
    public static TarBuilder ofByteNames() {
        return new TarBuilder("ISO-8859-1", TarArchiveOutputStream.LONGFILE_GNU);
    }

    /** A package with this package.json. */
    public static TarBuilder npm(String packageJson) {
        return new TarBuilder().file("package/package.json", packageJson);
    }

    public TarBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), FILE);
    }

    public TarBuilder file(String path, byte[] content, int mode) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setMode(mode);
        return add(entry, content);
    }

    public TarBuilder link(String path, String target) {
        return special(path, TarConstants.LF_SYMLINK, target);
    }

    /** An entry of any type flag, without content. */
    public TarBuilder special(String path, byte type, String target) {
        TarArchiveEntry entry = entry(path, type);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    /** An entry of any type flag, with content. */
    public TarBuilder special(String path, byte type, byte[] content) {
        return add(entry(path, type), content);
    }

    /** The global header in which {@code git archive} puts the commit. */
    public TarBuilder comment(String text) {
        TarArchiveEntry entry = entry("pax_global_header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
        entry.addPaxHeader("comment", text);
        try {
            // writes the content, too
            tar.putArchiveEntry(entry);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TarArchiveEntry entry(String path, byte type) {
        // true: a name that starts with a slash stays as it is
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setModTime(0);
        return entry;
    }

    private TarBuilder add(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The archive without compression. */
    public byte[] tar() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] tgz() {
        return gzip(tar());
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

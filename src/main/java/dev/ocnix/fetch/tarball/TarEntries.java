package dev.ocnix.fetch.tarball;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.fetch.archive.GzipStream;
import dev.ocnix.model.PackageVisitor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Walks through a tar archive, gzipped or plain, and shows its regular files to a visitor, as Bun would extract them. */
final class TarEntries {
    private static final int BUFFER = 1 << 15;

    private final DigestStream compressed;
    private final PackageVisitor visitor;
    private final TarballLimits limits;
    private Optional<byte[]> manifest = Optional.empty();
    private final Places places = new Places();
    private int files;

    TarEntries(DigestStream compressed, PackageVisitor visitor, TarballLimits limits) {
        this.compressed = compressed;
        this.visitor = visitor;
        this.limits = limits;
    }

    /** The package.json at the top, once read. */
    Optional<byte[]> manifest() {
        return manifest;
    }

    /** How many regular files there were. */
    int files() {
        return files;
    }

    /**
     * Reads up to the end of the archive; what follows it stays unread.
     *
     * @throws EOFException if the bytes stop within the archive
     * @throws IOException if the connection fails or the archive is not readable
     */
    void read() throws IOException {
        BufferedInputStream head = new BufferedInputStream(compressed, BUFFER);
        if (!isGzip(head)) {
            read(head);
            return;
        }
        try (GzipStream gzip = new GzipStream(head, BUFFER)) {
            read(gzip);
        }
    }

    private void read(InputStream tar) throws IOException {
        UnpackedStream unpacked = new UnpackedStream(tar, compressed, limits);
        try {
            readAll(unpacked);
        } catch (IOException e) {
            if (unpacked.isAtEnd() && !(e instanceof EOFException)) {
                EOFException cut = new EOFException(e.getMessage());
                cut.initCause(e);
                throw cut;
            }
            throw e;
        }
    }

    private void readAll(UnpackedStream unpacked) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked, TarConstants.DEFAULT_BLKSIZE, "UTF-8");
        int entries = 0;
        while (true) {
            unpacked.beginHeader();
            TarArchiveEntry entry = next(tar);
            unpacked.endHeader();
            if (entry == null) {
                return;
            }
            if (++entries > limits.entries()) {
                throw new IOException("it has more than " + limits.entries() + " entries");
            }
            visit(entry, tar);
            drain(tar);
        }
    }

    private static boolean isGzip(InputStream head) throws IOException {
        head.mark(2);
        boolean isGzip = head.read() == 0x1f && head.read() == 0x8b;
        head.reset();
        return isGzip;
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw new IOException("the checksum of an entry's header is wrong");
            }
            return entry;
        } catch (IllegalArgumentException | ArithmeticException | NegativeArraySizeException e) {
            throw new IOException("the header of an entry is malformed", e);
        }
    }

    private void visit(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        boolean isRegular = isRegular(entry);
        if (!isRegular && !entry.isDirectory()) {
            return;
        }
        if (isRegular && (entry.isSparse() || entry.getSize() < 0)) {
            throw new IOException("it has a sparse file");
        }
        Optional<String> path = EntryPath.inPackage(entry.getName());
        if (path.isEmpty()) {
            return;
        }
        places.take(path.get(), isRegular);
        if (!isRegular) {
            return;
        }
        files++;
        boolean isExecutable = (entry.getMode() & 0111) != 0;
        if (path.get().equals("package.json") && entry.getSize() <= ManifestReader.MAX_BYTES) {
            byte[] json = tar.readNBytes((int) entry.getSize());
            manifest = Optional.of(json);
            visitor.file(path.get(), isExecutable, json.length, new ByteArrayInputStream(json));
        } else {
            visitor.file(path.get(), isExecutable, entry.getSize(), tar);
        }
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        boolean isFile = type == TarConstants.LF_NORMAL
                || type == TarConstants.LF_OLDNORM
                || type == TarConstants.LF_CONTIG
                || type == TarConstants.LF_GNUTYPE_SPARSE;
        return isFile && !entry.getName().endsWith("/");
    }

    /** Reads the rest of an entry here, so that its bytes do not count as the next one's header. */
    private static void drain(TarArchiveInputStream tar) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read;
        do {
            read = tar.read(buffer);
        } while (read >= 0);
    }
}

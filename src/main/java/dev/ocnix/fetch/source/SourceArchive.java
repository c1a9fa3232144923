package dev.ocnix.fetch.source;

import dev.ocnix.fetch.archive.GzipStream;
import dev.ocnix.fetch.archive.TarEntry;
import dev.ocnix.fetch.archive.TarFormatException;
import dev.ocnix.fetch.archive.TarReader;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tar.gz as {@code git archive} and so GitHub writes it, read into a tree without its one top folder: what nixpkgs'
 * {@code fetchzip} makes of it.
 *
 * @param commit the commit that the archive says it holds, in its global pax header; empty if it says nothing
 */
record SourceArchive(SourceTree tree, Optional<String> commit) {
    private static final int BUFFER = 1 << 16;
    private static final int TRAILER = 1 << 20;

    /**
     * @param origin the archive's URL or path, for messages
     * @throws IOException if the stream fails or ends early
     */
    static SourceArchive read(InputStream gzip, String origin, Path temporary, TreeLimits limits)
            throws IOException, OcnixException {
        try (TreeBuilder builder = new TreeBuilder(origin, temporary, limits)) {
            InputStream in = UnpackedArchive.of(gzip, limits);
            TarReader tar = new TarReader(in);
            new Filler(tar, builder, origin).fill();
            // the checksum of gzip comes after tar's end mark
            in.readNBytes(TRAILER);
            Optional<String> commit = tar.comment().map(String::strip).filter(Revisions::isCommit);
            return new SourceArchive(builder.finish(), commit);
        } catch (UnpackedArchive.TooDense e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The archive " + origin + " unpacks to more than " + limits.ratio()
                            + " times its size, which no source tree should; pin another revision.",
                    e);
        } catch (TarFormatException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The archive " + origin + " has " + e.getMessage() + "; fetch it anew, or pin another revision.",
                    e);
        }
    }

    /** The commit that an archive names, without reading further than its head. */
    static Optional<String> commitOf(InputStream gzip) throws IOException, TarFormatException {
        TarReader tar = new TarReader(new GzipStream(gzip, BUFFER));
        tar.next();
        return tar.comment().map(String::strip).filter(Revisions::isCommit);
    }

    private static final class Filler {
        private final TarReader tar;
        private final TreeBuilder builder;
        private final String origin;
        private Optional<byte[]> top = Optional.empty();

        Filler(TarReader tar, TreeBuilder builder, String origin) {
            this.tar = tar;
            this.builder = builder;
            this.origin = origin;
        }

        void fill() throws IOException, TarFormatException, OcnixException {
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                add(entry.get());
            }
            if (top.isEmpty()) {
                throw refusal("is empty");
            }
        }

        private void add(TarEntry entry) throws IOException, OcnixException {
            byte[] path = stripped(entry.path(), entry.type() == TarEntry.Type.DIRECTORY);
            switch (entry.type()) {
                case FILE -> builder.file(path, entry.executable(), entry.size(), tar.content());
                case DIRECTORY -> builder.directory(path);
                case SYMLINK -> builder.symlink(path, entry.link());
                case HARD_LINK -> builder.hardLink(path, stripped(entry.link(), false));
                case OTHER -> throw refusal("holds something that is no file, folder or link");
            }
        }

        private byte[] stripped(byte[] path, boolean directory) throws OcnixException {
            int start = path.length > 1 && path[0] == '.' && path[1] == '/' ? 2 : 0;
            int slash = start;
            while (slash < path.length && path[slash] != '/') {
                slash++;
            }
            if (slash == path.length && !directory) {
                throw refusal("has a file outside of a top folder");
            }
            byte[] first = Arrays.copyOfRange(path, start, slash);
            if (first.length == 0 || (top.isPresent() && !Arrays.equals(first, top.get()))) {
                throw refusal("has not exactly one top folder");
            }
            top = Optional.of(first);
            return Arrays.copyOfRange(path, Math.min(slash + 1, path.length), path.length);
        }

        private OcnixException refusal(String what) {
            return OcnixException.input("The archive " + origin + " " + what
                    + "; give one as git archive or GitHub writes it (tar.gz, one top folder).");
        }
    }
}

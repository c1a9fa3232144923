package dev.ocnix.fetch.source;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that takes in packs of strangers. JGit makes room for as many objects as a pack announces, and for objects of
 * the size that a delta announces; here both have bounds.
 */
final class ReceivingRepository extends FileRepository {
    /** More than the largest histories of JavaScript projects have. */
    private static final int MAX_OBJECTS = 4_000_000;
    /** Hosts refuse files of half of that. */
    private static final long MAX_OBJECT_BYTES = 256L << 20;

    private ReceivingRepository(FileRepositoryBuilder place) throws IOException {
        super(place);
    }

    /** Opens a folder that does not need to hold one yet. */
    static ReceivingRepository of(File folder) throws IOException {
        return new ReceivingRepository(
                new FileRepositoryBuilder().setGitDir(folder).setBare().setup());
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter unbounded = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return unbounded;
            }

            @Override
            public PackParser newPackParser(InputStream pack) throws IOException {
                PackParser parser = super.newPackParser(new CheckedPack(pack));
                parser.setMaxObjectSizeLimit(MAX_OBJECT_BYTES);
                return parser;
            }
        };
    }

    /** A pack whose head is looked at before anybody believes it. */
    private static final class CheckedPack extends FilterInputStream {
        private static final int HEAD = 12;
        private static final int COUNT = 8;

        private ByteBuffer head = ByteBuffer.allocate(0);
        private boolean isChecked;

        CheckedPack(InputStream pack) {
            super(pack);
        }

        private void check() throws IOException {
            if (isChecked) {
                return;
            }
            isChecked = true;
            head = ByteBuffer.wrap(super.in.readNBytes(HEAD));
            long objects = head.limit() == HEAD ? Integer.toUnsignedLong(head.getInt(COUNT)) : 0;
            if (objects > MAX_OBJECTS) {
                throw new TransportException("its pack announces " + objects + " objects, more than " + MAX_OBJECTS);
            }
        }

        @Override
        public int read() throws IOException {
            check();
            return head.hasRemaining() ? head.get() & 0xff : super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            check();
            if (!head.hasRemaining()) {
                return super.read(buffer, offset, length);
            }
            int given = Math.min(length, head.remaining());
            head.get(buffer, offset, given);
            return given;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return wanted <= 0 ? 0 : read() < 0 ? 0 : 1;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}

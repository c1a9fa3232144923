package dev.ocnix.fetch.source;

import dev.ocnix.disk.OwnFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * One private temporary file that holds many contents one after the other. No name from outside ever becomes a file name.
 * Written by one thread; read by any number.
 */
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long written;

    private Spool(FileChannel channel) {
        this.channel = channel;
    }

    static Spool create(Path folder) throws IOException {
        return new Spool(OwnFile.spool(folder, "ocnix-source-"));
    }

    /** How much has been appended, in bytes. */
    long size() {
        return written;
    }

    /** Appends a stream to its end. */
    void append(InputStream content, long maxBytes) throws IOException, TooLarge {
        byte[] array = buffer.array();
        long left = maxBytes;
        int n;
        while ((n = content.read(array)) > 0) {
            left -= n;
            if (left < 0) {
                throw new TooLarge();
            }
            buffer.limit(n).position(0);
            while (buffer.hasRemaining()) {
                written += channel.write(buffer, written);
            }
        }
    }

    InputStream open(long offset, long length) {
        return new Section(offset, length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** More content than allowed. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final class Section extends InputStream {
        private final long end;
        private long position;

        Section(long offset, long length) {
            position = offset;
            end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end) {
                return -1;
            }
            int wanted = (int) Math.min(length, end - position);
            int n = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            if (n < 0) {
                throw new IOException("a temporary file was cut short");
            }
            position += n;
            return n;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - position);
        }
    }
}

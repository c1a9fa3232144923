package dev.ocnix.nix;

import dev.ocnix.disk.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Lock of the one run that may write to a folder: a file, which its holder removes. */
record WritingLock(Path file, FileChannel channel) implements AutoCloseable {
    /** The file has a hole of that many bytes at most. */
    private static final int MARKS = 1 << 20;

    /**
     * Takes the lock.
     *
     * @return empty if another run holds it, or has just removed it
     * @throws IOException if something else stands there
     */
    static Optional<WritingLock> take(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = OwnFile.lock(file);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // its holder removed it just now
            return Optional.empty();
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new WritingLock(file, channel));
            }
        } catch (OverlappingFileLockException e) {
            // this very JVM holds it
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * Whether the locked file is the one of that name, not one that its holder removed meanwhile: it gets a size that no other
     * has. It must not be opened once more, since closing it anywhere in a process gives up all its locks (fcntl(2)).
     */
    boolean isStillThere() throws IOException {
        long size = ThreadLocalRandom.current().nextLong(1, MARKS);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), size - 1);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .size()
                    == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

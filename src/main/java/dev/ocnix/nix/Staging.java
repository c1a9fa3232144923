package dev.ocnix.nix;

import static java.util.Objects.requireNonNull;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.codehaus.plexus.util.FileUtils;

/**
 * The folder, beside the files that are to be replaced, in which one run at a time keeps the new ones and then the old ones.
 * Whoever finds what a killed run left there puts the old files back first. A JVM that is asked to end waits for it.
 */
final class Staging implements AutoCloseable {
    private static final String NAME = ".ocnix-writing";
    private static final String LOCK = "lock";
    private static final String MOVES = "moves";
    /** The file has a hole of that many bytes at most. */
    private static final long MARKS = 1L << 30;

    private static final int ATTEMPTS = 100;
    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Path staging;
    private final FileChannel channel;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Staging(Path folder, Path staging, FileChannel channel) {
        this.folder = folder;
        this.staging = staging;
        this.channel = channel;
        this.hook = new Thread(this::await, "ocnix-writing");
    }

    /** Whether a run is writing to a folder, or was killed while it did. */
    static boolean isIn(Path folder) {
        return TreeWriter.exists(folder.resolve(NAME));
    }

    /**
     * Waits for any other run, and puts back what a killed one had taken away.
     *
     * @throws OcnixException if another run takes too long, or something else stands there
     */
    static Staging claim(Path folder) throws IOException, OcnixException {
        Path staging = folder.resolve(NAME);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (TreeWriter.exists(staging) && !Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            Optional<FileChannel> lock = lock(staging);
            if (lock.isPresent()) {
                Staging claimed = new Staging(folder, staging, lock.get());
                claimed.begin();
                return claimed;
            }
            pause();
        }
        throw new OcnixException(
                OcnixException.Fault.OUTSIDE,
                staging + " is in use, so another run writes this tree; wait for it, or delete that if there is none.");
    }

    private void begin() throws IOException, OcnixException {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            restore();
            Files.createDirectories(fresh());
            Files.createDirectories(old());
        } catch (IllegalStateException e) {
            channel.close();
            throw new IOException("the run was asked to end", e);
        } catch (IOException | OcnixException | RuntimeException e) {
            release();
            throw e;
        }
    }

    /** Where the new files are made. */
    Path fresh() {
        return staging.resolve("new");
    }

    /** Where the replaced files are kept. */
    Path old() {
        return staging.resolve("old");
    }

    /** Says which of the new files are about to be moved; nothing may be moved before. */
    void record(List<String> paths) throws IOException {
        Path beside = staging.resolve(MOVES + "." + UUID.randomUUID());
        Files.writeString(beside, String.join("\n", paths));
        Files.move(beside, staging.resolve(MOVES), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes it, and lets others begin. */
    @Override
    public void close() throws IOException {
        try {
            // first, so that a kill from here on undoes nothing
            Files.deleteIfExists(staging.resolve(MOVES));
            FileUtils.deleteDirectory(fresh().toFile());
            FileUtils.deleteDirectory(old().toFile());
            try (Stream<Path> rest = Files.list(staging)) {
                for (Path path : rest.toList()) {
                    Files.delete(path);
                }
            }
        } finally {
            release();
        }
        try {
            Files.deleteIfExists(staging);
        } catch (DirectoryNotEmptyException e) {
            // the next run has begun
        }
    }

    /** Lets others begin, and leaves all files for them to put back. */
    void release() throws IOException {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending; it need not wait any more
        }
        channel.close();
    }

    private void restore() throws IOException, OcnixException {
        Path moves = staging.resolve(MOVES);
        if (!Files.isRegularFile(moves, LinkOption.NOFOLLOW_LINKS)) {
            // nothing had been moved
            FileUtils.deleteDirectory(fresh().toFile());
            FileUtils.deleteDirectory(old().toFile());
            return;
        }
        for (String path :
                Files.readString(moves, StandardCharsets.UTF_8).lines().toList()) {
            boolean isMoved = SafePath.isContained(path) && !TreeWriter.exists(fresh().resolve(path));
            if (isMoved && DiskFile.of(folder, path).exists()) {
                Files.delete(folder.resolve(path));
            }
        }
        try (Stream<Path> kept = Files.walk(old())) {
            for (Path file : kept.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String path = old().relativize(file).toString().replace('\\', '/');
                DiskFile.of(folder, path);
                Files.createDirectories(requireNonNull(folder.resolve(path).getParent()));
                Files.move(file, folder.resolve(path), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(moves);
        FileUtils.deleteDirectory(fresh().toFile());
        FileUtils.deleteDirectory(old().toFile());
    }

    /** Empty if another run holds it, or has just removed it. */
    private static Optional<FileChannel> lock(Path staging) throws IOException {
        Path file = staging.resolve(LOCK);
        FileChannel channel;
        try {
            Files.createDirectories(staging);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // its holder removed it just now
            return Optional.empty();
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null && isStillThere(file, channel)) {
                return Optional.of(channel);
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
    private static boolean isStillThere(Path file, FileChannel locked) throws IOException {
        long size = ThreadLocalRandom.current().nextLong(1, MARKS);
        locked.truncate(0);
        locked.write(ByteBuffer.allocate(1), size - 1);
        try {
            return Files.size(file) == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void await() {
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still writing to " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

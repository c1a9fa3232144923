package dev.ocnix.nix;

import static java.util.Objects.requireNonNull;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder, beside the files that are to be replaced, in which one run at a time keeps the new ones and then the old ones.
 * Whoever finds what a killed run of this machine left there puts the old files back first; what anybody else put there is not
 * touched. A JVM that is asked to end waits for it.
 */
final class Staging implements AutoCloseable {
    private static final String NAME = ".ocnix-writing";
    private static final String LOCK = "lock";
    private static final String RUN = "run";
    private static final String FRESH = "new";
    private static final String KEPT = "old";
    private static final int LONGEST_NONCE = 100;

    private static final int ATTEMPTS = 100;
    /** A run that is just ending, on another machine's cache, may look like a stranger's for as many. */
    private static final int STRANGE_ATTEMPTS = 3;

    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Path staging;
    private final RunRecord record;
    private final WritingLock lock;
    private final String nonce = UUID.randomUUID().toString();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Staging(Path folder, Path staging, RunRecord record, WritingLock lock) {
        this.folder = folder;
        this.staging = staging;
        this.record = record;
        this.lock = lock;
        this.hook = new Thread(this::await, "ocnix-writing");
    }

    /** Whether a run is writing to a folder, or was killed while it did. */
    static boolean isIn(Path folder) {
        return OwnFile.exists(folder.resolve(NAME));
    }

    /** Whether a path of a tree would be in the way of it. */
    static boolean isName(String segment) {
        return segment.equalsIgnoreCase(NAME);
    }

    /**
     * Waits for any other run, and puts back what a killed one had taken away.
     *
     * @param records the machine's records of runs
     * @throws OcnixException if another run takes too long, or no run of this machine left what stands there
     */
    static Staging claim(Path folder, Path records) throws IOException, OcnixException {
        Path staging = folder.resolve(NAME);
        RunRecord record = RunRecord.of(records, folder);
        int strange = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (OwnFile.exists(staging) && !OwnFile.isFolder(staging)) {
                throw foreign(staging);
            }
            // a run makes its lock first and removes it last
            boolean isOpen =
                    OwnFile.exists(staging.resolve(LOCK)) || names(staging).isEmpty();
            Optional<WritingLock> lock = isOpen ? lock(staging) : Optional.empty();
            boolean isStrange = !isOpen || (lock.isPresent() && isStrange(staging, record));
            if (lock.isPresent() && !isStrange && lock.get().isStillThere()) {
                Staging claimed = new Staging(folder, staging, record, lock.get());
                claimed.begin();
                return claimed;
            }
            if (lock.isPresent()) {
                lock.get().close();
            }
            strange = isStrange ? strange + 1 : 0;
            if (strange == STRANGE_ATTEMPTS) {
                throw foreign(staging);
            }
            pause();
        }
        throw new OcnixException(
                OcnixException.Fault.OUTSIDE,
                staging + " is in use, so another run writes this tree; wait for it, or delete that if there is none.");
    }

    private static OcnixException foreign(Path staging) {
        return OcnixException.input(staging
                + " was not left by a run of ocnix on this machine, so nothing of it is put back; delete it, and"
                + " restore files that are missing from version control.");
    }

    private static Optional<WritingLock> lock(Path staging) throws IOException, OcnixException {
        Path file = staging.resolve(LOCK);
        if (OwnFile.exists(file) && !OwnFile.isRegular(file)) {
            throw foreign(staging);
        }
        OwnFile.makeFolders(staging);
        return WritingLock.take(file);
    }

    /** Whether there is more than a run without a record can have left. */
    private static boolean isStrange(Path staging, RunRecord record) throws IOException {
        if (record.find(nonce(staging)).isPresent()) {
            return !(isFolderOrNothing(staging.resolve(FRESH)) && isFolderOrNothing(staging.resolve(KEPT)));
        }
        for (String name : names(staging)) {
            Path path = staging.resolve(name);
            boolean isPlain = switch (name) {
                case LOCK, RUN -> OwnFile.isRegular(path);
                case FRESH, KEPT -> OwnFile.isFolder(path) && names(path).isEmpty();
                default -> false;
            };
            if (!isPlain) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFolderOrNothing(Path path) {
        return OwnFile.isFolder(path) || !OwnFile.exists(path);
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (NoSuchFileException e) {
            // nothing there, or just removed
        }
        return names;
    }

    private static String nonce(Path staging) throws IOException {
        Path file = staging.resolve(RUN);
        return OwnFile.isRegular(file) && Files.size(file) <= LONGEST_NONCE
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                : "";
    }

    private void begin() throws IOException, OcnixException {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            restore();
            remember(RunRecord.Moves.none());
            OwnFile.create(staging.resolve(RUN), out -> out.write(nonce.getBytes(StandardCharsets.ISO_8859_1)));
            Files.createDirectory(fresh());
            Files.createDirectory(old());
        } catch (IllegalStateException e) {
            lock.close();
            throw new IOException("the run was asked to end", e);
        } catch (IOException | OcnixException | RuntimeException e) {
            release();
            throw e;
        }
    }

    /** A cache that cannot be written stops nobody; what a kill leaves is not put back then. */
    private void remember(RunRecord.Moves moves) {
        try {
            record.write(nonce, moves);
        } catch (IOException e) {
            // then the next run asks the user
        }
    }

    /** Where the new files are made. */
    Path fresh() {
        return staging.resolve(FRESH);
    }

    /** Where the replaced files are kept. */
    Path old() {
        return staging.resolve(KEPT);
    }

    /** Says which files are about to be moved; nothing may be moved before. */
    void record(TreeWriter.Changes changes) {
        List<String> created = new ArrayList<>();
        List<String> replaced = new ArrayList<>(changes.deleted());
        for (String path : changes.written()) {
            (OwnFile.exists(folder.resolve(path)) ? replaced : created).add(path);
        }
        remember(new RunRecord.Moves(created, replaced));
    }

    /** Removes it, and lets others begin. */
    @Override
    public void close() throws IOException {
        try {
            // first, so that a kill from here on undoes nothing
            remember(RunRecord.Moves.none());
            clear();
            record.remove();
            Files.deleteIfExists(staging.resolve(LOCK));
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
        lock.close();
    }

    private void clear() throws IOException {
        OwnFile.deleteFolder(fresh());
        OwnFile.deleteFolder(old());
        Files.deleteIfExists(staging.resolve(RUN));
    }

    private void restore() throws IOException, OcnixException {
        Optional<RunRecord.Moves> moves = record.find(nonce(staging));
        if (moves.isPresent()) {
            for (String path : moves.get().replaced()) {
                putBack(path);
            }
            for (String path : moves.get().created()) {
                boolean isMoved = !DiskFile.of(fresh(), path).exists();
                if (isMoved && DiskFile.of(folder, path).exists()) {
                    Files.delete(folder.resolve(path));
                }
            }
            // a kill from here on has nothing to put back
            record.write(nonce(staging), RunRecord.Moves.none());
        }
        clear();
    }

    private void putBack(String path) throws IOException, OcnixException {
        if (DiskFile.of(old(), path).exists()) {
            DiskFile.of(folder, path);
            OwnFile.makeFolders(requireNonNull(folder.resolve(path).getParent()));
            Files.move(old().resolve(path), folder.resolve(path), StandardCopyOption.REPLACE_EXISTING);
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

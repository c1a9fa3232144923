package dev.ocnix.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way to files that are written. Whatever stands in a file's place, no link is followed, and only what has that very
 * name is replaced; what is no file is left alone and refused.
 */
public final class OwnFile {
    /** Suffix of a file that is still being written, or that a killed process left. */
    public static final String UNFINISHED = ".tmp";

    private static final String LINKS = "unix:nlink";

    private OwnFile() {}

    /** Content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file beside its place, then moves it there; makes the folder if need be.
     *
     * @throws IOException if it cannot be written; nothing is left then
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /**
     * Likewise, for content that need not be in memory. A file that has this content already is left alone; a link gives way to
     * a file.
     *
     * @throws IOException if it cannot be written or made, or what stands there is neither file nor link; nothing is left then
     */
    public static void write(Path file, Content content) throws IOException {
        makeFolders(requireNonNull(file.toAbsolutePath().getParent()));
        requireReplaceable(file);
        Path beside = file.resolveSibling(UUID.randomUUID() + UNFINISHED);
        try {
            create(beside, content);
            if (!isRegular(file) || Files.mismatch(beside, file) >= 0) {
                move(beside, file);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Writes a file where nothing stands, in a folder that is there.
     *
     * @throws IOException if something stands there, a dangling link too
     */
    public static void create(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            content.writeTo(out);
        }
    }

    /** A new file that grows at its end. */
    public static FileChannel append(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }

    /** A file of a random name in a folder, for this user alone, which goes when it is closed. */
    public static FileChannel spool(Path folder, String prefix) throws IOException {
        return FileChannel.open(
                Files.createTempFile(folder, prefix, ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * A file that processes lock, made if need be; nothing of it is changed.
     *
     * @throws IOException if what stands there is no regular file of that one name
     */
    public static FileChannel lock(Path file) throws IOException {
        // what is no regular file, a pipe for example, might never open
        if (exists(file) && !isSole(file)) {
            throw new FileSystemException(file + " is a link or no regular file");
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a folder and those above it, as far as they are missing. */
    public static void makeFolders(Path folder) throws IOException {
        // a link to a folder is one for this, whatever the JDK
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** Removes what a folder holds and itself, links as such; does nothing if there is none. */
    public static void deleteFolder(Path folder) throws IOException {
        if (!exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether something is there, links not followed. */
    public static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a regular file is there, not a link to one. */
    public static boolean isRegular(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a folder is there, not a link to one. */
    public static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireReplaceable(Path file) throws IOException {
        if (exists(file) && !isRegular(file) && !Files.isSymbolicLink(file)) {
            throw new FileSystemException(
                    file + " is " + (isFolder(file) ? "a folder" : "a pipe or a device") + " where a file belongs");
        }
    }

    /** Whether a regular file has no other name. */
    private static boolean isSole(Path file) throws IOException {
        if (!isRegular(file)) {
            return false;
        }
        return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                || Files.getAttribute(file, LINKS, LinkOption.NOFOLLOW_LINKS).equals(1);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

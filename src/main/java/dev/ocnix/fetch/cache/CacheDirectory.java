package dev.ocnix.fetch.cache;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of the machine's memory. What stands in it is believed, so nobody else may write there: as with the keys of ssh, a
 * folder of another user, or one that others may write, is refused.
 */
public final class CacheDirectory {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final String UID = "unix:uid";
    private static final String MODE = "unix:mode";
    private static final int WRITABLE_FOR_OTHERS = 0022;
    private static final int OPEN_TO_OTHERS = 0011;
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private CacheDirectory() {}

    /**
     * Makes the folder where there is none, for this user alone. A folder that cannot be made or looked at is left to those who
     * use it.
     *
     * @throws OcnixException if others could have written what is in it
     */
    public static void require(Path directory) throws OcnixException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Optional<Path> fault;
        try {
            if (!Files.isDirectory(directory)) {
                make(directory);
            }
            fault = fault(directory);
        } catch (IOException e) {
            return;
        }
        if (fault.isPresent()) {
            throw OcnixException.input(
                    "The cache directory " + directory + " is not to be believed, since " + fault.get()
                            + " belongs to another user or may be written by others; set ocnix.cacheDirectory to a folder of your"
                            + " own, or take it back (chown, chmod -R go-w) if you know what is in it.");
        }
    }

    private static void make(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(directory, OWN);
    }

    private static Optional<Path> fault(Path directory) throws IOException {
        int self = uid(directory) == 0 ? 0 : self();
        if (isOfOthers(directory, self)) {
            return Optional.of(directory);
        }
        if ((mode(directory) & OPEN_TO_OTHERS) == 0) {
            return Optional.empty();
        }
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                if (isOfOthers(child, self)) {
                    return Optional.of(child);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOfOthers(Path folder, int self) throws IOException {
        int owner = uid(folder);
        return (owner != 0 && owner != self) || (mode(folder) & WRITABLE_FOR_OTHERS) != 0;
    }

    private static int uid(Path file) throws IOException {
        return (int) Files.getAttribute(file, UID, LinkOption.NOFOLLOW_LINKS);
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, MODE, LinkOption.NOFOLLOW_LINKS);
    }

    /** The user of this process: the owner of what the kernel shows of it, else of the home folder. */
    private static int self() throws IOException {
        return (int)
                Files.getAttribute(Files.exists(PROCESS) ? PROCESS : Path.of(System.getProperty("user.home")), UID);
    }
}

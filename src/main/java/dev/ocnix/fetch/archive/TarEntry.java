package dev.ocnix.fetch.archive;

/**
 * One member of a tar archive.
 *
 * @param path as stored; nothing about it has been checked
 * @param link the target of a link, else empty
 * @param mode the permission bits
 * @param size of the content in bytes; not negative
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TarEntry(Type type, byte[] path, byte[] link, int mode, long size) {
    private static final int OWNER_EXECUTES = 0100;

    /** What a member is. */
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        /** Devices, pipes, sparse files, and whatever is unknown. */
        OTHER
    }

    /** Whether the owner may execute it: what Nix keeps of the mode. */
    public boolean executable() {
        return (mode & OWNER_EXECUTES) != 0;
    }
}

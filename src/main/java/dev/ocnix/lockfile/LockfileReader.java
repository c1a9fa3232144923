package dev.ocnix.lockfile;

import dev.ocnix.lockfile.binary.BinaryLockfileReader;
import dev.ocnix.lockfile.text.TextLockfileReader;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;

/** Reads a lockfile of either kind; its first bytes tell which. */
public final class LockfileReader {
    /** Some sixty times the largest lockfiles known. */
    public static final int MAX_BYTES = 64 << 20;

    private LockfileReader() {}

    /**
     * Decodes a lockfile.
     *
     * @param displayName how messages call the file
     * @throws OcnixException if the content is no lockfile, damaged, of an unsupported version, or contradicts itself
     */
    public static Lockfile read(String displayName, byte[] content) throws OcnixException {
        return isBinary(displayName, content)
                ? BinaryLockfileReader.read(displayName, content)
                : TextLockfileReader.read(displayName, content);
    }

    /**
     * Decodes a lockfile, and lists it as Bun numbers it.
     *
     * @throws OcnixException as {@link #read} does
     */
    public static ListedLockfile list(String displayName, byte[] content) throws OcnixException {
        return isBinary(displayName, content)
                ? BinaryLockfileReader.list(displayName, content)
                : TextLockfileReader.list(displayName, content);
    }

    private static boolean isBinary(String displayName, byte[] content) throws LockfileException {
        if (content.length > MAX_BYTES) {
            throw LockfileException.of(
                    displayName,
                    "has " + content.length + " bytes, more than the " + MAX_BYTES + " that are read of a lockfile",
                    "check that it is one");
        }
        // a file that is called binary and is not shall not be told that it is bad JSON
        return BinaryLockfileReader.recognises(content) || displayName.endsWith(LockfileKind.BINARY.fileName());
    }
}

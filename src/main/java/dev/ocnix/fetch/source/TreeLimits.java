package dev.ocnix.fetch.source;

/**
 * How much of a source tree we are willing to take in.
 *
 * @param entries files, links and folders
 * @param bytes all contents together, uncompressed
 * @param depth folders above a file
 */
public record TreeLimits(int entries, long bytes, int depth) {
    /** The longest path and link target that Linux takes, in bytes. */
    static final int PATH_BYTES = 4095;

    /** Far above any JavaScript project: 500,000 entries, 8 GiB, 200 levels. */
    public static TreeLimits standard() {
        return new TreeLimits(500_000, 8L << 30, 200);
    }
}

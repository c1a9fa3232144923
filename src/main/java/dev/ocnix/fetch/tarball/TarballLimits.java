package dev.ocnix.fetch.tarball;

/**
 * What a tarball may ask of us. The greatest on npm's registry stay well below.
 *
 * @param entries of any type
 * @param headerBytes of one entry, extended headers and long names included
 * @param unpackedBytes of all entries, headers included
 * @param ratio of unpacked to compressed bytes, once more than {@code freeBytes} have been unpacked
 */
record TarballLimits(int entries, long headerBytes, long unpackedBytes, long ratio, long freeBytes) {
    static final TarballLimits STANDARD = new TarballLimits(200_000, 1 << 20, 4L << 30, 200, 256L << 20);
}

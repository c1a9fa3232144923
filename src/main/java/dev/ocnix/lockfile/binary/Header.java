package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import java.util.HexFormat;

/**
 * The start of the file.
 *
 * @param format 2 or 3
 * @param hash 32 bytes about the packages, in hexadecimal
 * @param total where the meaningful data ends
 * @param packages their number
 * @param begin of the package columns
 * @param end of the package columns
 */
record Header(int format, String hash, long total, int packages, long begin, long end) {
    /** Some seventy times those of OpenChamber. */
    private static final int MAX_PACKAGES = 1 << 17;

    private static final int MIN_COLUMNS = 7;
    private static final int MAX_COLUMNS = 8;

    static Header read(Bytes bytes) throws LockfileException {
        bytes.verify(bytes.end() >= Offsets.HEADER_SIZE, bytes.end(), "the lockfile ends inside its header");
        int format = format(bytes);
        bytes.name(Offsets.TOTAL_AT, 1, Long.BYTES, "end of the data");
        bytes.name(Offsets.COLUMNS_BEGIN_AT, 1, Long.BYTES, "begin of the packages");
        bytes.name(Offsets.COLUMNS_END_AT, 1, Long.BYTES, "end of the packages");
        long total = bytes.size(Offsets.TOTAL_AT);
        bytes.verify(total >= Offsets.HEADER_SIZE, Offsets.TOTAL_AT, "the end of the data lies inside the header");
        Bytes meaningful = bytes.until(total);
        long begin = meaningful.size(Offsets.COLUMNS_BEGIN_AT);
        long end = meaningful.size(Offsets.COLUMNS_END_AT);
        bytes.verify(
                begin >= Offsets.HEADER_SIZE && begin <= end,
                Offsets.COLUMNS_BEGIN_AT,
                "the list of packages begins or ends at an impossible position");
        bytes.verify(
                bytes.u64(Offsets.ALIGNMENT_AT) == Offsets.ALIGNMENT, Offsets.ALIGNMENT_AT, "the alignment is not 8");
        long columns = bytes.u64(Offsets.COLUMN_COUNT_AT);
        bytes.verify(
                columns == MIN_COLUMNS || columns == MAX_COLUMNS,
                Offsets.COLUMN_COUNT_AT,
                "the number of package fields is neither 7 nor 8");
        long packages = bytes.u64(Offsets.PACKAGE_COUNT_AT);
        long rowSize = rowSize(format);
        bytes.verify(
                packages >= 0 && packages <= (end - begin) / rowSize,
                Offsets.PACKAGE_COUNT_AT,
                Long.toUnsignedString(packages) + " packages do not fit into the list of packages");
        String hash = HexFormat.of().formatHex(bytes.copy(Offsets.META_HASH_AT, Offsets.META_HASH_SIZE));
        bytes.verify(
                packages <= MAX_PACKAGES,
                Offsets.PACKAGE_COUNT_AT,
                packages + " packages are more than the " + MAX_PACKAGES + " that are read");
        return new Header(format, hash, total, (int) packages, begin, end);
    }

    /** The bytes of one package in the columns that each file has: all but the scripts. */
    private static int rowSize(int format) {
        return Offsets.STRING_SIZE
                + Offsets.HASH_SIZE
                + Offsets.resolutionSize(format)
                + 2 * Offsets.SLICE_SIZE
                + Offsets.META_SIZE
                + Offsets.BIN_SIZE;
    }

    private static int format(Bytes bytes) throws LockfileException {
        long format = bytes.u32(Offsets.FORMAT_AT);
        String where = "byte " + Offsets.FORMAT_AT;
        if (format < Offsets.OLDEST_FORMAT) {
            String writer = format == 0 ? "development builds of Bun before its first release" : "Bun 0.1.6 and older";
            throw LockfileException.at(
                    bytes.fileName,
                    where,
                    "format " + format + ", written by " + writer + ", is outdated, and Bun itself refuses it",
                    "delete the file and lock the project again with `bun install` of a current Bun");
        }
        if (format > Offsets.NEWEST_FORMAT) {
            throw LockfileException.at(
                    bytes.fileName,
                    where,
                    "format " + format + " is newer than the supported formats 2 and 3",
                    "use a newer ocnix, or lock the project with a Bun release that writes one of these");
        }
        return (int) format;
    }
}

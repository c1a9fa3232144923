package dev.ocnix.lockfile.binary;

/**
 * Offsets and sizes of the binary lockfile; all numbers in it are little-endian. They follow what Bun 0.1.7 to 1.4 write
 * (src/install/lockfile.zig and its serializers).
 */
final class Offsets {
    static final String MAGIC = "#!/usr/bin/env bun\nbun-lockfile-format-v0\n";

    static final int FORMAT_AT = 42;
    static final int META_HASH_AT = 46;
    static final int META_HASH_SIZE = 32;
    static final int TOTAL_AT = 78;
    static final int PACKAGE_COUNT_AT = 86;
    static final int ALIGNMENT_AT = 94;
    static final int COLUMN_COUNT_AT = 102;
    static final int COLUMNS_BEGIN_AT = 110;
    static final int COLUMNS_END_AT = 118;
    static final int HEADER_SIZE = 126;

    static final int OLDEST_FORMAT = 2;
    static final int NEWEST_FORMAT = 3;
    static final int ALIGNMENT = 8;

    static final int STRING_SIZE = 8;
    static final int EXTERNAL_STRING_SIZE = 16;
    static final int HASH_SIZE = 8;
    static final int SLICE_SIZE = 8;
    static final int META_SIZE = 88;
    static final int BIN_SIZE = 20;

    static final int TREE_SIZE = 20;
    static final int TREE_ID_AT = 0;
    static final int TREE_DEPENDENCY_AT = 4;
    static final int TREE_PARENT_AT = 8;
    static final int TREE_SLICE_AT = 12;
    static final long ROOT_DEPENDENCY = 0xFFFF_FFFEL;
    static final long NOTHING = 0xFFFF_FFFFL;

    /** Memory that Bun's compiler marks as never written. */
    static final long UNDEFINED = 0xAAAA_AAAAL;

    /** A byte of it. */
    static final int UNDEFINED_BYTE = 0xAA;

    static final int DEPENDENCY_SIZE = 26;
    static final int DEPENDENCY_HASH_AT = 8;
    static final int DEPENDENCY_BEHAVIOR_AT = 16;
    static final int DEPENDENCY_KIND_AT = 17;
    static final int DEPENDENCY_LITERAL_AT = 18;
    static final int PROD = 0x02;
    static final int OPTIONAL = 0x04;
    static final int DEV = 0x08;
    static final int PEER = 0x10;
    static final int BUNDLED = 0x40;

    static final int RESOLUTION_VALUE_AT = 8;
    static final int NPM_VERSION_AT = 16;

    static final int META_CPU_AT = 2;
    static final int META_OS_AT = 4;
    static final int META_LIBC_AT = 6;
    static final int META_INTEGRITY_AT = 20;
    static final int META_DIGEST_AT = 21;
    static final int META_INSTALL_SCRIPT_AT = 85;

    static final int BIN_VALUE_AT = 4;

    static final int PATCH_SIZE = 24;

    private Offsets() {}

    static int versionSize(int format) {
        return format == OLDEST_FORMAT ? 48 : 56;
    }

    static int resolutionSize(int format) {
        return format == OLDEST_FORMAT ? 64 : 72;
    }
}

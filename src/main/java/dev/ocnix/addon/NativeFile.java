package dev.ocnix.addon;

import dev.ocnix.model.BinaryFile;

/** A native file and what it is for. */
record NativeFile(BinaryFile file, Role role) {
    /** How a native file is used. */
    enum Role {
        /** A Node addon, by its name. */
        NODE,
        EXECUTABLE,
        LIBRARY
    }

    /** npm's {@code <os>-<cpu>}, for evidence. */
    String platform() {
        return file.os() + "-" + (file.cpus().isEmpty() ? "?" : String.join("+", file.cpus()));
    }
}

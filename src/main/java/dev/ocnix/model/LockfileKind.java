package dev.ocnix.model;

/** The two ways in which Bun writes a lockfile. */
public enum LockfileKind {
    TEXT("bun.lock"),
    BINARY("bun.lockb");

    private final String fileName;

    LockfileKind(String fileName) {
        this.fileName = fileName;
    }

    /** The name that Bun gives to the file. */
    public String fileName() {
        return fileName;
    }
}

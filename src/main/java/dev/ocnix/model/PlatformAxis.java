package dev.ocnix.model;

import java.util.List;

/**
 * One of the three ways in which a package can be limited to platforms, with the names that Bun knows. In a binary
 * lockfile the name at index {@code i} is bit {@code i + 1} of the mask.
 */
public enum PlatformAxis {
    OS(List.of("aix", "darwin", "freebsd", "linux", "openbsd", "sunos", "win32", "android")),
    CPU(List.of("arm", "arm64", "ia32", "mips", "mipsel", "ppc", "ppc64", "s390", "s390x", "x32", "x64")),
    LIBC(List.of("glibc", "musl"));

    private final List<String> names;

    PlatformAxis(List<String> names) {
        this.names = names;
    }

    /** npm's names, in the order of Bun's bits. */
    public List<String> names() {
        return names;
    }
}

package dev.ocnix.addon;

import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import java.util.List;

/**
 * One of the four systems that hints speak of, all of them with nixpkgs' usual libc.
 *
 * @param name as in Nix
 * @param os npm's name, likewise {@code cpu} and {@code libc}
 */
record NixSystem(String name, String os, String cpu, String libc) {
    static final List<NixSystem> USUAL = List.of(
            new NixSystem("aarch64-darwin", "darwin", "arm64", ""),
            new NixSystem("aarch64-linux", "linux", "arm64", "glibc"),
            new NixSystem("x86_64-darwin", "darwin", "x64", ""),
            new NixSystem("x86_64-linux", "linux", "x64", "glibc"));

    boolean runs(BinaryFile file) {
        return file.os().equals(os)
                && file.cpus().contains(cpu)
                && file.libc().map(libc::equals).orElse(true);
    }

    /** Whether the lockfile's limits let the package in. */
    boolean admits(LockedPackage locked) {
        return admits(locked.os(), os) && admits(locked.cpu(), cpu) && (!isLinux() || admits(locked.libc(), libc));
    }

    boolean isLinux() {
        return os.equals("linux");
    }

    private static boolean admits(Constraint limit, String value) {
        return !(limit instanceof Constraint.Only only) || only.names().contains(value);
    }
}

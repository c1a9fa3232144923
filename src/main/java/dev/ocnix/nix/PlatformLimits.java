package dev.ocnix.nix;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageManifest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The platforms on which a package is installed, in npm's names; absent means everywhere, an empty list nowhere. A list from
 * a package.json may negate with {@code !}.
 */
public record PlatformLimits(Optional<List<String>> os, Optional<List<String>> cpu, Optional<List<String>> libc) {
    public PlatformLimits {
        os = os.map(List::copyOf);
        cpu = cpu.map(List::copyOf);
        libc = libc.map(List::copyOf);
    }

    /**
     * What the lockfile says and, where it cannot say, what the package itself does: for platforms that Bun does not know,
     * and for {@code libc} before Bun 1.4.
     *
     * @param manifest the package's own package.json, where it is known
     */
    public static PlatformLimits of(LockedPackage locked, Optional<PackageManifest> manifest) {
        return new PlatformLimits(
                limit(locked.os(), manifest.map(PackageManifest::os)),
                limit(locked.cpu(), manifest.map(PackageManifest::cpu)),
                limit(locked.libc(), manifest.map(PackageManifest::libc)));
    }

    /**
     * Whether a platform is among them: the rule of {@code platform.nix}.
     *
     * @param libcName absent where there is no choice; a package that is limited to one is not for such a platform
     */
    public boolean admit(String osName, String cpuName, Optional<String> libcName) {
        return os.map(names -> admits(names, osName)).orElse(true)
                && cpu.map(names -> admits(names, cpuName)).orElse(true)
                && libc.map(names ->
                                libcName.filter(name -> admits(names, name)).isPresent())
                        .orElse(true);
    }

    private static boolean admits(List<String> names, String name) {
        boolean isOpen = !names.isEmpty() && names.stream().allMatch(other -> other.startsWith("!"));
        return !names.contains("!" + name) && (names.contains(name) || isOpen);
    }

    private static Optional<List<String>> limit(Constraint locked, Optional<List<String>> own) {
        if (locked instanceof Constraint.Only only && !only.names().isEmpty()) {
            return Optional.of(List.copyOf(only.names()));
        }
        if (locked instanceof Constraint.Unrestricted) {
            return Optional.empty();
        }
        boolean unknownToBun = locked instanceof Constraint.Only;
        Optional<List<String>> stated = own.filter(names -> !names.isEmpty());
        if (stated.filter(names -> names.contains("any")).isPresent()) {
            return Optional.empty();
        }
        if (stated.isEmpty() && unknownToBun) {
            return Optional.of(List.of());
        }
        return stated.map(names -> List.copyOf(new TreeSet<>(names)));
    }
}

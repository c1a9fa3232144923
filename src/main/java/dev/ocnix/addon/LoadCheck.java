package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Bin;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.LockedPackage;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A command line that shows whether a native part can be loaded or run; the package's folder stands in {@code $out}. */
final class LoadCheck {
    private static final Set<AddonKind> WITHOUT = EnumSet.of(
            AddonKind.DOWNLOAD_POSTINSTALL,
            AddonKind.DOWNLOAD_ON_FIRST_USE,
            AddonKind.SCRIPT_ONLY,
            AddonKind.WASM,
            AddonKind.RUST_SOURCE);

    /** Where a package has a file for each system, one line can name one of them. */
    private static final List<NixSystem> PREFERRED = NixSystem.USUAL.stream()
            .sorted(Comparator.comparing(NixSystem::name).reversed())
            .sorted(Comparator.comparing(NixSystem::isLinux).reversed())
            .toList();

    private LoadCheck() {}

    /**
     * Writes it.
     *
     * @param kinds main one first
     * @return empty if there is nothing to check
     */
    static String of(LockedPackage locked, List<AddonKind> kinds, AddonFacts facts) {
        AddonKind main = kinds.get(0);
        List<BinaryFile> usable = PREFERRED.stream()
                .flatMap(system -> facts.binaries().stream().filter(system::runs))
                .distinct()
                .toList();
        boolean isForeign = usable.isEmpty()
                && !facts.binaries().isEmpty()
                && facts.gyp().path().isEmpty();
        if (isForeign
                || WITHOUT.contains(main)
                || NixSystem.USUAL.stream().noneMatch(system -> system.admits(locked))) {
            return "";
        }
        return switch (main) {
            case EXE_PLATFORM -> program(locked, usable);
            case DYLIB_FFI ->
                usable.isEmpty() || !isLimited(facts) ? "bun -e 'await import(process.env.out)'" : library(usable);
            case NAPI_PLATFORM ->
                usable.stream()
                        .map(BinaryFile::path)
                        .filter(path -> path.endsWith(".node") && isPlain(path))
                        .findFirst()
                        .map(path -> load("process.env.out + \"/" + path + "\""))
                        .orElseGet(() -> load("process.env.out"));
            case BUNDLED_MULTI ->
                usable.stream().anyMatch(file -> file.path().endsWith(".node"))
                        ? load("process.env.out")
                        : program(locked, usable);
            default -> load("process.env.out");
        };
    }

    /** A package for one platform, whose files are for one processor only. */
    private static boolean isLimited(AddonFacts facts) {
        return facts.binaries().stream().map(BinaryFile::cpus).distinct().count() == 1;
    }

    private static String load(String what) {
        return "node -e 'require(" + what + ")'";
    }

    private static String library(List<BinaryFile> usable) {
        String path = usable.get(0).path();
        return isPlain(path) ? "! ldd \"$out/" + path + "\" | grep 'not found'" : "";
    }

    private static String program(LockedPackage locked, List<BinaryFile> usable) {
        Optional<String> path = usable.stream()
                .map(BinaryFile::path)
                .filter(file -> !file.endsWith(".so") && !file.contains(".so.") && !file.endsWith(".dylib"))
                .findFirst();
        return path.or(() -> command(locked.bin()))
                .filter(LoadCheck::isPlain)
                .map(file -> "\"$out/" + (file.startsWith("./") ? file.substring(2) : file) + "\" --version")
                .orElse("");
    }

    private static Optional<String> command(Bin bin) {
        if (bin instanceof Bin.File file) {
            return Optional.of(file.path());
        }
        return bin instanceof Bin.Named named
                ? named.commands().stream().findFirst().map(Bin.Command::path)
                : Optional.empty();
    }

    /** Whether a path may stand in a command line between quotes, as it is. */
    private static boolean isPlain(String path) {
        return path.matches("[A-Za-z0-9@%_+=:,./ -]{1,300}");
    }
}

package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.BuildFile;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.TarballFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Facts to store. */
final class Samples {
    private Samples() {}

    static Sri sri(HashAlgorithm algorithm, String content) {
        return Sri.ofContent(algorithm, content.getBytes(StandardCharsets.UTF_8));
    }

    static TarballFacts plain(String name) {
        return new TarballFacts(sri(HashAlgorithm.SHA512, name), 1234, manifest(name, Map.of()), AddonFacts.nothing());
    }

    /** With all fields, and text that JSON must escape. */
    static TarballFacts rich(String name) {
        AddonFacts addon = new AddonFacts(
                List.of(AddonKind.PREBUILDIFY, AddonKind.GYP_SCRIPT),
                List.of(new Evidence(AddonKind.PREBUILDIFY, "prebuilds/", "a \"quoted\"\nline \u2028 <&> ü 🙂")),
                true,
                List.of(
                        new BinaryFile(
                                "a.node",
                                "elf",
                                "linux",
                                List.of("x64"),
                                Optional.of("glibc"),
                                Optional.of("/lib64/ld-linux-x86-64.so.2"),
                                List.of("libc.so.6"),
                                Optional.of("$ORIGIN"),
                                Optional.of("2.28"),
                                Optional.of("3.4.29"),
                                true),
                        new BinaryFile(
                                "b",
                                "mach-o",
                                "darwin",
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false)),
                new BuildFile(
                        Optional.of("src/binding.gyp"), List.of("-lutil", "libsecret-1"), List.of(), List.of("a <b>")),
                new BuildFile(
                        Optional.of("CMakeLists.txt"),
                        List.of("find_package(ZLIB)"),
                        List.of("-lz"),
                        List.of("a command")),
                List.of("prebuilds/win32-x64"),
                List.of("A_SKIP_DOWNLOAD"));
        return new TarballFacts(
                sri(HashAlgorithm.SHA512, name), 5, manifest(name, Map.of("install", "x || y\u0000")), addon);
    }

    static CheckoutFacts checkout(String name) {
        TarballFacts rich = rich(name);
        return new CheckoutFacts(
                "0123456789abcdef0123456789abcdef01234567",
                sri(HashAlgorithm.SHA256, name),
                rich.manifest(),
                rich.addon(),
                !rich.manifest().scripts().isEmpty());
    }

    private static PackageManifest manifest(String name, Map<String, String> scripts) {
        boolean isRich = !scripts.isEmpty();
        return new PackageManifest(
                Optional.of(name),
                isRich ? Optional.empty() : Optional.of("1.0.0"),
                isRich ? List.of("linux", "!win32") : List.of(),
                isRich ? List.of("x64") : List.of(),
                isRich ? List.of("musl") : List.of(),
                new TreeMap<>(scripts),
                isRich ? Optional.of(false) : Optional.empty(),
                new TreeSet<>(isRich ? List.of("host") : List.of()),
                isRich,
                new TreeSet<>(isRich ? List.of("nan", "x") : List.of()),
                new TreeSet<>(isRich ? List.of("x") : List.of()),
                List.of(),
                List.of(),
                Optional.of("MIT"));
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Bin;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.BuildFile;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Place;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintBuilderTest {
    private static final Constraint ANY = Constraint.unrestricted();
    private static final BinaryFile LINUX = binary("linux", "x64", Optional.of("glibc"));
    private static final Evidence GYP = new Evidence(AddonKind.PREBUILDIFY, "binding.gyp", "");

    private final HintBuilder hints = new HintBuilder();

    private static BinaryFile binary(String os, String cpu, Optional<String> libc) {
        return new BinaryFile(
                os + cpu,
                "elf",
                os,
                List.of(cpu),
                libc,
                Optional.empty(),
                List.of("libusb-1.0.so.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static LockedPackage locked(String name, Constraint os, Constraint cpu, String... dependencies) {
        return new LockedPackage(
                new PackageId(name, "1.0.0"),
                new Resolution.Npm("1.0.0", Optional.empty()),
                Optional.empty(),
                os,
                cpu,
                Constraint.unspecified(),
                Bin.none(),
                List.of(dependencies).stream()
                        .map(alias -> new Dependency(alias, "1", DependencyKind.PROD))
                        .toList(),
                Optional.empty(),
                Place.of("line 1"));
    }

    private AddonHint hint(LockedPackage locked, AddonFacts facts, PlatformChild... children) {
        return hints.build(locked, PackageManifest.empty(), facts, List.of(children))
                .orElseThrow();
    }

    private static AddonFacts facts(List<AddonKind> kinds, List<Evidence> evidence, BinaryFile... binaries) {
        boolean hasGyp = evidence.contains(GYP);
        BuildFile gyp = new BuildFile(
                Optional.of("binding.gyp"),
                List.of("-lutil", "-lunheard", "libsecret-1"),
                List.of(),
                List.of("strange"));
        return new AddonFacts(
                kinds,
                evidence,
                false,
                List.of(binaries),
                hasGyp ? gyp : BuildFile.none(),
                BuildFile.none(),
                List.of(),
                List.of());
    }

    @Test
    void aPackageWithoutNativePartsHasNoHint() {
        assertEquals(
                Optional.empty(),
                hints.build(locked("a", ANY, ANY), PackageManifest.empty(), AddonFacts.nothing(), List.of()));
    }

    @Test
    void sourcesAreCompiledAlthoughThereIsAPrebuiltFile() {
        AddonHint hint = hint(
                locked("a", ANY, ANY, "node-addon-api", "bindings"),
                facts(List.of(AddonKind.PREBUILDIFY, AddonKind.GYP_SCRIPT), List.of(GYP), LINUX));
        assertEquals(
                "{aarch64-darwin=COMPILE, aarch64-linux=COMPILE, x86_64-darwin=COMPILE, x86_64-linux=COMPILE}",
                hint.systems().toString());
        assertEquals(List.of("node-addon-api"), hint.siblings());
        assertEquals(List.of("glib", "libsecret", "libusb1"), hint.buildInputs());
        assertEquals(List.of("pkg-config", "python3"), hint.nativeBuildInputs());
        assertEquals("{npm_config_build_from_source=true}", hint.environment().toString());
    }

    @Test
    void whatTheTableDoesNotKnowIsTold() {
        assertEquals(
                List.of("-lunheard"), hints.unknownLibraries(facts(List.of(AddonKind.GYP_IMPLICIT), List.of(GYP))));
    }

    @Test
    void aBinaryForMuslOrWithoutSourcesServesNobodyElse() {
        AddonHint hint = hint(
                locked("a", ANY, ANY),
                facts(List.of(AddonKind.DYLIB_FFI), List.of(), binary("linux", "x64", Optional.of("musl"))));
        assertEquals(
                "{aarch64-darwin=NONE, aarch64-linux=NONE, x86_64-darwin=NONE, x86_64-linux=NONE}",
                hint.systems().toString());
        assertEquals(List.of(), hint.nativeBuildInputs());
    }

    @Test
    void aDownloaderWithSourcesIsCompiledAndOneWithoutDownloads() {
        List<AddonKind> kinds = List.of(AddonKind.PREBUILD_INSTALL);
        assertEquals(
                Outcome.COMPILE,
                hint(locked("a", ANY, ANY), facts(kinds, List.of(GYP), LINUX))
                        .systems()
                        .get("x86_64-linux"));
        assertEquals(
                Outcome.DOWNLOAD,
                hint(locked("a", ANY, ANY), facts(kinds, List.of())).systems().get("x86_64-linux"));
    }

    @Test
    void aParentPointsToTheChildThatServesTheSystemAndTakesItsKind() {
        AddonFacts program = facts(List.of(AddonKind.EXE_PLATFORM), List.of(), LINUX);
        AddonFacts musl =
                facts(List.of(AddonKind.EXE_PLATFORM), List.of(), binary("linux", "arm64", Optional.of("musl")));
        Constraint linux = Constraint.only(List.of("linux"));
        AddonHint hint = hint(
                locked("a", ANY, ANY),
                facts(List.of(AddonKind.NAPI_PLATFORM, AddonKind.DOWNLOAD_POSTINSTALL), List.of()),
                new PlatformChild(locked("a-linux-x64", linux, Constraint.only(List.of("x64"))), Optional.of(program)),
                new PlatformChild(locked("a-linux-arm64", linux, Constraint.only(List.of("arm64"))), Optional.of(musl)),
                new PlatformChild(
                        locked("a-darwin", Constraint.only(List.of("darwin")), Constraint.only(List.of("arm64"))),
                        Optional.empty()),
                new PlatformChild(locked("helper", ANY, ANY), Optional.empty()));
        assertEquals(
                "{aarch64-darwin=CHILD_PACKAGE, aarch64-linux=DOWNLOAD, x86_64-darwin=DOWNLOAD, x86_64-linux=CHILD_PACKAGE}",
                hint.systems().toString());
        assertEquals(List.of(AddonKind.EXE_PLATFORM, AddonKind.DOWNLOAD_POSTINSTALL), hint.kinds());
    }

    @Test
    void theLockfilesLimitsComeFirst() {
        AddonHint hint = hint(
                locked("a", Constraint.only(List.of("darwin")), ANY),
                facts(List.of(AddonKind.GYP_IMPLICIT), List.of(GYP)));
        assertEquals(
                "{aarch64-darwin=COMPILE, aarch64-linux=NONE, x86_64-darwin=COMPILE, x86_64-linux=NONE}",
                hint.systems().toString());
    }

    @Test
    void stepsAreThoseOfThePackagesOwnScript() {
        PackageManifest manifest =
                ManifestReader.read("""
                {"name":"a","scripts":{"install":"prebuild-install || (node ready.js && node-gyp rebuild -j 4 && node move.js)",
                "postinstall":"node tidy.js"}}""".getBytes(StandardCharsets.UTF_8)).orElseThrow();
        BuildAdvice advice = hints.build(
                        locked("a", ANY, ANY),
                        manifest,
                        facts(List.of(AddonKind.PREBUILD_INSTALL), List.of(GYP)),
                        List.of())
                .orElseThrow()
                .advice();
        assertEquals(List.of("node ready.js", "node-gyp rebuild -j 4"), advice.buildSteps());
        assertEquals(List.of("node move.js", "node tidy.js"), advice.installSteps());
        assertEquals(Optional.of(List.of()), advice.darwinBuildInputs());
        assertEquals(List.of("strange", "the library -lunheard"), advice.unknown());
        assertEquals("node -e 'require(process.env.out)'", advice.check());
    }

    /** bash is the judge: the folder reaches node-gyp as it is, and nothing else runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {"deps/a", "a b", "a'b", "$(touch pwned)", "a;touch pwned", "a`touch pwned`", "a\nb", "a\"b&"})
    void aFolderOfATarballStaysOneWordOfItsBuildStep(String folder, @TempDir Path empty) throws Exception {
        AddonFacts facts = new AddonFacts(
                List.of(AddonKind.GYP_SCRIPT),
                List.of(GYP),
                false,
                List.of(),
                new BuildFile(Optional.of(folder + "/binding.gyp"), List.of(), List.of(), List.of()),
                BuildFile.none(),
                List.of(),
                List.of());
        List<String> steps = hint(locked("a", ANY, ANY), facts).advice().buildSteps();
        assertEquals(1, steps.size());
        String said = Command.of(
                        "bash", "-c", "node-gyp() { printf '<%s>' \"$@\"; }; eval \"$1\"", "bash", steps.get(0))
                .in(empty)
                .runOrFail()
                .out();
        assertEquals("<rebuild><--directory=" + folder + ">", said);
        assertTrue(Files.notExists(empty.resolve("pwned")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\" /etc/passwd \"b.node",
                "a\" + process.env.HOME + \"b.node",
                "a'$(touch pwned)'.node",
                "a\nb.node",
                "a\\.node",
            })
    void aFileOfATarballIsNoCode(String path) {
        BinaryFile file = new BinaryFile(
                path,
                "elf",
                "linux",
                List.of("x64"),
                Optional.of("glibc"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        for (AddonKind kind : List.of(AddonKind.NAPI_PLATFORM, AddonKind.EXE_PLATFORM, AddonKind.DYLIB_FFI)) {
            String check = hint(locked("a", ANY, ANY), facts(List.of(kind), List.of(), file))
                    .advice()
                    .check();
            assertTrue(List.of("", "node -e 'require(process.env.out)'").contains(check), check);
        }
    }

    @Test
    void theTableAddsWhatATarballCannotSay() {
        AddonHint hint = hints.build(
                        new LockedPackage(
                                new PackageId("esbuild", "0.27.3"),
                                new Resolution.Npm("0.27.3", Optional.empty()),
                                Optional.empty(),
                                ANY,
                                ANY,
                                Constraint.unspecified(),
                                new Bin.File("./bin/esbuild"),
                                List.of(),
                                Optional.empty(),
                                Place.of("line 1")),
                        PackageManifest.empty(),
                        facts(List.of(AddonKind.EXE_PLATFORM), List.of()),
                        List.of())
                .orElseThrow();
        assertEquals(
                Optional.of(new Substitute(
                        "esbuild", Optional.of("bin/esbuild"), Optional.of("ESBUILD_BINARY_PATH"), true)),
                hint.advice().instead());
        assertEquals(List.of(AddonKind.EXE_PLATFORM), hint.kinds());
        assertEquals("\"$out/bin/esbuild\" --version", hint.advice().check());
    }
}

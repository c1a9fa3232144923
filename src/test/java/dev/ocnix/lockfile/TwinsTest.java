package dev.ocnix.lockfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects of our own that real Bun locked, mostly in both formats. */
class TwinsTest {
    private static final Path PROJECTS = Path.of(System.getProperty("basedir", ""), "src", "test", "projects");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockfiles/assorted/lockfiles/1.2.10",
                "lockfiles/assorted/lockfiles/1.3.14",
                "lockfiles/assorted/lockfiles/1.4.5",
                "lockfiles/modern/lockfiles/1.4.5",
                "monorepo/lockfiles/1.2.23",
                "monorepo/lockfiles/1.3.14",
                "monorepo/lockfiles/1.4.5",
            })
    void bothFormatsOfAProjectSayTheSame(String folder) throws Exception {
        Lockfile text = read(folder + "/bun.lock");
        Lockfile binary = read(folder + "/bun.lockb");
        assertEquals(Facts.of(text, binary), Facts.of(binary, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assorted/lockfiles/1.1.38/bun.lockb",
                "assorted/lockfiles/1.2.10/bun.lock",
                "assorted/lockfiles/1.3.14/bun.lockb",
                "assorted/lockfiles/1.4.5/bun.lock",
            })
    void eachReleaseSaysWhatThePackageJsonsAskFor(String file) throws Exception {
        Lockfile lockfile = read("lockfiles/" + file);
        assertEquals(List.of("", "packages/one", "packages/two"), paths(lockfile));
        assertEquals(Optional.of("0.1.0-beta.1"), lockfile.workspaces().get(1).version());
        assertEquals(new Bin.File("one.js"), lockfile.workspaces().get(1).bin());
        assertEquals(
                new Bin.Named(List.of(new Bin.Command("two", "two.js"), new Bin.Command("deux", "deux.js"))),
                lockfile.workspaces().get(2).bin());
        assertEquals(
                List.of(
                        new Dependency("debug", "2.6.9", DependencyKind.DEV),
                        new Dependency("old-ms", "npm:ms@1.0.0", DependencyKind.DEV)),
                lockfile.workspaces().get(2).dependencies());
        assertEquals(
                List.of(DependencyKind.PROD, DependencyKind.PROD, DependencyKind.PROD, DependencyKind.PEER),
                lockfile.workspaces().get(1).dependencies().stream()
                        .map(Dependency::kind)
                        .limit(4)
                        .toList());
        assertEquals(
                new Dependency("typescript", "5.6.2", DependencyKind.OPTIONAL_PEER),
                lockfile.workspaces().get(1).dependencies().get(4));
        assertEquals(Optional.of(Set.of("esbuild")), lockfile.trustedDependencies());
        assertEquals(Map.of("ms@2.1.3", "patches/ms@2.1.3.patch"), lockfile.patchedDependencies());
        assertEquals(List.of(new OverrideRule(Optional.empty(), "kind-of", "6.0.3")), lockfile.overrides());
        assertEquals(List.of(), lockfile.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.38/bun.lockb", "1.2.10/bun.lock", "1.3.14/bun.lock", "1.4.5/bun.lockb"})
    void eachKindOfResolutionIsRight(String file) throws Exception {
        Lockfile lockfile = read("lockfiles/assorted/lockfiles/" + file);
        assertEquals(
                new Resolution.Npm("7.0.0", Optional.empty()),
                at(lockfile, "number").resolution());
        assertEquals(new PackageId("is-number", "7.0.0"), at(lockfile, "number").id());
        assertEquals(
                Sri.parse(
                        "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng=="),
                at(lockfile, "number").integrity());
        assertEquals(
                new Resolution.RemoteTarball("https://registry.npmjs.org/is-number/-/is-number-5.0.0.tgz"),
                at(lockfile, "remote").resolution());
        assertEquals(
                new Resolution.LocalTarball("vendor/tarred-1.2.3.tgz"),
                at(lockfile, "tarred").resolution());
        assertEquals(
                "really-tarred@vendor/tarred-1.2.3.tgz",
                at(lockfile, "tarred").id().toString());
        assertEquals(
                new Bin.Named(List.of(new Bin.Command("tarred", "t.js"))),
                at(lockfile, "tarred").bin());
        assertEquals(
                new Resolution.Folder("vendor/folder"), at(lockfile, "folder").resolution());
        assertEquals(
                "real-folder@file:vendor/folder", at(lockfile, "folder").id().toString());
        assertEquals(
                new Resolution.Workspace("packages/two"),
                at(lockfile, "@assorted/two").resolution());
        assertEquals(
                "is-number@4.0.0", at(lockfile, "one/is-odd/is-number").id().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.10/bun.lock", "1.2.10/bun.lockb", "1.4.5/bun.lock", "1.4.5/bun.lockb"})
    void platformsAndBundledPackagesAreRight(String file) throws Exception {
        Lockfile lockfile = read("lockfiles/assorted/lockfiles/" + file);
        assertEquals(Constraint.only(Set.of("darwin")), at(lockfile, "fsevents").os());
        assertEquals(Constraint.unrestricted(), at(lockfile, "fsevents").cpu());
        assertEquals(
                Constraint.only(Set.of("android")),
                at(lockfile, "@esbuild/android-arm").os());
        assertEquals(
                Constraint.only(Set.of()), at(lockfile, "@esbuild/netbsd-x64").os());
        boolean saysLibc = file.startsWith("1.4");
        assertEquals(
                saysLibc ? Constraint.only(Set.of("musl")) : Constraint.unspecified(),
                at(lockfile, "@rollup/rollup-linux-x64-musl").libc());
        assertEquals(
                saysLibc ? Optional.of(true) : Optional.empty(),
                at(lockfile, "esbuild").installScript());
        assertEquals(
                Set.of("@parcel/watcher-wasm/napi-wasm"),
                new TreeSet<>(lockfile.placements().values().stream()
                        .filter(Placement::bundled)
                        .map(placement -> placement.key().toString())
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bun.lock", "bun.lockb"})
    void catalogsAndNestedOverridesAreRight(String file) throws Exception {
        Lockfile lockfile = read("lockfiles/modern/lockfiles/1.4.5/" + file);
        assertEquals(
                Map.of("", Map.of("is-odd", "^3.0.1"), "old", Map.of("is-odd", "1.0.0", "ms", "2.0.0")),
                lockfile.catalogs());
        assertEquals(
                List.of(
                        new OverrideRule(Optional.empty(), "is-number@^6.0.0", "5.0.0"),
                        new OverrideRule(Optional.empty(), "ms@2.0.0", "1.0.0"),
                        new OverrideRule(Optional.of("debug"), "ms", "2.1.1")),
                lockfile.overrides());
        assertEquals(Optional.of(Set.of()), lockfile.trustedDependencies());
        assertEquals(OptionalInt.of(1), lockfile.configVersion());
    }

    /** Bun 1.1 records a member's folder where later releases record what its dependent wrote. */
    @Test
    void rangesOfMembersStayAsRecorded() throws Exception {
        assertEquals("packages/two", rangeOfTwo("1.1.38/bun.lockb"));
        assertEquals("workspace:*", rangeOfTwo("1.2.10/bun.lockb"));
    }

    private static String rangeOfTwo(String file) throws Exception {
        return read("lockfiles/assorted/lockfiles/" + file)
                .workspaces()
                .get(1)
                .dependencies()
                .get(0)
                .literal();
    }

    private static LockedPackage at(Lockfile lockfile, String key) {
        return lockfile.packages()
                .get(lockfile.placements()
                        .get(PlacementKey.parse(key).orElseThrow())
                        .id());
    }

    private static List<String> paths(Lockfile lockfile) {
        return lockfile.workspaces().stream().map(Workspace::path).toList();
    }

    private static Lockfile read(String path) throws IOException, OcnixException {
        return LockfileReader.read(path, Files.readAllBytes(PROJECTS.resolve(path)));
    }
}

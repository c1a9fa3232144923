package dev.ocnix.lockfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Bun locks a project of every shape while the test runs; we read of it what Gson and Bun itself read. */
@NeedsBun
@NeedsGit
class FreshLockfilesTest {
    private static final String SIMPLE = """
            , "overrides": { "over": "1.1.0" }, "trustedDependencies": ["scripted", "@scope/tool"] }""";
    private static final String CATALOGS = """
            "catalog": { "plain": "^1.0.0" }, "catalogs": { "old": { "over": "1.0.0", "needed": "1" } },
            "dependencies": { "plain": "catalog:", "over": "catalog:old", "nester": "1.0.0" },
            "trustedDependencies": []""";
    private static final String NESTED = """
            , "overrides": { "nester": { "plain": "2.0.0" }, "@scope/deep@1.0.0": { "@scope/tool": "1.2.3+build.5" },
              "over@1.0.0": "1.1.0" }""";
    private static final Pattern PRINTED =
            Pattern.compile("(?m)^  version \"(.*)\"\n  resolved \"(.*)\"(?:\n  integrity (.*))?$");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.2.23", "1.3.14", "1.4.5"})
    void everyShapeIsReadAsBunWroteIt(String version) throws Exception {
        try (FreshProject project = new FreshProject(folder)) {
            String manifest = "{" + project.everything() + SIMPLE;
            Lockfile lockfile = agree(Bun.version(version), project, "simple", manifest);
            Set<String> kinds = new TreeSet<>();
            lockfile.packages()
                    .values()
                    .forEach(entry -> kinds.add(entry.resolution().kind()));
            assertEquals(
                    Set.of("folder", "git", "github", "link", "local-tarball", "npm", "remote-tarball", "workspace"),
                    kinds);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.23", "1.3.14", "1.4.5"})
    void catalogsAndNestedOverridesAreReadAsBunWroteThem(String version) throws Exception {
        String overrides = version.startsWith("1.4.") ? NESTED : "";
        String manifest = "{ \"name\": \"fresh\", \"workspaces\": { \"packages\": [\"packages/*\"] }, " + CATALOGS
                + overrides + " }";
        try (FreshProject project = new FreshProject(folder)) {
            Lockfile lockfile = agree(Bun.version(version), project, "modern", manifest);
            assertEquals(2, lockfile.catalogs().size());
            assertEquals(
                    version.startsWith("1.4."), lockfile.trustedDependencies().isPresent());
            assertEquals(overrides.isEmpty() ? 0 : 3, lockfile.overrides().size());
        }
    }

    /** Bun 1.1.38 writes no text; its own print, and what 1.2.23 makes of its file, are what to go by. */
    @Test
    void whatOlderReleasesWriteIsReadAsNewerOnesReadIt() throws Exception {
        try (FreshProject project = new FreshProject(folder)) {
            String manifest = "{" + project.everything() + SIMPLE;
            Bun old = Bun.version("1.1.38");
            Path file = project.lock(old, "old", true, manifest);
            Lockfile lockfile = read(file);
            assertEquals(2, lockfile.version());
            same(printed(old, file), decoded(lockfile));
            Path text = project.translate(Bun.version("1.3.14"), file);
            Lockfile translated = read(text);
            same(translated.packages().keySet(), lockfile.packages().keySet());
            same(decoded(translated), decoded(lockfile));
            same(translated.placements().keySet(), lockfile.placements().keySet());
        }
    }

    private static Lockfile agree(Bun bun, FreshProject project, String name, String manifest) throws Exception {
        Path binaryFile = project.lock(bun, name + "-binary", true, manifest);
        Path textFile = project.lock(bun, name + "-text", false, manifest);
        Lockfile binary = read(binaryFile);
        Lockfile text = read(textFile);
        same(Described.byGson(Files.readString(textFile)), Described.byUs(text));
        same(
                Facts.of(text, binary).packages().entrySet(),
                Facts.of(binary, text).packages().entrySet());
        same(
                Set.copyOf(text.placements().values()),
                Set.copyOf(binary.placements().values()));
        assertEquals(text.workspaces(), binary.workspaces());
        assertEquals(text.overrides(), binary.overrides());
        assertEquals(text.patchedDependencies(), binary.patchedDependencies());
        assertEquals(text.catalogs(), binary.catalogs());
        assertEquals(text.configVersion(), binary.configVersion());
        assertEquals(List.of(), text.warnings());
        assertEquals(List.of(), binary.warnings());
        // the text form of Bun 1.2 and 1.3 leaves an empty list out
        assertEquals(
                text.trustedDependencies().orElse(new TreeSet<>()),
                binary.trustedDependencies().orElseThrow());
        same(printed(bun, binaryFile), decoded(binary));
        return text;
    }

    /** Equal sets, or a failure that shows only what differs. */
    private static void same(Set<?> expected, Set<?> actual) {
        assertEquals(
                List.of(),
                expected.stream().filter(line -> !actual.contains(line)).toList(),
                "missing");
        assertEquals(
                List.of(),
                actual.stream().filter(line -> !expected.contains(line)).toList(),
                "too much");
    }

    /** Version, source and integrity of each package in Bun's own print. */
    private static Set<String> printed(Bun bun, Path file) {
        String print = bun.in(file.getParent(), file.getFileName().toString())
                .runOrFail()
                .out();
        Set<String> printed = new TreeSet<>();
        Matcher matcher = PRINTED.matcher(print);
        while (matcher.find()) {
            String integrity = matcher.group(3) == null ? "" : matcher.group(3).replace("=", "");
            printed.add(matcher.group(1) + " " + matcher.group(2) + " " + integrity);
        }
        return printed;
    }

    private static Set<String> decoded(Lockfile lockfile) {
        Set<String> decoded = new TreeSet<>();
        for (LockedPackage entry : lockfile.packages().values()) {
            String version = entry.id().resolution();
            String source = entry.resolution() instanceof Resolution.Npm npm
                    ? npm.tarballUrl().orElse("")
                    : entry.resolution() instanceof Resolution.Folder folder ? folder.path() : version;
            String integrity = entry.integrity().map(Sri::toString).orElse("").replace("=", "");
            decoded.add(
                    (entry.resolution() instanceof Resolution.Npm ? version : source) + " " + source + " " + integrity);
        }
        return decoded;
    }

    private static Lockfile read(Path file) throws IOException, OcnixException {
        assertTrue(Files.exists(file), file::toString);
        return LockfileReader.read(file.getFileName().toString(), Files.readAllBytes(file));
    }
}

package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.ocnix.report.Alarm;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.codehaus.plexus.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks by way of a dependency: each is an alarm of the comparison, of the update and of the report, and fails the check. */
class AttackTest {
    private static final String POM = """
            <project>
              <properties>
                <ocnix.revision>v1.0.0</ocnix.revision>
              </properties>
            </project>
            """;

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder.resolve("world"), World.left(), World.right());
        world.commit();
        world.generate();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void lock(PackageTarball... tarballs) {
        List.of(tarballs).forEach(world.registry::publish);
        TinyProject.write(world.source, "tiny", List.of(tarballs));
    }

    /** Releases the attacked source as v1.0.1, and holds each goal to the one alarm. */
    private void assertAlarm(Alarm.Kind kind, String subject, String part, UnaryOperator<String> lockfile)
            throws Exception {
        Path lock = world.source.resolve("bun.lock");
        Files.writeString(lock, lockfile.apply(Files.readString(lock)));
        Path old = folder.resolve("old");
        FileUtils.copyDirectoryStructure(world.tree.toFile(), old.toFile());
        world.release("v1.0.1");
        world.revision = World.TAG;

        assertOne(kind, subject, part, world.diff("v1.0.0", "v1.0.1"));

        world.revision = "v1.0.1";
        List<String> lines = world.check().lines();
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("ALARM " + kind.term() + ": " + subject)),
                lines::toString);

        world.revision = World.TAG;
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom, POM);
        world.warnings.clear();
        assertEquals(Optional.of("v1.0.1"), world.update(Optional.empty(), PomFile.read(pom)));
        assertEquals(POM.replace("v1.0.0", "v1.0.1"), Files.readString(pom));
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.startsWith("ALARM " + kind.term() + ": " + subject)),
                world.warnings::toString);
        JsonArray alarms = JsonParser.parseString(Files.readString(world.reports.resolve("report.json")))
                .getAsJsonObject()
                .getAsJsonArray("alarms");
        assertTrue(alarms.toString().contains("\"" + kind.term() + "\""), alarms::toString);
        String changes = Files.readString(world.reports.resolve("changes.md"));
        assertTrue(changes.contains("**" + kind.term() + "** `" + subject), changes);

        assertOne(kind, subject, part, world.diff(old.toString(), world.tree.toString()));
    }

    private static void assertOne(Alarm.Kind kind, String subject, String part, TreeDifference difference) {
        List<Alarm> alarms = difference.alarms().stream()
                .filter(alarm -> alarm.kind() == kind)
                .toList();
        assertEquals(1, alarms.size(), difference::toString);
        assertEquals(subject, alarms.get(0).subject());
        assertTrue(alarms.get(0).detail().contains(part), alarms::toString);
    }

    @Test
    void aVersionThatWasPublishedAnewWithOtherBytes() throws Exception {
        PackageTarball evil = PackageTarball.of("left", "1.0.0")
                .file("index.js", "steal();\n")
                .build();
        lock(evil, World.right());
        assertAlarm(Alarm.Kind.HASH_CHANGED, "left@1.0.0", evil.integrity(), lockfile -> lockfile);
    }

    @Test
    void aNameThatLooksLikeAnother() throws Exception {
        lock(World.left(), World.right(), PackageTarball.of("1eft", "1.0.0").build());
        assertAlarm(Alarm.Kind.LOOKALIKE_NAME, "1eft@1.0.0", "looks like left", lockfile -> lockfile);
    }

    @Test
    void aNewVersionWithAPostinstallScript() throws Exception {
        lock(
                PackageTarball.of("left", "1.0.1")
                        .field("scripts", "{ \"postinstall\": \"node steal.js\" }")
                        .build(),
                World.right());
        assertAlarm(Alarm.Kind.NEW_INSTALL_SCRIPT, "left@1.0.1", "postinstall `node steal.js`", lockfile -> lockfile);
    }

    @Test
    void aNewVersionWithANativeAddon() throws Exception {
        lock(
                PackageTarball.of("left", "1.0.1")
                        .file("binding.gyp", "{ 'targets': [ { 'target_name': 'a', 'sources': [ 'a.c' ] } ] }\n")
                        .build(),
                World.right());
        assertAlarm(Alarm.Kind.NEW_ADDON, "left@1.0.1", "gyp", lockfile -> lockfile);
    }

    @Test
    void aDependencyThatMovedToAUrlOfAnotherServer() throws Exception {
        PackageTarball evil = PackageTarball.of("left", "1.0.0")
                .file("index.js", "steal();\n")
                .build();
        world.registry.serve("/evil.tgz", "application/octet-stream", evil.bytes());
        String url = world.registry.url() + "/evil.tgz";
        assertAlarm(
                Alarm.Kind.LEFT_REGISTRY,
                "left@" + url,
                "was left@1.0.0 from a registry",
                lockfile -> lockfile.replace(
                        "[\"left@1.0.0\", \"\", {}, \"" + World.left().integrity() + "\"]",
                        "[\"left@" + url + "\", {}, \"" + evil.integrity() + "\"]"));
    }

    @Test
    @NeedsGit
    void aDependencyThatMovedToAGitRepository() throws Exception {
        Path evil = Files.createDirectories(folder.resolve("evil"));
        Files.writeString(evil.resolve("package.json"), "{ \"name\": \"left\", \"version\": \"1.0.0\" }");
        String commit = TinyProject.commit(evil, "v1");
        String resolution = "git+" + world.serveClone(evil) + "#" + commit;
        assertAlarm(
                Alarm.Kind.LEFT_REGISTRY,
                "left@" + resolution,
                "was left@1.0.0 from a registry",
                lockfile -> lockfile.replace(
                        "[\"left@1.0.0\", \"\", {}, \"" + World.left().integrity() + "\"]",
                        "[\"left@" + resolution + "\", {}, \"" + commit + "\"]"));
    }

    @Test
    void aHashThatTheLockfileLost() throws Exception {
        assertAlarm(
                Alarm.Kind.WEAKER_INTEGRITY,
                "left@1.0.0",
                "sha512 -> sha1",
                lockfile ->
                        lockfile.replace(World.left().integrity(), World.left().integrity("SHA-1")));
    }

    @Test
    void anOrdinaryUpgradeAlarmsNobody() throws Exception {
        lock(PackageTarball.of("left", "1.0.1").build(), World.right());
        world.release("v1.0.1");
        TreeDifference difference = world.diff("v1.0.0", "v1.0.1");
        assertEquals(List.of(), difference.alarms());
        assertEquals("upgraded left 1.0.0 -> 1.0.1", difference.changes().get(0).sentence());
        assertFalse(difference.isEmpty());
    }
}

package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.ocnix.model.OcnixException;
import dev.ocnix.report.PackageChange;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees, lockfiles and revisions compare with each other, whichever is which. */
class ComparisonTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder.resolve("world"), World.left(), World.right());
        world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTreeItsLockfileAndItsRevisionAreTheSame() throws Exception {
        world.generate();
        List<String> sides = List.of(world.tree.toString(), world.source.toString(), "v1.0.0");
        for (String from : sides) {
            for (String to : sides) {
                TreeDifference difference = world.diff(from, to);
                assertTrue(difference.isEmpty(), difference::toString);
            }
        }
    }

    @Test
    void aSideThatIsNoRevisionIsToldByTheParameterThatGaveIt() {
        OcnixException failure = assertThrows(OcnixException.class, () -> world.diff("v1.0.0", "main"));
        assertTrue(failure.getMessage().contains("set ocnix.to to a tag"), failure::getMessage);
    }

    @Test
    @NeedsGit
    void tagsThatWereSeenAreNotFetchedAgain() throws Exception {
        world.write("more", "");
        world.onGitHub(world.release("v2"));
        String archives = "/archive/";
        world.diff("v2", "v2");
        assertTrue(world.github.requests().stream()
                .anyMatch(request -> request.path().contains(archives)));
        world.forgetRequests();
        assertTrue(world.diff("v2", "v2").isEmpty());
        assertFalse(world.github.requests().isEmpty(), "whether the tag moved");
        assertFalse(world.github.requests().stream()
                .anyMatch(request -> request.path().contains(archives)));
        world.offline = true;
        world.forgetRequests();
        assertTrue(world.diff("v2", "v2").isEmpty());
        assertEquals(List.of(), world.github.requests());
        OcnixException failure = assertThrows(OcnixException.class, () -> world.diff("v2", "v3"));
        assertTrue(failure.getMessage().contains("while offline"), failure::getMessage);
    }

    @Test
    void eachKindOfChangeHasItsName() throws Exception {
        Path other = folder.resolve("other");
        PackageTarball up = PackageTarball.of("left", "1.2.0").build();
        PackageTarball down = PackageTarball.of("@scope/right", "1.0.0").build();
        PackageTarball fresh = PackageTarball.of("fresh", "0.1.0").build();
        List.of(up, down, fresh).forEach(world.registry::publish);
        TinyProject.write(other, "tiny", List.of(up, down, fresh));
        TreeDifference difference = world.diff("v1.0.0", other.toString());
        assertEquals(
                List.of("added fresh 0.1.0", "upgraded left 1.0.0 -> 1.2.0", "downgraded @scope/right 2.0.0 -> 1.0.0"),
                difference.changes().stream().map(PackageChange::sentence).toList());
        assertEquals(
                "removed fresh 0.1.0",
                world.diff(other.toString(), "v1.0.0").changes().get(0).sentence());
    }

    @Test
    void anotherRegistryIsAMoveAndANewHost() throws Exception {
        Path other = folder.resolve("other");
        TinyProject.write(other, "tiny", List.of(World.left(), World.right()));
        Path lock = other.resolve("bun.lock");
        Files.writeString(
                lock,
                Files.readString(lock)
                        .replace(
                                "\"left@1.0.0\", \"\"",
                                "\"left@1.0.0\", \"https://registry.example.org/left/-/left-1.0.0.tgz\""));
        TreeDifference difference = world.diff("v1.0.0", other.toString());
        assertEquals(1, difference.changes().size(), difference::toString);
        assertEquals(PackageChange.Kind.MOVED, difference.changes().get(0).kind());
        assertEquals(
                "registry.example.org is a server that nothing was fetched from before; now it has left@1.0.0.",
                difference.alarms().get(0).sentence());
    }

    @Test
    void whatCannotBeLookedIntoIsToldAndComparedAllTheSame() throws Exception {
        world.diff("v1.0.0", "v1.0.0");
        Path other = folder.resolve("other");
        TinyProject.write(
                other, "tiny", List.of(PackageTarball.of("left", "1.0.1").build()));
        world.offline = true;
        TreeDifference difference = world.diff("v1.0.0", other.toString());
        assertEquals(2, difference.changes().size());
        assertTrue(
                world.warnings.stream().anyMatch(warning -> warning.contains("are not compared")),
                world.warnings::toString);
    }

    @Test
    void hostileTextsStayTextInEveryFormat() throws Exception {
        PackageTarball evil = PackageTarball.of("left", "1.0.1")
                .field("scripts", "{ \"postinstall\": \"x` | [a](http://b) @you \\n# big \\u001b[31m\" }")
                .build();
        world.registry.publish(evil);
        Path other = folder.resolve("other");
        TinyProject.write(other, "tiny", List.of(evil, World.right()));
        TreeDifference difference = world.diff("v1.0.0", other.toString());
        String markdown = DiffFormat.MARKDOWN.print(difference);
        assertFalse(markdown.contains("\u001b"), markdown);
        assertFalse(markdown.contains("\n# big"), markdown);
        assertTrue(
                markdown.contains(
                        ": `` has an install script that is new: postinstall `x` \\| [a](http://b) @you # big"),
                markdown);
        assertFalse(DiffFormat.TEXT.print(difference).contains("\u001b"));
        assertEquals(
                "upgraded",
                JsonParser.parseString(DiffFormat.JSON.print(difference))
                        .getAsJsonObject()
                        .getAsJsonArray("changes")
                        .get(0)
                        .getAsJsonObject()
                        .get("kind")
                        .getAsString());
    }

    @Test
    void aSideThatIsNothingIsNamedWithItsParameter() {
        OcnixException failure = assertThrows(OcnixException.class, () -> world.diff("v1.0.0", "nowhere"));
        assertTrue(failure.getMessage().startsWith("ocnix.to is \"nowhere\""), failure::getMessage);
    }
}

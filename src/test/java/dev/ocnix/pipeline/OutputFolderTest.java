package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the output folder and not ours is never lost. */
class OutputFolderTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, World.left());
        world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void put(String path, String text) throws Exception {
        Files.createDirectories(world.tree.resolve(path).getParent());
        Files.writeString(world.tree.resolve(path), text);
    }

    @Test
    void aUsersOwnFilesStay() throws Exception {
        put("notes.txt", "mine");
        put("patches/mine.patch", "mine");
        put("flake.lock", "{}");
        world.generate();
        world.write("index.js", "// changed\n");
        world.release("v2");
        world.generate();
        assertEquals("mine", world.text("notes.txt"));
        assertEquals("mine", world.text("patches/mine.patch"));
        assertEquals("{}", world.text("flake.lock"));
    }

    @Test
    void aUsersFileWhereOneOfOursBelongsIsNamedAndStays() throws Exception {
        put("default.nix", "{ }: mine");
        String refusal = world.refusal();
        assertTrue(refusal.contains("default.nix") && refusal.contains("ocnix.force"), refusal);
        world.force = true;
        world.generate();
        assertFalse(world.text("default.nix").contains("mine"));
    }

    @Test
    void filesEditedByHandAreAllNamedAndKeptUnlessForced() throws Exception {
        world.generate();
        SortedMap<String, String> generated = world.bytes();
        put("package.nix", world.text("package.nix") + "# edited\n");
        put("lib/scope.nix", "# edited\n");
        OcnixException failure = world.failure();
        assertEquals(OcnixException.Fault.INPUT, failure.fault());
        assertEquals(2, failure.problems().size(), failure::getMessage);
        assertTrue(failure.getMessage().contains("package.nix")
                && failure.getMessage().contains("scope.nix"));
        assertTrue(failure.problems().stream().allMatch(problem -> problem.contains("ocnix.force")));
        world.force = true;
        world.generate();
        assertEquals(generated, world.bytes());
    }

    @Test
    void aGeneratedFileThatWasDeletedComesBack() throws Exception {
        world.generate();
        SortedMap<String, String> generated = world.bytes();
        Files.delete(world.tree.resolve("layout.nix"));
        Files.delete(world.tree.resolve("facts.json"));
        world.generate();
        assertEquals(generated, world.bytes());
    }

    @Test
    void factsEditedByHandAreNotBelieved() throws Exception {
        world.generate();
        SortedMap<String, String> generated = world.bytes();
        put("facts.json", world.text("facts.json").replace("\"schema\"", "\"schema\" "));
        String refusal = world.refusal();
        assertTrue(refusal.contains("facts.json") && refusal.contains("ocnix.force"), refusal);
        world.force = true;
        world.generate();
        assertEquals(generated, world.bytes());
    }

    @Test
    void aListOfFilesThatIsNotOursIsRefused() throws Exception {
        world.generate();
        for (String text : new String[] {"", "[]", "{\"schema\":2}", "{\"schema\":1,\"files\":{\"../out\":\"x\"}}"}) {
            put("ocnix.json", text);
            String refusal = world.refusal();
            assertTrue(refusal.contains("ocnix.json"), refusal);
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamed() throws Exception {
        Files.createDirectories(world.tree.getParent());
        Files.writeString(world.tree, "a file");
        String refusal = world.refusal();
        assertTrue(refusal.contains(world.tree.toString()) && refusal.contains("ocnix.outputDirectory"), refusal);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.createDirectories(world.tree.getParent());
        Files.writeString(world.tree, "a file");
        world.tree = world.tree.resolve("sub/nix");
        OcnixException failure = world.failure();
        assertTrue(failure.getMessage().contains(world.tree.toString()), failure::getMessage);
        assertTrue(failure.getMessage().contains("ocnix.outputDirectory"), failure::getMessage);
    }

    @Test
    void aFileInThePlaceOfAFolderOfOursIsNamed() throws Exception {
        put("lib", "mine");
        String refusal = world.refusal();
        assertTrue(refusal.contains(world.tree.resolve("lib").toString()), refusal);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectories(world.tree);
        Files.createSymbolicLink(world.tree.resolve("lib"), outside);
        String refusal = world.refusal();
        assertTrue(refusal.contains(world.tree.resolve("lib").toString()), refusal);
        try (var inside = Files.list(outside)) {
            assertEquals(0, inside.count());
        }
    }

    @Test
    void aCacheThatCannotBeWrittenStopsNobody() throws Exception {
        Files.writeString(world.cache, "a file");
        world.generate();
        assertTrue(Files.exists(world.tree.resolve("default.nix")));
        assertTrue(
                world.warnings.stream().anyMatch(line -> line.contains(world.cache.toString())),
                () -> world.warnings.toString());
    }
}

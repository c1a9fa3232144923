package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Monorepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which workspace is packaged, and what is special to it. */
class ApplicationTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
        world.local = true;
        world.prefetch = PrefetchMode.NONE;
        Files.createDirectories(world.source);
        Monorepo.copy(world.source, "1.3.14", "bun.lock");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theOnlyWorkspaceWithACommandIsTheApplication() throws Exception {
        world.generate();
        assertTrue(world.text("package.nix").contains("packages/app"));
        assertTrue(world.text("package.nix").contains("ocnix-monorepo"));
        assertTrue(
                world.infos.stream().anyMatch(line -> line.contains("laid out in isolation")),
                () -> world.infos.toString());
    }

    @Test
    void aRootWithoutAProgramIsBuiltWithAllThatItsScriptsMayReach() throws Exception {
        String root = Files.readString(world.source.resolve("package.json"));
        world.write("package.json", root.replaceFirst("\\{", "{ \"scripts\": { \"build\": \"tsc\" },"));
        world.workspace = Optional.of(".");
        world.generate();
        assertTrue(
                world.text("package.nix").contains("buildWorkspaces = [ \"packages/app\" \"packages/greeter\" ];"),
                world.text("package.nix"));
        world.write(
                "package.json",
                root.replaceFirst(
                        "\\{", "{ \"bin\": \"a.js\", \"scripts\": { \"build\": \"cd packages/greeter; tsc\" },"));
        world.generate();
        assertTrue(
                world.text("package.nix").contains("buildWorkspaces = [ \"packages/greeter\" ];"),
                world.text("package.nix"));
    }

    @Test
    void anApplicationWithoutABuildScriptIsBuiltAsBeforeItIsPublished() throws Exception {
        String root = Files.readString(world.source.resolve("package.json"));
        world.workspace = Optional.of(".");
        String scripts =
                "\"scripts\": { \"prepublishOnly\": \"bun test && bun run compile\", \"compile\": \"tsc\", \"test\": \"x\" }";
        world.write("package.json", root.replaceFirst("\\{", "{ \"bin\": \"made/a.js\", " + scripts + ","));
        world.generate();
        assertTrue(
                world.text("package.nix").contains("buildCommands = [ \"bun run compile\" ];"),
                world.text("package.nix"));
        // what is there need not be made
        world.write("made/a.js", "");
        world.generate();
        assertTrue(world.text("package.nix").contains("buildCommands = [ ];"), world.text("package.nix"));
        Files.delete(world.source.resolve("made/a.js"));
        world.write("package.json", root.replaceFirst("\\{", "{ \"bin\": \"made/a.js\","));
        world.generate();
        assertTrue(
                world.warnings.stream()
                        .anyMatch(line -> line.contains("is \"made/a.js\", which the source does not have")),
                world.warnings::toString);
    }

    @Test
    void anUnknownWorkspaceIsRefusedWithThoseThatThereAre() {
        world.workspace = Optional.of("packages/ap");
        String refusal = world.refusal();
        assertTrue(refusal.contains("\"packages/ap\";"), refusal);
        assertTrue(refusal.contains("such as packages/app, packages/greeter, @ocnix-monorepo/app, or ."), refusal);
    }

    @Test
    void aProfileOfTheUsersOwnDecides() throws Exception {
        Path profile = folder.resolve("profile.json");
        Files.writeString(profile, "{\"name\":\"mine\",\"workspace\":\"packages/greeter\"}");
        world.profile = new ProfileChoice.File(profile);
        world.generate();
        assertTrue(world.text("package.nix").contains("\"mine\""), world.text("package.nix"));
    }

    @Test
    void namesOfAProfileThatTheProjectLacksAreTold() throws Exception {
        Path profile = folder.resolve("profile.json");
        Files.writeString(
                profile,
                "{\"sourcePaths\":[\"packages\",\"packages/app/package.json\",\"packages/ap\"],"
                        + "\"buildDependencies\":[\"is-nmber\"],\"leaveOut\":[\"is-number\",\"zzzzzz\"]}");
        world.profile = new ProfileChoice.File(profile);
        world.generate();
        String warnings = String.join("\n", world.warnings);
        assertTrue(warnings.contains("sourcePaths names \"packages/ap\", which the source does not have;"), warnings);
        assertTrue(
                warnings.contains("buildDependencies names \"is-nmber\"") && warnings.contains("mean is-number?"),
                warnings);
        assertTrue(warnings.contains("leaveOut names \"zzzzzz\", which is no package of the lockfile;"), warnings);
        assertFalse(warnings.contains("\"packages\"") || warnings.contains("\"is-number\""), warnings);
    }

    @Test
    void aMainProgramThatTheApplicationLacksIsRefused() throws Exception {
        Path profile = folder.resolve("profile.json");
        Files.writeString(profile, "{\"mainProgram\":\"nope\"}");
        world.profile = new ProfileChoice.File(profile);
        String refusal = world.refusal();
        assertTrue(
                refusal.startsWith(
                        "The profile's mainProgram is \"nope\", which packages/app/package.json does not offer;"
                                + " its programs are "),
                refusal);
    }

    @Test
    void aBrokenProfileIsNamed() throws Exception {
        Path profile = folder.resolve("profile.json");
        world.profile = new ProfileChoice.File(profile);
        assertTrue(world.refusal().contains(profile.toString()));
        for (String text :
                new String[] {"", "[]", "{", "{\"sourcePaths\":1}", "{\"name\":{}}", "{\"environment\":[]}"}) {
            Files.writeString(profile, text);
            String refusal = world.refusal();
            assertTrue(refusal.contains(profile.toString()), text);
        }
        Files.writeString(profile, "{\"sourcePaths\":[\"../../etc\"]}");
        assertTrue(world.refusal().contains("\"../../etc\""));
    }

    @Test
    void aSourceDirectoryThatIsNotThereIsNamed() throws Exception {
        Files.move(world.source, folder.resolve("moved"));
        assertTrue(world.refusal().contains(world.source.toString()));
        Files.writeString(world.source, "a file");
        assertTrue(world.refusal().contains(world.source.toString()));
        assertEquals(0, world.requests());
    }
}

package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that is what its pin gives passes; each way not to be is named, and nothing is written. */
class CheckTest {
    @TempDir
    Path folder;

    private World world;
    private String commit;

    @BeforeEach
    void open() throws Exception {
        world = World.of(folder.resolve("world"), World.left(), World.right());
        commit = world.commit();
        world.generate();
        world.forgetRequests();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> lines() throws OcnixException {
        Drift drift = world.check();
        assertFalse(drift.isEmpty());
        return drift.lines();
    }

    private JsonObject report() throws Exception {
        return JsonParser.parseString(Files.readString(world.reports.resolve("report.json")))
                .getAsJsonObject();
    }

    private void edit(String path, String text) throws Exception {
        Files.createDirectories(world.tree.resolve(path).getParent());
        Files.writeString(world.tree.resolve(path), text);
    }

    @Test
    void aTreeThatIsRightPassesAgainAndAgain() throws Exception {
        assertTrue(world.check().isEmpty());
        assertEquals("ok", report().get("status").getAsString());
        JsonObject first = report();
        assertTrue(world.check().isEmpty());
        assertEquals(first, report(), "whoever remembers reports the same");
        assertEquals(0, world.registry.requests().size());
    }

    @Test
    void anEditByHandIsFoundAlsoOnceTheTreeWasFoundRight() throws Exception {
        assertTrue(world.check().isEmpty());
        edit("package.nix", world.text("package.nix") + "# mine\n");
        Drift drift = world.check();
        assertEquals(List.of("package.nix was edited by hand"), drift.lines());
        assertTrue(drift.needsForce());
        assertEquals("drift", report().get("status").getAsString());
    }

    @Test
    void aHashThatWasChangedByHandNamesThePackage() throws Exception {
        String evil = PackageTarball.of("left", "1.0.0")
                .file("index.js", "steal()")
                .build()
                .integrity();
        edit(
                "dependencies.nix",
                world.text("dependencies.nix").replace(World.left().integrity(), evil));
        List<String> lines = lines();
        assertEquals(
                "ALARM hash-changed: left@1.0.0 has another content under the same version: " + evil + " -> "
                        + World.left().integrity() + ".",
                lines.get(0));
        assertTrue(lines.contains("dependencies.nix was edited by hand"), lines::toString);
    }

    @Test
    void factsThatWereEditedCountForNothing() throws Exception {
        edit("facts.json", world.text("facts.json").replace("\"version\":\"1.0.0\"", "\"version\":\"9.9.9\""));
        assertEquals(List.of("facts.json was edited by hand"), lines());
    }

    @Test
    void aFileThatIsMissingIsNamed() throws Exception {
        Files.delete(world.tree.resolve("layout.nix"));
        Drift drift = world.check();
        assertEquals(List.of("layout.nix is missing"), drift.lines());
        assertFalse(drift.needsForce());
    }

    @Test
    void aStaleFileOfOursIsNamed() throws Exception {
        edit("patches/old.patch", "old\n");
        String digest = "1f8e4c3d9ed52c0ab5a5ea0a8b5d94f5d9d52e1a7a6a27dd29b0d3b0b37b0c52";
        edit(
                "ocnix.json",
                world.text("ocnix.json")
                        .replace("\"files\": {", "\"files\": {\n    \"patches/old.patch\": \"" + digest + "\","));
        List<String> lines = lines();
        // its digest is not the one of what stands there, so it was edited, too
        assertTrue(lines.contains("patches/old.patch was edited by hand"), lines::toString);
        assertTrue(lines.contains("ocnix.json has another content"), lines::toString);
    }

    @Test
    void anotherPinNamesThePackagesThatChange() throws Exception {
        PackageTarball newer = PackageTarball.of("left", "1.1.0").build();
        world.registry.publish(newer);
        TinyProject.write(world.source, "tiny", List.of(newer));
        world.release("v2.0.0");
        List<String> lines = lines();
        assertTrue(lines.contains("The tree was generated for v1.0.0, and v2.0.0 is pinned."), lines::toString);
        assertTrue(lines.contains("upgraded left 1.0.0 -> 1.1.0"), lines::toString);
        assertTrue(lines.contains("removed @scope/right 2.0.0"), lines::toString);
        assertTrue(world.check().counts().startsWith("1 removed, 1 upgraded; of "), world.check()::counts);
        String changes = Files.readString(world.reports.resolve("changes.md"));
        assertTrue(changes.contains("| upgraded | `left` | `1.0.0` | `1.1.0` |"), changes);
    }

    @Test
    void aLockfileThatMovedOnIsNamedByItsDigest() throws Exception {
        world.local = true;
        world.tree = world.source.resolve("nix");
        world.generate();
        assertTrue(world.check().isEmpty());
        TinyProject.write(world.source, "tiny", List.of(World.left()));
        List<String> lines = lines();
        assertTrue(lines.get(0).startsWith("The lockfile bun.lock is not the one"), lines::toString);
        assertTrue(lines.contains("removed @scope/right 2.0.0"), lines::toString);
    }

    @Test
    void aMovedTagIsToldUnlessNobodyAsks() throws Exception {
        String moved;
        world.write("new.txt", "new\n");
        try (Git git = Git.open(world.source.toFile())) {
            git.add().addFilepattern(".").call();
            moved = git.commit().setMessage("new").setSign(false).call().getName();
            git.tag()
                    .setName(World.TAG)
                    .setForceUpdate(true)
                    .setSigned(false)
                    .setMessage("moved")
                    .call();
        }
        List<String> lines = lines();
        assertEquals(1, lines.size());
        assertTrue(
                lines.get(0).startsWith("The tag v1.0.0 of example/tiny was moved from " + commit + " to " + moved),
                lines::toString);
        world.asksTag = false;
        assertTrue(world.check().isEmpty());
        world.asksTag = true;
        world.offline = true;
        assertTrue(world.check().isEmpty());
        assertTrue(world.infos.stream().anyMatch(info -> info.contains("was not asked")), world.infos::toString);
    }

    @NeedsGit
    @Test
    void aFreshCloneWithAnEmptyCacheFetchesTheSourceAlone() throws Exception {
        world.onGitHub(commit).moveToFreshClone(folder.resolve("clone"));
        world.cache = folder.resolve("empty");
        world.facts = FactsMode.TRUST;
        assertTrue(world.check().isEmpty());
        assertTrue(
                world.infos.contains(
                        "What 2 tarballs contain was not looked at, but is taken from the tree's own facts.json."),
                world.infos::toString);
        assertEquals(1, world.github.requests(LoopbackGitHub.archivePath(World.SLUG, commit)));
        assertEquals(List.of(), world.registry.requests());
        Files.delete(world.tree.resolve("layout.nix"));
        assertEquals(List.of("layout.nix is missing"), world.check().lines());
    }

    @Test
    void whereTheTreeCannotBeMadeEditsAreToldAllTheSame() throws Exception {
        edit("package.nix", "mine\n");
        world.offline = true;
        world.cache = folder.resolve("empty");
        world.transport = new Transport.GitHubMirror(world.github.url());
        OcnixException failure = assertThrows(OcnixException.class, world::check);
        assertEquals(2, failure.problems().size(), failure::getMessage);
        assertTrue(
                failure.problems().get(0).endsWith("package.nix was edited by hand; restore it."), failure::getMessage);
    }

    @Test
    void whereThereIsNoTreeTheUserIsToldToMakeOne() throws Exception {
        world.tree = folder.resolve("none/nix");
        Files.createDirectories(world.tree.getParent());
        OcnixException failure = assertThrows(OcnixException.class, world::check);
        assertTrue(failure.getMessage().contains("ocnix:generate"), failure::getMessage);
    }

    @Test
    void filesInTheTreesFoldersThatItDoesNotListAreNamed() throws Exception {
        edit("lib/else.nix", "{ }");
        edit("lib/deep/a.sh", "echo");
        edit("flake.lock", "{}");
        Files.createSymbolicLink(world.tree.resolve("lib/outside"), folder);
        for (int run = 0; run < 2; run++) {
            world.infos.clear();
            assertTrue(world.check().isEmpty());
            assertTrue(
                    world.infos.stream()
                            .anyMatch(info -> info.startsWith("Not of the tree, and not checked: \"lib/deep/a.sh\","
                                    + " \"lib/else.nix\", \"lib/outside\" in ")),
                    world.infos::toString);
        }
    }

    @Test
    void whatARunLeftThatWasKilledIsNotMendedButTold() throws Exception {
        edit(".ocnix-writing/moves", "");
        List<String> lines = lines();
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).endsWith("refuses what anybody else left."), lines::toString);
        assertEquals(Optional.empty(), world.check().packages());
        OcnixException refusal = assertThrows(OcnixException.class, world::generate);
        assertTrue(
                refusal.getMessage().contains("was not left by a run of ocnix on this machine"), refusal::getMessage);
    }

    @Test
    void theCommandThatMendsIsReportedAndChangesStandOnce() throws Exception {
        world.generate();
        Files.writeString(world.tree.resolve("layout.nix"), "# edited\n");
        TinyProject.write(world.source, "tiny", List.of(World.left()));
        world.release("v2");
        Drift drift = world.check();
        assertFalse(drift.isEmpty());
        assertEquals("mvn ocnix:generate -Docnix.force", report().get("mending").getAsString());
        String changes = Files.readString(world.reports.resolve("changes.md"));
        assertTrue(changes.endsWith("\nTo mend it: `mvn ocnix:generate -Docnix.force`\n"), changes);
        assertEquals(1, changes.split("scope/right", -1).length - 1, changes);
        String page = Files.readString(world.reports.resolve("report.html"));
        assertTrue(page.contains("\"mending\":\"mvn ocnix:generate -Docnix.force\""));
        assertFalse(page.contains("removed @scope/right"), "the table has it");
    }

    @Test
    void aFileInThePlaceOfTheReportsIsNamed() throws Exception {
        world.reports = Files.writeString(folder.resolve("a-file"), "").resolve("ocnix");
        world.generate();
        assertTrue(
                world.warnings.stream()
                        .anyMatch(
                                line -> line.contains(folder.resolve("a-file") + " is a file where its folder belongs;")
                                        && line.contains("ocnix.reportDirectory")),
                world.warnings::toString);
    }
}

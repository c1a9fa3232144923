package dev.ocnix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The judges are fit to judge: each tool that is here does the least that tests ask of it. */
class ToolsTest {
    @TempDir
    Path folder;

    @Test
    void aCommandThatHangsIsKilledAndFailsTheTest() {
        Command hang = Command.of("sleep", "60").within(Duration.ofMillis(200));
        assertThrows(AssertionError.class, hang::run);
    }

    @Needs(Tool.NIX)
    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void nixEvaluatesAnImportAndNamesADerivation(Nix nix) throws Exception {
        Files.writeString(folder.resolve("one.nix"), "1");
        Path two = Files.writeString(folder.resolve("two.nix"), "import ./one.nix + 1");
        assertEquals(2, nix.evalFile(two).getAsInt());
        String derivation = "derivation { name = \"x\"; system = \"s\"; builder = \"b\"; source = " + two + "; }";
        assertTrue(nix.eval("(" + derivation + ").outPath").getAsString().startsWith("/nix/store/"));
        assertEquals(1, nix.instantiate(derivation).size());
    }

    @NeedsNix
    @Test
    void nixHashesTheNarOfAnEmptyFile() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertEquals(
                "sha256-d6xi4mKdjkX2JFicDIv5niSzpyI0m/Hnm8GGAIU04kY=", Nix.get().narHash(empty));
    }

    @NeedsBun
    @Test
    void bunTellsItsVersion() {
        assertEquals(
                "1.3.14",
                Bun.version("1.3.14").in(folder, "--version").runOrFail().out().strip());
    }

    @NeedsBun
    @NeedsNetwork
    @ParameterizedTest
    @ValueSource(strings = {"bun.lock", "bun.lockb"})
    void ourMonorepoRunsFromEitherLockfile(String lockfile) {
        Bun bun = Bun.version("1.3.14");
        Path project = Monorepo.copy(folder, "1.3.14", lockfile);
        bun.in(project, "install", "--frozen-lockfile", "--ignore-scripts", "--linker", "hoisted")
                .runOrFail();
        String greeting = """
                hello, world: a year has 31536000000 ms
                3 is odd, an hour has 3600000 ms
                """;
        assertEquals(
                greeting + "the greeter is not built\n",
                bun.in(project, "packages/app/bin.js").runOrFail().out());
        bun.in(project.resolve("packages/greeter"), "build.js").runOrFail();
        assertEquals(
                greeting + "the greeter is built when a year had 31536000000 ms\n",
                bun.in(project, "packages/app/bin.js").runOrFail().out());
        String terminal =
                bun.in(project, "packages/app/terminal.js").runOrFail().out();
        assertTrue(terminal.endsWith("33 91\r\nexit code 7 (bun-pty)\n"), terminal);
    }

    @NeedsCorpus
    @Test
    void theCorpusHoldsBothFormats() {
        assertTrue(Corpus.text().size() > 10);
        assertTrue(Corpus.binary().stream()
                .anyMatch(entry -> entry.expected("expected.yarn")
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .filter(text -> text.contains("yarn lockfile v1"))
                        .isPresent()));
    }
}

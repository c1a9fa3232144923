package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSourceTest {
    @TempDir
    Path project;

    private void write(String path, String content) throws Exception {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void whatIsNotTheProjectsOwnIsLeftOut() throws Exception {
        for (String path : List.of(
                "bun.lock",
                "packages/a/package.json",
                "packages/target/x",
                ".git/config",
                "node_modules/a/b",
                "packages/a/node_modules/c/d",
                "target/x",
                "result/bin/y",
                "packages/out/x",
                "packages/tree/ocnix.json",
                "packages/tree/layout.nix",
                "packages/tree/dependencies.nix",
                "packages/no-tree/ocnix.json",
                "reports/changes.md",
                "reports/report.json",
                "reports/report.html",
                "reports/sbom.cdx.json",
                "reports/kept",
                "report.json")) {
            write(path, path);
        }
        Set<String> excluded = Set.of("target", "result", "packages/out");
        try (SourceTree tree = LocalSource.open(project, excluded, TreeLimits.standard())) {
            assertEquals(
                    List.of(
                            "bun.lock",
                            "packages/a/package.json",
                            "packages/no-tree/ocnix.json",
                            "packages/target/x",
                            "report.json",
                            "reports/kept"),
                    List.copyOf(tree.list("")));
            assertEquals(Optional.empty(), tree.read(".git/config", 100));
        }
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        write("real/file", "x");
        Files.createSymbolicLink(project.resolve("folder"), Path.of("real"));
        Files.createSymbolicLink(project.resolve("file"), Path.of("real/file"));
        try (SourceTree tree = LocalSource.open(project, Set.of(), TreeLimits.standard())) {
            assertEquals(Optional.empty(), tree.read("folder/file", 100));
            assertEquals(Optional.empty(), tree.read("file", 100));
            assertTrue(tree.narHash("file").isPresent());
        }
    }

    @Test
    void aFileThatChangesMeanwhileIsToldApart() throws Exception {
        write("bun.lock", "short");
        try (SourceTree tree = LocalSource.open(project, Set.of(), TreeLimits.standard())) {
            write("bun.lock", "longer than before");
            assertTrue(assertThrows(OcnixException.class, () -> tree.read("bun.lock", 100))
                    .getMessage()
                    .contains("changed while it was read"));
        }
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThrows(
                OcnixException.class, () -> LocalSource.open(project.resolve("none"), Set.of(), TreeLimits.standard()));
    }

    @NeedsNix
    @Test
    void hashesAreNixs() throws Exception {
        write("vendor/a.tgz", "tarball");
        write("vendor/folder/b", "b");
        project.resolve("vendor/folder/b").toFile().setExecutable(true);
        Nix nix = Nix.get();
        try (SourceTree tree = LocalSource.open(project, Set.of(), TreeLimits.standard())) {
            for (String path : List.of("vendor/a.tgz", "vendor/folder", "vendor/folder/b")) {
                assertEquals(
                        nix.narHash(project.resolve(path)),
                        tree.narHash(path).orElseThrow().toString());
            }
        }
    }
}

package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ocnix.model.OcnixException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tree gives the same zip. */
class TreeZipTest {
    @TempDir
    Path folder;

    private Path write(String name) throws Exception {
        Path tree = folder.resolve(name);
        new TreeWriter(tree, false, tree.resolveSibling("cache"))
                .write(NixTree.of(SampleTree.small().input()));
        return tree;
    }

    @Test
    void twoZipsOfATreeAreTheSameBytesInAnyPlaceAndAtAnyTime() throws Exception {
        Path one = write("one");
        new TreeZip(one).write(folder.resolve("one.zip"));
        Path two = write("two");
        Files.writeString(two.resolve("flake.lock"), "the user's");
        Files.setLastModifiedTime(two.resolve("default.nix"), FileTime.fromMillis(1_000_000_000_000L));
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            new TreeZip(two).write(folder.resolve("two.zip"));
        } finally {
            TimeZone.setDefault(zone);
        }
        assertArrayEquals(Files.readAllBytes(folder.resolve("one.zip")), Files.readAllBytes(folder.resolve("two.zip")));
        try (ZipFile zip = new ZipFile(folder.resolve("one.zip").toFile())) {
            List<String> names = zip.stream().map(entry -> entry.getName()).toList();
            assertEquals(names.stream().sorted().toList(), names);
            assertEquals(
                    NixTree.of(SampleTree.small().input()).files().keySet().stream()
                            .toList(),
                    names);
        }
    }

    @Test
    void whatIsNotAsListedIsNotPacked() throws Exception {
        Path tree = write("tree");
        Files.writeString(tree.resolve("default.nix"), "mine");
        assertThrows(OcnixException.class, () -> new TreeZip(tree).write(folder.resolve("x.zip")));
    }
}

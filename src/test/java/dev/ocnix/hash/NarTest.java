package dev.ocnix.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarTest {
    @TempDir
    Path temporary;

    private static NarNode file(boolean executable, String content) {
        return file(executable, content.getBytes(StandardCharsets.UTF_8));
    }

    private static NarNode file(boolean executable, byte[] content) {
        return new NarNode.Regular(executable, content.length, () -> new ByteArrayInputStream(content));
    }

    private static NarNode link(String target) {
        return new NarNode.Symlink(target.getBytes(StandardCharsets.UTF_8));
    }

    private static NarNode.Directory folder(Map<String, NarNode> children) {
        SortedMap<ByteName, NarNode> named = new TreeMap<>();
        children.forEach((name, node) -> named.put(ByteName.of(name).orElseThrow(), node));
        return new NarNode.Directory(named);
    }

    private static NarNode sample() {
        return folder(Map.of(
                "program", file(true, "#!/bin/sh\n"),
                "link", link("../nowhere"),
                "empty", folder(Map.of()),
                "a.b", file(false, ""),
                "a", folder(Map.of("eight", file(false, "12345678"), "ü", file(false, "nine byte"))),
                "A", file(false, "upper case")));
    }

    /** What Nix 2.8's nix-hash says of the same trees. */
    @Test
    void hashesAreThoseThatNixGave() throws IOException {
        assertEquals(
                "sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=",
                Nar.sha256(folder(Map.of())).toString());
        assertEquals(
                "sha256-/fAxllFto1ptvEfNeC2NgOwyfWEYe24jnqgvA8AYJXA=",
                Nar.sha256(sample()).toString());
    }

    @Test
    void aLeafIsAnArchive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Nar.write(link("x"), out);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (String text : new String[] {"nix-archive-1", "(", "type", "symlink", "target", "x", ")"}) {
            expected.write(text.length());
            expected.write(new byte[7]);
            expected.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            expected.write(new byte[(8 - text.length() % 8) % 8]);
        }
        assertArrayEquals(expected.toByteArray(), out.toByteArray());
    }

    @NeedsNix
    @Test
    void nixGivesTheSameHash() throws IOException {
        Random random = new Random(42);
        Nix nix = Nix.get();
        Path top = temporary.resolve("sample");
        write(sample(), top);
        assertEquals(nix.narHash(top), Nar.sha256(sample()).toString());
        for (int i = 0; i < 3; i++) {
            NarNode node = random(random, 4);
            Path path = temporary.resolve("random" + i);
            write(node, path);
            assertEquals(nix.narHash(path), Nar.sha256(node).toString());
        }
    }

    private static NarNode random(Random random, int depth) {
        Map<String, NarNode> children = new TreeMap<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[random.nextInt(random.nextBoolean() ? 20 : 200_000)];
            random.nextBytes(content);
            String name = (char) ('A' + random.nextInt(60)) + (random.nextBoolean() ? "ä" : "-") + i;
            children.put(
                    name.replace('\\', '_'),
                    switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
                        case 0 -> file(random.nextBoolean(), content);
                        case 1 -> link("x".repeat(1 + random.nextInt(40)));
                        default -> random(random, depth - 1);
                    });
        }
        return folder(children);
    }

    private static void write(NarNode node, Path path) throws IOException {
        if (node instanceof NarNode.Directory directory) {
            Files.createDirectory(path);
            for (Map.Entry<ByteName, NarNode> entry : directory.children().entrySet()) {
                write(entry.getValue(), path.resolve(entry.getKey().toString()));
            }
        } else if (node instanceof NarNode.Symlink link) {
            Files.createSymbolicLink(path, Path.of(new String(link.target(), StandardCharsets.UTF_8)));
        } else if (node instanceof NarNode.Regular file) {
            Files.write(path, file.content().open().readAllBytes());
            path.toFile().setExecutable(file.executable());
        }
    }

    @Test
    void aTreeMayBeVeryDeep() throws IOException {
        NarNode node = file(false, "bottom");
        for (int i = 0; i < 100_000; i++) {
            SortedMap<ByteName, NarNode> children = new TreeMap<>();
            children.put(ByteName.of("d").orElseThrow(), node);
            node = new NarNode.Directory(children);
        }
        assertEquals(HashAlgorithm.SHA256, Nar.sha256(node).algorithm());
    }

    @Test
    void aContentOfAnotherSizeIsAnError() {
        for (int size : new int[] {2, 4}) {
            NarNode lying = new NarNode.Regular(false, size, () -> new ByteArrayInputStream(new byte[3]));
            assertThrows(IOException.class, () -> Nar.sha256(lying));
        }
    }

    @Test
    void namesThatNoFolderCanHoldAreNone() {
        for (String name : new String[] {"", ".", "..", "a/b", "/", "a\0"}) {
            assertEquals(Optional.empty(), ByteName.of(name));
        }
        for (String name : new String[] {"...", ".a", "a.", "a b", "\\", "ü"}) {
            assertEquals(Optional.of(name), ByteName.of(name).flatMap(ByteName::text));
        }
        assertEquals(
                Optional.empty(),
                ByteName.of(new byte[] {(byte) 0xff}).orElseThrow().text());
    }

    @Test
    void namesAreOrderedAsUnsignedBytes() {
        ByteName umlaut = ByteName.of("ä").orElseThrow();
        ByteName tilde = ByteName.of("~").orElseThrow();
        assertEquals(1, Integer.signum(umlaut.compareTo(tilde)));
    }
}

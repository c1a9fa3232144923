package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.HttpLimits;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text and a binary lockfile that record the same facts give the same tree, apart from {@code ocnix.json}. */
class FormatsTest {
    private static final Pattern INTEGRITY = Pattern.compile("sha512-[A-Za-z0-9+/]{86}==");

    @TempDir
    Path folder;

    @NeedsBun
    @ParameterizedTest
    @ValueSource(strings = {"1.2.23", "1.3.14", "1.4.5"})
    void bothFormatsOfOneBunGiveTheSameTree(String version) throws Exception {
        try (World world = new World(folder)) {
            packages().forEach(world.registry::publish);
            world.local = true;
            Files.createDirectories(world.source);
            Monorepo.copy(world.source, version);
            lock(world, version, "bun.lock", "");
            SortedMap<String, String> text = generate(world, "text");
            Files.delete(world.source.resolve("bun.lock"));
            lock(world, version, "bun.lockb", "[install]\nsaveTextLockfile = false\n");
            assertFalse(Files.exists(world.source.resolve("bun.lock")));
            assertEquals(text, generate(world, "binary"));
            for (PackageTarball tarball : packages()) {
                assertTrue(text.get("dependencies.nix").contains(tarball.integrity()), tarball.name());
            }
        }
    }

    @NeedsNetwork
    @Test
    void bothFormatsOfRealPackagesGiveTheSameTree() throws Exception {
        try (World world = new World(folder)) {
            world.local = true;
            world.registryMirror = Optional.empty();
            world.limits = HttpLimits.standard();
            Files.createDirectories(world.source);
            Monorepo.copy(world.source, "1.3.14", "bun.lock");
            String lockfile = Files.readString(world.source.resolve("bun.lock"));
            SortedMap<String, String> text = generate(world, "text");
            Files.delete(world.source.resolve("bun.lock"));
            Files.copy(Monorepo.lockfile("1.3.14", "bun.lockb"), world.source.resolve("bun.lockb"));
            assertEquals(text, generate(world, "binary"));
            Matcher hashes = INTEGRITY.matcher(lockfile);
            while (hashes.find()) {
                assertTrue(text.get("dependencies.nix").contains(hashes.group()), hashes.group());
            }
            assertTrue(text.get("native-addons.nix").contains("node-pty@1.2.0-beta.12"));
            assertTrue(text.get("native-addons.nix").contains("bun-pty@0.4.8"));
        }
    }

    private static void lock(World world, String version, String lockfile, String bunfig) throws Exception {
        world.write("bunfig.toml", bunfig);
        Bun.version(version)
                .from(world.registry.url(), world.source, "install", "--lockfile-only")
                .runOrFail();
        Files.delete(world.source.resolve("bunfig.toml"));
        assertTrue(Files.exists(world.source.resolve(lockfile)));
    }

    /** The tree of the source as it is, without what is about the lockfile's own bytes. */
    private SortedMap<String, String> generate(World world, String name) throws Exception {
        world.tree = folder.resolve(name).resolve("nix");
        world.generate();
        SortedMap<String, String> files = world.bytes();
        files.remove("ocnix.json");
        return files;
    }

    /** Packages of our own that stand for those that the project depends on. */
    private static List<PackageTarball> packages() {
        return List.of(
                PackageTarball.of("is-number", "6.0.0").build(),
                PackageTarball.of("is-number", "7.0.0").build(),
                PackageTarball.of("ms", "2.0.0").build(),
                PackageTarball.of("ms", "2.1.3").file("index.js", """
                                var h = m * 60;
                                var d = h * 24;
                                var w = d * 7;
                                var y = d * 365.25;

                                /**
                                 * Parse or format the given `val`.
                                """).build(),
                PackageTarball.of("is-odd", "3.0.1")
                        .dependency("is-number", "^6.0.0")
                        .build(),
                PackageTarball.of("node-addon-api", "7.1.1").file("napi.h", "").build(),
                PackageTarball.of("node-pty", "1.2.0-beta.12")
                        .dependency("node-addon-api", "^7.1.0")
                        .field("scripts", "{\"install\":\"node-gyp rebuild\"}")
                        .file("binding.gyp", "{'targets':[{'target_name':'pty','sources':['pty.cc']}]}")
                        .file("pty.cc", "")
                        .build(),
                PackageTarball.of("bun-pty", "0.4.8")
                        .field("main", "\"index.js\"")
                        .build(),
                PackageTarball.of("fsevents", "2.3.3")
                        .field("os", "[\"darwin\"]")
                        .build(),
                PackageTarball.of("@isaacs/string-locale-compare", "1.1.0").build());
    }
}

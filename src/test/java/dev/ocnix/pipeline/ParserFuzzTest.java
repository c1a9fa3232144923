package dev.ocnix.pipeline;

import static dev.ocnix.testing.ParserFuzz.seed;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.fetch.archive.TarFormatException;
import dev.ocnix.fetch.archive.TarReader;
import dev.ocnix.fetch.cache.FactsFile;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.RangeKinds;
import dev.ocnix.nix.TreeDependencies;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.project.settings.Ini;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.ParserFuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserFuzzTest {
    @Test
    void damagedPatchesAreReadOrRefused() {
        ParserFuzz.run("patch", Set.of(PatchText.Refusal.class), List.of(seed("""
                diff --git a/index.js b/index.js
                index 0123456789..89abcdef01 100644
                --- a/index.js
                +++ b/index.js
                @@ -1,3 +1,4 @@ function
                 a
                -b
                +c
                +d
                 e
                diff --git "a/\\303\\244.txt" "b/\\303\\244.txt"
                new file mode 100755
                --- /dev/null
                +++ "b/\\303\\244.txt"
                @@ -0,0 +1 @@
                +x
                \\ No newline at end of file
                """)), PatchText::parse);
    }

    @Test
    void damagedSettingsAreReadOrRefused() {
        ParserFuzz.run(
                "bunfig.toml",
                Set.of(TomlStrings.Malformed.class),
                List.of(seed("""
                [install]
                registry = { url = "https://r.example/", token = "$TOKEN" } # one
                "a b".c = '''x'''
                exact = true
                [install.scopes]
                acme = "https://a.example"
                [[x.y]]
                list = [1, 2.5, [ "a", 'b' ], 1979-05-27T07:32:00Z]
                """)),
                input -> TomlStrings.of(text(input)));
        ParserFuzz.run(".npmrc", Set.of(), List.of(seed("""
                ; one
                registry = https://r.example/
                @acme:registry="https://a.example/${X:-y}"
                //r.example/:_authToken=${TOKEN}
                list[] = a\\;b
                [section]
                """)), input -> Ini.of(text(input)));
    }

    @Test
    void damagedVersionsRangesAndIntegritiesAreReadOrNone() {
        ParserFuzz.run(
                "versions",
                Set.of(),
                List.of(seed("1.2.3-beta.4+build.5"), seed("v10.0"), seed("0.0.0-0")),
                input -> BunVersion.scan(text(input), 0));
        ParserFuzz.run(
                "ranges",
                Set.of(),
                List.of(seed("^1.2.3 || >=2.0.0-a <3 || 4.x - 5.*"), seed("~1"), seed("npm:x@^1")),
                input -> {
                    BunRange.parse(text(input))
                            .admits(BunVersion.scan("1.2.3", 0).lowest());
                    RangeKinds.of(text(input));
                });
        ParserFuzz.run(
                "integrities",
                Set.of(),
                List.of(
                        seed(
                                "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="),
                        seed(
                                "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=?x")),
                input -> Sri.parseAll(text(input)));
    }

    @Test
    void damagedFilesOfATreeAreReadOrRefused() {
        ParserFuzz.run(
                "facts.json",
                Set.of(OcnixException.class),
                List.of(seed("{ \"schema\": 5, \"packages\": {} }\n"), seed("""
                        {"schema":5,"packages":{"a@1.0.0":{"integrity":"sha512-AA==","manifest":{"license":"MIT"},"x":[1,null,{"y":true}]}}}
                        """)),
                input -> FactsFile.read(input, "facts.json"),
                false);
        ParserFuzz.run(
                "ocnix.json",
                Set.of(OcnixException.class),
                List.of(seed("""
                        { "schema": 1, "files": { "a.nix": "00" }, "source": { "kind": "github", "revision": "v1" },
                          "lockfile": { "path": "bun.lock", "sha256": "00" }, "unverified": [], "options": {} }
                        """)),
                input -> TreeManifest.read(input, "ocnix.json"),
                false);
        ParserFuzz.run(
                "dependencies.nix",
                Set.of(OcnixException.class),
                List.of(seed("""
                        { fetchurl }: {
                          "a@1.0.0" = { name = "a"; src = fetchurl { url = "https://r.example/a.tgz"; hash = "sha512-AA=="; }; };
                        }
                        """)),
                input -> TreeDependencies.read(text(input), "dependencies.nix"),
                false);
    }

    @Test
    void damagedManifestsAndTarballsAreReadOrRefused() throws IOException {
        ParserFuzz.run("package.json", Set.of(), List.of(seed("""
                        { "name": "a", "version": "1.0.0", "bin": { "a": "./a.js" }, "os": ["linux"], "license": { "type": "MIT" },
                          "scripts": { "install": "node-gyp rebuild" }, "dependencies": { "b": "^1" }, }
                        """)), ManifestReader::read);
        byte[] tarball =
                PackageTarball.of("a", "1.0.0").file("b/c.txt", "x").build().bytes();
        byte[] tar = new GZIPInputStream(new ByteArrayInputStream(tarball)).readAllBytes();
        ParserFuzz.run("tar", Set.of(IOException.class, TarFormatException.class), List.of(tar), input -> {
            TarReader reader = new TarReader(new ByteArrayInputStream(input));
            while (reader.next().isPresent()) {
                reader.content().readAllBytes();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"a\":",
                "9",
                "\"a\":1,",
                "\\",
                "1.",
                "a=",
                "||",
                "^1 ",
                "${",
                "${}",
                "\n",
                "sha512-",
                "@@ -1 +1 @@\n",
                "'",
                " "
            })
    void aMegabyteOfOneThingEndsInTime(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());
        for (String hostile :
                List.of(text, "{\"schema\":5,\"packages\":" + text, "{\"version\":\"" + text + "\"}", "x = " + text)) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                byte[] bytes = seed(hostile);
                refusedOrRead(() -> FactsFile.read(bytes, "facts.json"));
                refusedOrRead(() -> TreeManifest.read(bytes, "ocnix.json"));
                refusedOrRead(() -> TreeDependencies.read(hostile, "dependencies.nix"));
                refusedOrRead(() -> TomlStrings.of(hostile));
                refusedOrRead(() -> PatchText.parse(bytes));
                refusedOrRead(() -> Ini.of(hostile));
                refusedOrRead(() -> ManifestReader.read(bytes));
                refusedOrRead(() -> BunVersion.scan(hostile, 0));
                refusedOrRead(() -> BunRange.parse(hostile));
                refusedOrRead(() -> Sri.parseAll(hostile));
            });
        }
    }

    private interface Reading {
        Object read() throws OcnixException, TomlStrings.Malformed, PatchText.Refusal;
    }

    /** Within two seconds, and without any other exception. */
    private static void refusedOrRead(Reading reading) {
        assertTimeout(Duration.ofSeconds(2), () -> {
            try {
                reading.read();
            } catch (OcnixException | TomlStrings.Malformed | PatchText.Refusal e) {
                assertFalse(e.getMessage().length() > 10_000, e::getMessage);
            }
        });
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}

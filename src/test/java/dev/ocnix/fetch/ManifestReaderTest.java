package dev.ocnix.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.PackageManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static Optional<PackageManifest> read(String json) {
        return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatABuildWantsToKnowIsRead() {
        PackageManifest manifest = read("""
                \uFEFF{"name":"@s/a","version":"1.2.3","os":["linux","!win32"],"cpu":"x64","libc":["glibc"],
                 "scripts":{"install":"node-gyp rebuild","test":"x","prepare":"y"},"gypfile":false,
                 "binary":{"module_name":"m","host":"h"},"napi":{"name":"n"},"license":"MIT",
                 "dependencies":{"a":"1"},"peerDependencies":{"p":"1"},"optionalDependencies":{"o":"1"},
                 "devDependencies":{"d":"1"}}
                """).orElseThrow();
        assertEquals(Optional.of("@s/a"), manifest.name());
        assertEquals(List.of("linux", "!win32"), manifest.os());
        assertEquals(List.of("x64"), manifest.cpu());
        assertEquals(Map.of("install", "node-gyp rebuild", "prepare", "y", "test", "x"), manifest.scripts());
        assertEquals(Map.of("install", "node-gyp rebuild"), manifest.kept().scripts());
        assertEquals(Optional.of(false), manifest.gypfile());
        assertEquals(Set.of("module_name", "host"), manifest.binary());
        assertTrue(manifest.napi());
        assertEquals(Set.of("a", "o", "p"), manifest.dependencies());
        assertEquals(Set.of("o"), manifest.optionalDependencies());
    }

    @Test
    void whatNoFileAndNoNixStringCanHoldIsReplaced() {
        PackageManifest manifest = read("{\"version\":\"\\ud800\",\"scripts\":{\"install\":\"a\\u0000b\"}}")
                .orElseThrow();
        assertEquals(Optional.of("?"), manifest.version());
        assertEquals(Map.of("install", "a\uFFFDb"), manifest.scripts());
    }

    @Test
    void fieldsOfAWrongTypeCountAsAbsentAndTheLastOfTwoCounts() {
        String json = "{\"name\":7,\"version\":\"1\",\"version\":\"2\",\"os\":{\"a\":1},\"cpu\":[1,null,\"x64\"],"
                + "\"scripts\":{\"install\":[\"x\"],\"postinstall\":\" \"},\"gypfile\":\"no\",\"binary\":[],"
                + "\"license\":{\"type\":\"MIT\"},\"dependencies\":\"none\"}";
        PackageManifest manifest = read(json).orElseThrow();
        assertEquals(Optional.of("2"), manifest.version());
        assertEquals(List.of("x64"), manifest.cpu());
        PackageManifest empty = PackageManifest.empty();
        assertEquals(empty.name(), manifest.name());
        assertEquals(empty.scripts(), manifest.scripts());
        assertEquals(empty.gypfile(), manifest.gypfile());
        assertEquals(empty.license(), manifest.license());
        assertEquals(empty.dependencies(), manifest.dependencies());
    }

    @Test
    void whatIsNoJsonObjectIsNothing() {
        for (String json : List.of("", "[]", "null", "{", "{\"a\":1} x", "<html>", "\u0000", "[".repeat(100_000))) {
            assertEquals(Optional.empty(), read(json), json.substring(0, Math.min(10, json.length())));
        }
        String deep = "{\"x\":" + "[".repeat(100_000) + "}";
        assertEquals(Optional.empty(), read(deep));
        assertEquals(Optional.empty(), read("{\"x\":\"" + "y".repeat(ManifestReader.MAX_BYTES) + "\"}"));
    }

    @Test
    void halfACharacterDoesNotSurvive() {
        assertEquals(
                Optional.of("a?b"),
                read("{\"license\":\"a\\ud800b\"}").orElseThrow().license());
    }
}

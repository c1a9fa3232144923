package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinNamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "./x//y/../z, x/z",
        "bin/, bin",
        "./bin/./a.js, bin/a.js",
        "a/.., ",
        "., ",
        "./, ",
        "'', ",
        "/bin/sh, ",
        "//bin/sh, ",
        "../a, ",
        "a/../../pkg/a, ",
        "a\\b, ",
        "'a\nb', ",
        "...//a, .../a",
    })
    void aTargetStaysInThePackage(String path, String target) {
        assertEquals(Optional.ofNullable(target), BinNames.target(path));
    }

    @ParameterizedTest
    @CsvSource({
        "@x/b, b",
        "../evil, evil",
        "c:d, d",
        "a\\b, b",
        "'', ",
        "., ",
        "x/.., ",
        "a/, ",
        "*, ",
        "'a\nb', ",
        "s p, s p"
    })
    void aCommandIsAFileName(String key, String command) {
        assertEquals(Optional.ofNullable(command), BinNames.command(key));
    }

    @NeedsBun
    @Test
    void theCommandsAreThoseThatBunLinks() throws Exception {
        Map<String, String> bins = new TreeMap<>(Map.of(
                "n1", "./x//y/../z.js",
                "n2", "bin/../a.js",
                "n3", "bin/",
                "n4", "./bin/./a.js",
                "n5", "a/../../odd/a.js",
                "n6", ".//a.js",
                "n7", ".",
                "n8", "/bin/sh",
                "@s/twice", "a.js",
                "t/twice", "bin/a.js"));
        JsonObject bin = new JsonObject();
        bins.forEach(bin::addProperty);
        PackageTarball odd = PackageTarball.of("odd", "1.0.0")
                .field("bin", bin.toString())
                .program("a.js", "")
                .program("bin/a.js", "")
                .program("x/z.js", "")
                .build();
        PackageTarball plain = PackageTarball.of("@scope/plain", "1.0.0")
                .field("bin", "\".//bin/../a.js\"")
                .program("a.js", "")
                .build();
        Files.write(folder.resolve("odd.tgz"), odd.bytes());
        Files.write(folder.resolve("plain.tgz"), plain.bytes());
        Files.writeString(
                folder.resolve("package.json"),
                "{\"name\":\"x\",\"dependencies\":{\"odd\":\"./odd.tgz\",\"@scope/plain\":\"./plain.tgz\"}}");
        Bun.version("1.4.5").in(folder, "install").runOrFail();
        assertEquals(Set.of("n1", "n2", "n3", "n4", "n6", "plain", "twice"), linked().keySet());
        assertEquals(linked(), generated());
    }

    /** Command to path in node_modules, as Bun links them. */
    private SortedMap<String, String> linked() throws Exception {
        SortedMap<String, String> links = new TreeMap<>();
        try (var files = Files.list(folder.resolve("node_modules/.bin"))) {
            for (Path link : files.toList()) {
                links.put(
                        link.getFileName().toString(),
                        Files.readSymbolicLink(link).toString());
            }
        }
        return links;
    }

    /** The same, as {@code dependencies.nix} has them. */
    private SortedMap<String, String> generated() throws Exception {
        SortedMap<String, String> links = new TreeMap<>();
        List<LockedPackage> packages =
                List.copyOf(LockfileReader.read("bun.lock", Files.readAllBytes(folder.resolve("bun.lock")))
                        .packages()
                        .values());
        for (LockedPackage locked : packages) {
            String name = locked.id().name();
            SortedMap<String, NixExpr> entry = new TreeMap<>();
            DependenciesFile.bin(locked.bin(), entry);
            if (entry.get("bin") instanceof NixExpr.Text single) {
                links.put(locked.id().unscopedName(), "../" + name + "/" + single.value());
            } else if (entry.get("bin") instanceof NixExpr.Attrs named) {
                named.entries()
                        .forEach((command, path) ->
                                links.put(command, "../" + name + "/" + ((NixExpr.Text) path).value()));
            }
        }
        return links;
    }
}

package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.project.Manifest;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedPackagesTest {
    @TempDir
    Path folder;

    @NeedsBun
    @ParameterizedTest
    @ValueSource(strings = {"1.3.14", "1.4.5"})
    void theDefaultListIsBuns(String version) throws Exception {
        Files.writeString(folder.resolve("package.json"), "{}");
        SortedSet<String> printed = new TreeSet<>();
        Bun.version(version)
                .in(folder, "pm", "default-trusted")
                .runOrFail()
                .out()
                .lines()
                .filter(line -> line.startsWith(" - "))
                .forEach(line -> printed.add(line.substring(3).strip()));
        assertEquals(printed, TrustedPackages.defaults());
    }

    /** Each project depends on bcrypt, which is on Bun's list, and on other, which is not, under these ranges. */
    @NeedsBun
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no field                     |                  | 1.0.0            | 1.0.0
                    an empty list                | ''               | 1.0.0            | 1.0.0
                    a list of other packages     | "other"          | 1.0.0            | 1.0.0
                    a trusted one at a URL       |                  | URL              | 1.0.0
                    a listed one at a URL        | "bcrypt"         | URL              | 1.0.0
                    another under a trusted name |                  | npm:other@1.0.0  | 1.0.0
                    a trusted one, renamed       |                  | 1.0.0            | npm:bcrypt@1.0.0
                    """)
    void bunRunsTheScriptsThatWeSayItRuns(String name, String list, String bcrypt, String other) throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            PackageTarball trusted = touching("bcrypt");
            registry.publish(trusted).publish(touching("other"));
            String manifest = """
                    { "name": "app", %s "dependencies": { "bcrypt": "%s", "other": "%s" } }
                    """.formatted(
                            list == null ? "" : "\"trustedDependencies\": [" + list + "],",
                            bcrypt.equals("URL") ? registry.url(trusted) : bcrypt,
                            other);
            Files.writeString(folder.resolve("package.json"), manifest);
            Bun.version("1.4.5").from(registry.url(), folder, "install").runOrFail();
            Lockfile lockfile = LockfileReader.read("bun.lock", Files.readAllBytes(folder.resolve("bun.lock")));
            Manifest root = new Manifest(
                    "package.json", JsonParser.parseString(manifest).getAsJsonObject());
            TrustedPackages packages = TrustedPackages.of(root, lockfile);
            SortedMap<String, Boolean> ours = new TreeMap<>();
            SortedMap<String, Boolean> theirs = new TreeMap<>();
            lockfile.placements().forEach((key, placement) -> {
                Path installed = folder.resolve("node_modules").resolve(key.installedName());
                ours.put(
                        key.installedName(),
                        packages.includes(lockfile.packages().get(placement.id())));
                theirs.put(key.installedName(), Files.exists(installed.resolve("ran")));
            });
            assertEquals(theirs, ours, name);
        }
    }

    private static PackageTarball touching(String name) {
        return PackageTarball.of(name, "1.0.0")
                .field("scripts", "{ \"postinstall\": \"touch ran\" }")
                .field("hasInstallScript", "true")
                .build();
    }

    /** {@code sharp} is of Bun's list, {@code own} is not. */
    @Test
    void theReportTellsWhatBunWouldRun() throws Exception {
        assertEquals("{own=false, sharp=true}", trusted("").toString());
        assertEquals("{own=true, sharp=false}", trusted("\"own\"").toString());
        assertEquals("{own=false, sharp=false}", trusted(" ").toString());
    }

    private SortedMap<String, Boolean> trusted(String names) throws Exception {
        Path project = Files.createTempDirectory(folder, "project");
        List<PackageTarball> tarballs =
                List.of(scripted("own").build(), scripted("sharp").build());
        SortedMap<String, Boolean> trusted = new TreeMap<>();
        try (World world = World.of(project, tarballs.toArray(PackageTarball[]::new))) {
            world.local = true;
            if (!names.isEmpty()) {
                String manifest = Files.readString(world.source.resolve("package.json"));
                world.write(
                        "package.json", manifest.replaceFirst("\\{", "{ \"trustedDependencies\": [" + names + "],"));
            }
            world.generate();
            JsonObject report = JsonParser.parseString(Files.readString(world.reports.resolve("report.json")))
                    .getAsJsonObject();
            for (JsonElement one : report.getAsJsonArray("lifecycleScripts")) {
                JsonObject scripts = one.getAsJsonObject();
                assertEquals(
                        "echo 1",
                        scripts.getAsJsonObject("scripts").get("postinstall").getAsString());
                String name = scripts.get("package").getAsString();
                trusted.put(
                        name.substring(0, name.indexOf('@')),
                        scripts.get("trusted").getAsBoolean());
            }
        }
        return trusted;
    }

    private static PackageTarball.Builder scripted(String name) {
        return PackageTarball.of(name, "1.0.0")
                .field("scripts", "{ \"postinstall\": \"echo 1\", \"prepare\": \"echo 2\" }");
    }
}

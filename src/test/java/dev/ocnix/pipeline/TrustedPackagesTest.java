package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.testing.Bun;
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

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose install scripts Bun runs, held against Bun. */
@NeedsBun
class TrustedScriptsTest {
    private static final String FIELD = "\"trustedDependencies\": [%s],";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.3.14", "1.4.5"})
    void theBuiltInListIsBuns(String version) throws Exception {
        Files.writeString(folder.resolve("package.json"), "{}");
        Set<String> theirs = Bun.version(version)
                .in(folder, "pm", "default-trusted")
                .runOrFail()
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .collect(Collectors.toSet());
        assertEquals(theirs, TrustedScripts.builtIn());
    }

    /** Each project depends on bcrypt, which is on Bun's list, and on other, which is not, under these ranges. */
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
            PackageTarball trusted = scripted("bcrypt");
            registry.publish(trusted).publish(scripted("other"));
            String manifest = """
                    { "name": "app", %s "dependencies": { "bcrypt": "%s", "other": "%s" } }
                    """.formatted(
                            list == null ? "" : FIELD.formatted(list),
                            bcrypt.equals("URL") ? registry.url(trusted) : bcrypt,
                            other);
            Files.writeString(folder.resolve("package.json"), manifest);
            Bun.version("1.4.5").from(registry.url(), folder, "install").runOrFail();
            Lockfile lockfile = LockfileReader.read("bun.lock", Files.readAllBytes(folder.resolve("bun.lock")));
            TrustedScripts scripts = TrustedScripts.of(lockfile);
            Set<String> ours = new TreeSet<>();
            lockfile.placements().forEach((key, placement) -> {
                LockedPackage locked = lockfile.packages().get(placement.id());
                if (scripts.run(locked)) {
                    ours.add(key.installedName());
                }
            });
            Set<String> theirs = new TreeSet<>();
            for (String installed : Set.of("bcrypt", "other")) {
                if (Files.exists(
                        folder.resolve("node_modules").resolve(installed).resolve("ran"))) {
                    theirs.add(installed);
                }
            }
            assertEquals(theirs, ours, name);
        }
    }

    private static PackageTarball scripted(String name) {
        return PackageTarball.of(name, "1.0.0")
                .field("scripts", "{ \"postinstall\": \"touch ran\" }")
                .field("hasInstallScript", "true")
                .build();
    }
}

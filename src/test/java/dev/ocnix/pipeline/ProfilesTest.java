package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile says of one version of its project. */
class ProfilesTest {
    @TempDir
    Path folder;

    private Profile read(String json, Optional<String> version) throws OcnixException, IOException {
        Path file = Files.writeString(folder.resolve("profile.json"), json);
        return new Profiles(version).choose(new ProfileChoice.File(file), Optional.empty());
    }

    /** The oldest version with a lockfile, those on both sides of each change, and a current one. */
    @ParameterizedTest
    @CsvSource({
        "1.3.6, true, true, 0",
        "1.9.1, true, true, 0",
        "1.9.2, false, true, 0",
        "1.9.8, false, true, 0",
        "1.9.9, false, false, 0",
        "1.11.7, false, false, 0",
        "1.12.0, false, false, 1",
        "1.16.2, false, false, 1",
        "1.19.0, false, false, 1"
    })
    void openChambersReleasesDiffer(String version, boolean ownServer, boolean pagesPackages, int steps)
            throws Exception {
        Profile profile = new Profiles(Optional.of(version))
                .choose(new ProfileChoice.Auto(), Optional.of("openchamber-monorepo"));
        Service service = profile.running().service().orElseThrow();
        assertEquals(ownServer, service.script().isPresent());
        assertEquals(!ownServer, service.arguments().contains("--foreground"));
        assertEquals("\"status\":\"ok\"", service.test().orElseThrow().answers().get("/health"));
        assertEquals(pagesPackages, profile.buildDependencies().contains("react"));
        assertEquals(steps, profile.postAssemble().commands().size());
        assertEquals(steps, profile.postAssemble().files().size());
        assertEquals(Optional.of("packages/web"), profile.workspace());
        // which patch-package refuses, too
        assertEquals(
                version.equals("1.16.2") ? List.of("patches/ghostty-web+0.4.0.patch") : List.of(),
                profile.leaveOutPatches());
    }

    @Test
    void theLastRangeThatHoldsWins() throws Exception {
        String json = "{\"name\":\"a\",\"environment\":{\"A\":\"1\"},\"versions\":["
                + "{\"range\":\">=2\",\"name\":\"b\"},{\"range\":\"^2.1.0\",\"name\":\"c\",\"environment\":{}}]}";
        assertEquals(Optional.of("a"), read(json, Optional.of("1.9.9")).name());
        assertEquals(Optional.of("b"), read(json, Optional.of("2.0.1")).name());
        assertEquals(Optional.of("b"), read(json, Optional.of("3.0.0")).name());
        assertEquals(Optional.of("c"), read(json, Optional.of("2.3.0")).name());
        assertTrue(read(json, Optional.of("2.3.0")).environment().isEmpty(), "a field is replaced as a whole");
        assertEquals(Optional.of("a"), read(json, Optional.empty()).name());
    }

    @Test
    void typingMistakesAreNamed() {
        for (List<String> mistake : List.of(
                List.of("{\"postAssembel\":{}}", "postAssembel"),
                List.of("{\"service\":{\"ports\":1}}", "ports"),
                List.of("{\"wrapperEnvironment\":{\"deno\":{}}}", "deno"),
                List.of("{\"versions\":[{\"range\":\"1\",\"versions\":[],\"nmae\":\"x\"}]}", "nmae"),
                List.of("{\"service\":{\"port\":0}}", "port 0"),
                List.of("{\"service\":{\"port\":\"x\"}}", "wrong type"),
                List.of("{\"versions\":[{\"name\":\"no range\"}]}", "range"))) {
            OcnixException refusal =
                    assertThrows(OcnixException.class, () -> read(mistake.get(0), Optional.of("1.0.0")));
            assertTrue(refusal.getMessage().contains(mistake.get(1)), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("profile.json"), refusal.getMessage());
        }
    }
}

package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
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
import org.junit.jupiter.params.provider.ValueSource;

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
        Profile profile =
                new Profiles(Optional.of(version)).choose(new ProfileChoice.BuiltIn("openchamber"), Optional.empty());
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

    /** A name in package.json is anybody's; a repository is its owner's. */
    @ParameterizedTest
    @CsvSource({
        "https://github.com, openchamber, openchamber, true",
        "https://github.com, OpenChamber, OpenChamber, true",
        "https://github.com, evil, openchamber, false",
        "https://github.com, openchamber, openchamber2, false",
        "https://github.evil.test, openchamber, openchamber, false",
        "https://github.com.evil.test, openchamber, openchamber, false",
        "http://github.com, openchamber, openchamber, false"
    })
    void aBuiltInProfileBelongsToARepository(String host, String owner, String name, boolean isTheirs)
            throws Exception {
        assertTheirs(isTheirs, new SourceIdentity.GitHub(host, owner, name));
        assertTheirs(isTheirs, new SourceIdentity.Git(host + "/" + owner + "/" + name + ".git"));
    }

    private static void assertTheirs(boolean isTheirs, SourceIdentity repository) throws OcnixException {
        Profile profile = new Profiles(Optional.of("1.19.0")).choose(new ProfileChoice.Auto(), Optional.of(repository));
        assertEquals(isTheirs ? Optional.of("openchamber") : Optional.empty(), profile.name());
    }

    @Test
    void aProfileIsChosenByNameOrByPath() throws Exception {
        assertEquals(new ProfileChoice.BuiltIn("openchamber"), ProfileChoice.of("openchamber", folder));
        assertEquals(new ProfileChoice.File(folder.resolve("a.json")), ProfileChoice.of("a.json", folder));
        Path file = Files.writeString(folder.resolve("openchamber"), "{}");
        assertEquals(new ProfileChoice.File(file), ProfileChoice.of("openchamber", folder));
        String refusal = assertThrows(
                        OcnixException.class,
                        () -> new Profiles(Optional.empty())
                                .choose(ProfileChoice.of("openchambre", folder), Optional.empty()))
                .getMessage();
        assertTrue(refusal.contains("built in: openchamber;"), refusal);
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

    /** What the user wrote, and what the refusal says of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"postAssembel":{}}                                   | has an unknown field postAssembel; did you mean postAssemble?
            {"zzzzzzzzzzzz":{}}                                   | has an unknown field zzzzzzzzzzzz; the known ones are buildCommands,
            {"service":{"ports":1}}                               | has an unknown field service.ports; did you mean port?
            {"service":{"test":{"answer":{}}}}                    | has an unknown field service.test.answer; did you mean answers?
            {"wrapperEnvironment":{"deno":{}}}                    | has an unknown field wrapperEnvironment.deno; the known ones are bun, node.
            {"versions":[{"range":"1","nmae":"x"}]}               | has an unknown field versions[0].nmae; did you mean name?
            {"versions":[{"range":"1","versions":[]}]}            | has an unknown field versions[0].versions;
            {"service":{"port":0}}                                | gives service.port 0; it takes a whole number from 1 to 65535.
            {"service":{"port":1.5}}                              | gives service.port 1.5; it takes a whole number
            {"service":{"port":1e99}}                             | gives service.port 1.0E99; it takes a whole number
            {"service":{"port":"x"}}                              | gives service.port the text "x"; it takes a whole number
            {"service":[]}                                        | gives service a list; it takes an object.
            {"name":5}                                            | gives name the number 5; it takes a text.
            {"name":true}                                         | gives name true; it takes a text.
            {"name":null}                                         | gives name null; it takes a text.
            {"leaveOut":"x"}                                      | gives leaveOut the text "x"; it takes a list of texts.
            {"leaveOut":["a",["b"]]}                              | gives leaveOut[1] a list; it takes a text.
            {"environment":{"A":1}}                               | gives environment.A the number 1; it takes a text.
            {"environment":{"A B":""}}                            | gives environment the variable "A B"; it takes names of letters,
            {"wrapperEnvironment":{"bun":{"A=1;id;B":""}}}        | gives wrapperEnvironment.bun the variable "A=1;id;B"; it takes names
            {"wrapperEnvironment":{"node":{"$(id)":""}}}          | gives wrapperEnvironment.node the variable "$(id)"; it takes names
            {"wrapperEnvironment":{"bun":{"1A":""}}}              | gives wrapperEnvironment.bun the variable "1A"; it takes names
            {"service":{"environment":{"":""}}}                   | gives service.environment the variable ""; it takes names
            {"linker":"isolate"}                                  | gives linker the text "isolate"; it takes hoisted or isolated.
            {"ownScript":true}                                    | has an unknown field ownScript; did you mean ownScripts?
            {"ownScripts":"yes"}                                  | gives ownScripts the text "yes"; it takes true, false, or a list of workspaces
            {"ownScripts":[1]}                                    | gives ownScripts[0] the number 1; it takes a text.
            {"dependencyScripts":{}}                              | gives dependencyScripts an object; it takes a list of texts.
            {"writable":true}                                     | gives writable true; it takes a list of texts.
            {"packageTools":["deno"]}                             | gives packageTools a list; it takes a list of some of bun, bunx, node.
            {"versions":{}}                                       | gives versions an object; it takes a list of objects.
            {"versions":["1"]}                                    | gives versions[0] the text "1"; it takes an object.
            {"versions":[{"name":"no range"}]}                    | has versions without a range; say which.
            {"versions":[{"range":"9","linker":"x"}]}             | gives versions[0].linker the text "x"; it takes hoisted or isolated.
            """)
    void typingMistakesAreNamed(String json, String told) {
        OcnixException refusal = assertThrows(OcnixException.class, () -> read(json, Optional.of("1.0.0")));
        assertTrue(
                refusal.getMessage().startsWith("The profile " + folder.resolve("profile.json") + " " + told),
                refusal::getMessage);
    }

    /** Bun would read some of these as ranges that admit every version. */
    @ParameterizedTest
    @ValueSource(
            strings = {"not a range!!", "foo", "=<2", "^1,0", "", " ", "||", "1 ||", "1..2", "v", ">=", "1 - ", "latest"
            })
    void whatIsNoRangeIsRefused(String range) {
        String json = "{\"versions\":[{\"range\":\"" + range + "\",\"name\":\"zz\"}]}";
        OcnixException refusal = assertThrows(OcnixException.class, () -> read(json, Optional.of("1.0.0")));
        assertTrue(
                refusal.getMessage().contains("gives versions[0].range the text \"" + range + "\""),
                refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "*, true",
        "1, true",
        "1.x, true",
        "v1.2.3, true",
        "=1.2.3, true",
        ">=1.2.0 <2, true",
        "> 1.0.0, true",
        "1.0.0 - 1.5.0, true",
        "~1.2 || ^3, true",
        "^1.2.3-rc.1+build, true",
        "<1.2.3 || >1.2.3, false",
        "2.X, false"
    })
    void aRangeMeansWhatNpmSays(String range, boolean holds) throws Exception {
        String json = "{\"versions\":[{\"range\":\"" + range + "\",\"name\":\"zz\"}]}";
        assertEquals(
                holds ? Optional.of("zz") : Optional.empty(),
                read(json, Optional.of("1.2.3")).name());
    }
}

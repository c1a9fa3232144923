package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.testing.Monorepo;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What package.nix takes from a project's package.json files, as Nix reads it. */
@NeedsNix
class PackageJsonTest {
    private static final String ROOT = "package.json";
    private static final String APP = "packages/app/package.json";
    private static final String GREETER = "packages/greeter/package.json";
    private static final String BUILD_GREETER = "( cd packages/greeter && bun run build )";
    private static final String BUILD_APP = "( cd packages/app && bun run build )";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
        world.local = true;
        world.prefetch = PrefetchMode.NONE;
        Files.createDirectories(world.source);
        Monorepo.copy(world.source, "1.3.14", "bun.lock");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void descriptionHomepageAndLicenceAreKept() throws Exception {
        String hostile = "${builtins.abort 1} ''\\\" \\";
        set(APP, "description", "  " + hostile + " \n\tof\u0000 \u2028two lines\u202e ");
        set(APP, "homepage", " https://example.org/${a}".replace("${a}", "%24?a=b#c"));
        set(APP, "license", "(MIT OR Apache-2.0)");
        JsonObject application = application();
        assertEquals(hostile + " of two lines", text(application, "description"));
        assertEquals("https://example.org/%24?a=b#c", text(application, "homepage"));
        assertEquals("(MIT OR Apache-2.0)", text(application, "license"));
    }

    @Test
    void aLongDescriptionIsCutBetweenCharacters() throws Exception {
        set(APP, "description", "\ud83d" + "\ud83d\ude00".repeat(300) + "\ude00");
        assertEquals("\ud83d\ude00".repeat(199) + "…", text(application(), "description"));
        set(APP, "description", "d".repeat(200));
        assertEquals("d".repeat(200), text(application(), "description"));
    }

    @Test
    void whatCannotBeRepeatedIsLeftOut() throws Exception {
        set(APP, "license", "x".repeat(201));
        for (String homepage : List.of(
                "javascript:alert(1)",
                "https://me:secret@example.org/",
                "https://",
                "example.org",
                "http://a b/",
                "\ud83d")) {
            set(APP, "homepage", homepage);
            set(APP, "description", " \n ");
            JsonObject application = application();
            assertFalse(application.has("homepage"), homepage);
            assertFalse(application.has("description") || application.has("license"), application::toString);
        }
        replace(APP, "description", "{}");
        replace(APP, "homepage", "7");
        replace(APP, "license", "[\"MIT\"]");
        JsonObject application = application();
        assertFalse(application.has("homepage") || application.has("description") || application.has("license"));
    }

    @Test
    void aMemberWithoutALicenceHasTheProjects() throws Exception {
        replace(ROOT, "license", "{\"type\":\"BSD-3-Clause\",\"url\":\"https://example.org\"}");
        assertEquals("MIT", text(application(), "license"));
        remove(APP, "license");
        assertEquals("BSD-3-Clause", text(application(), "license"));
    }

    @Test
    void workspacesThatAreReachedAreBuiltBeforeTheOnesThatNeedThem() throws Exception {
        assertEquals(List.of(BUILD_GREETER), buildCommands());
        assertTrue(
                world.infos.stream().anyMatch(line -> line.contains("build scripts of packages/greeter (")),
                () -> world.infos.toString());
        replace(APP, "scripts", "{\"build\":\"true\"}");
        assertEquals(List.of(BUILD_GREETER, BUILD_APP), buildCommands());
        replace(GREETER, "scripts", "{\"build\":\" \",\"prebuild\":\"true\"}");
        assertEquals(List.of(BUILD_APP), buildCommands());
        world.workspace = Optional.of("packages/greeter");
        assertEquals(List.of(), buildCommands());
    }

    @Test
    void workspacesThatNeedEachOtherAreBuiltOnceEach() throws Exception {
        replace(APP, "scripts", "{\"build\":\"true\"}");
        replace(GREETER, "devDependencies", "{\"@ocnix-monorepo/app\":\"workspace:*\"}");
        assertEquals(List.of(BUILD_GREETER, BUILD_APP), buildCommands());
        world.workspace = Optional.of("packages/greeter");
        assertEquals(List.of(BUILD_APP, BUILD_GREETER), buildCommands());
    }

    @Test
    void aRootIsBuiltByItsOwnScriptElseByThoseThatItReaches() throws Exception {
        world.workspace = Optional.of(".");
        assertEquals(List.of(), buildCommands());
        replace(ROOT, "devDependencies", "{\"is-number\":\"7.0.0\",\"@ocnix-monorepo/app\":\"workspace:*\"}");
        assertEquals(List.of(BUILD_GREETER), buildCommands());
        replace(ROOT, "scripts", "{\"build\":\"bun --filter='*' build\"}");
        assertEquals(List.of("bun run build"), buildCommands());
    }

    @Test
    void aProfileDecidesWhatIsBuilt() throws Exception {
        Path profile = folder.resolve("profile.json");
        world.profile = new ProfileChoice.File(profile);
        Files.writeString(profile, "{}");
        assertEquals(List.of(BUILD_GREETER), buildCommands());
        Files.writeString(profile, "{\"buildCommands\":[\"make\",\"make check\"]}");
        assertEquals(List.of("make", "make check"), buildCommands());
        Files.writeString(profile, "{\"buildCommands\":[]}");
        assertEquals(List.of(), buildCommands());
    }

    @Test
    void aWorkspaceThatIsReachedButNotThereIsNamed() throws Exception {
        Files.delete(world.source.resolve(GREETER));
        assertTrue(world.refusal().contains(GREETER));
        world.write(GREETER, "[");
        assertTrue(world.refusal().contains(GREETER));
    }

    @Test
    void programsHaveTheNamesAndPathsThatBunGivesThem() throws Exception {
        replace(
                APP,
                "bin",
                "{\"@a/run\":\"./lib//x/../run.js\",\"b/run\":\"other.js\",\"c:d\":\"d.js\",\"e\":\"e\",\"f+@\":\"f\"}");
        assertEquals(
                "{\"d\":\"d.js\",\"e\":\"e\",\"f+@\":\"f\",\"run\":\"lib/run.js\"}",
                application().get("programs").toString());
        assertEquals(List.of(), warnings());
        set(APP, "bin", "./bin.js");
        assertEquals("{\"app\":\"bin.js\"}", application().get("programs").toString());
    }

    @Test
    void whatCannotBeAProgramIsNamedAndLeftOut() throws Exception {
        List<String> paths =
                List.of("", ".", "./", "bin/", "bin/.", "bin/..", "/bin/sh", "../x", "a/../../b", "a\\\\b");
        StringBuilder bins = new StringBuilder("{\"good\":\"good.js\",\"none\":{},\"-x\":\"x.js\",\"a b\":\"x.js\"");
        paths.forEach(path -> bins.append(",\"bad").append(paths.indexOf(path)).append("\":\"" + path + "\""));
        replace(APP, "bin", bins + "}");
        assertEquals("{\"good\":\"good.js\"}", application().get("programs").toString());
        assertEquals(paths.size() + 3, warnings().size(), () -> warnings().toString());
        for (int i = 0; i < paths.size(); i++) {
            String warning = warnings().get(i + 3);
            assertTrue(warning.contains("\"bad" + i + "\": packages/app/package.json"), warning);
            assertTrue(warning.contains("\"" + paths.get(i).replace("\\\\", "\\") + "\""), warning);
        }
    }

    @Test
    void theFirstOfTwoProgramsThatCanBeOneHasTheName() throws Exception {
        replace(APP, "bin", "{\"@a/run\":\"../run.js\",\"b/run\":\"b.js\",\"run\":\"c.js\"}");
        assertEquals("{\"run\":\"b.js\"}", application().get("programs").toString());
    }

    @Test
    void eachFileOfAFolderOfProgramsIsOne() throws Exception {
        remove(APP, "bin");
        replace(APP, "directories", "{\"bin\":\"./cli/\"}");
        world.workspace = Optional.of("packages/app");
        for (String file : List.of("one", "two.js", ".hidden", "lib/deep.js", "-three")) {
            world.write("packages/app/cli/" + file, "");
        }
        assertEquals(
                "{\"one\":\"cli/one\",\"two.js\":\"cli/two.js\"}",
                application().get("programs").toString());
        assertEquals(1, warnings().size(), () -> warnings().toString());
        assertTrue(warnings().get(0).contains("\"-three\""), warnings().get(0));
        replace(APP, "directories", "{\"bin\":\"../greeter\"}");
        assertEquals("{}", application().get("programs").toString());
        assertTrue(warnings().get(1).contains("\"../greeter\""), warnings().get(1));
    }

    /** The application that package.nix hands to the builder. */
    private JsonObject application() throws Exception {
        world.generate();
        Path stub = Files.createDirectories(folder.resolve("stub/lib"));
        Files.writeString(stub.resolve("default.nix"), "{ application, ... }: application");
        Path file = Files.writeString(stub.resolveSibling("package.nix"), world.text("package.nix"));
        return Nix.get()
                .eval("let f = import " + file + "; in f (builtins.mapAttrs (_: _: null) (builtins.functionArgs f))")
                .getAsJsonObject();
    }

    private List<String> buildCommands() throws Exception {
        return application().getAsJsonArray("buildCommands").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static String text(JsonObject json, String field) {
        return json.get(field).getAsString();
    }

    private void set(String path, String field, String value) throws Exception {
        JsonObject json = json(path);
        json.addProperty(field, value);
        store(path, json);
    }

    private void replace(String path, String field, String value) throws Exception {
        JsonObject json = json(path);
        json.add(field, JsonParser.parseString(value));
        store(path, json);
    }

    private void remove(String path, String field) throws Exception {
        JsonObject json = json(path);
        json.remove(field);
        store(path, json);
    }

    /** As ASCII, so that halves of surrogate pairs can be written. */
    private void store(String path, JsonObject json) throws Exception {
        StringBuilder text = new StringBuilder();
        json.toString().chars().forEach(c -> text.append(c < 0x7f ? (char) c : String.format("\\u%04x", c)));
        world.write(path, text.toString());
    }

    /** What a user is told of commands. */
    private List<String> warnings() {
        return world.warnings.stream()
                .filter(warning -> warning.startsWith("The package has no command"))
                .toList();
    }

    private JsonObject json(String path) throws Exception {
        return JsonParser.parseString(Files.readString(world.source.resolve(path)))
                .getAsJsonObject();
    }
}

package dev.ocnix.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ocnix.model.OcnixException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Bun 1.3.14 and 1.4.5 read as package.json. */
class ManifestsTest {
    private static Optional<String> name(String text) throws OcnixException {
        return new Manifests(new FilesInMemory(Map.of("sub/a/package.json", text)), "sub/")
                .at("a")
                .flatMap(manifest -> manifest.text("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",}",
                "{\"files\":[\"x\",],\"name\":\"a\",\n}\n",
                "// a comment\n{/* another */\"name\":\"a\"}",
                "{'name':'a'}",
                "\ufeff{\"name\":\"a\"}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} and more",
            })
    void isReadAsBunReadsIt(String text) throws OcnixException {
        assertEquals(Optional.of("a"), name(text));
    }

    @Test
    void anEmptyFileIsAnEmptyObject() throws OcnixException {
        assertEquals(Optional.empty(), name(""));
    }

    @Test
    void whatBunRefusesIsToldWithItsPlace() {
        assertRefusal(
                "{\n  \"name\": \"a\",,\n}",
                "sub/a/package.json, line 2, column 15: a key in quotes is missing; correct it in the source.");
        assertRefusal(
                "{name:1}",
                "sub/a/package.json, line 1, column 2: a key in quotes is missing; correct it in the source.");
        assertRefusal(
                "[]",
                "sub/a/package.json, line 1, column 1: the file is an array and should be an object; correct it in the"
                        + " source.");
    }

    @Test
    void aMergeConflictIsCalledByItsName() {
        assertRefusal(
                "{\n<<<<<<< HEAD\n  \"name\": \"a\"\n=======\n  \"name\": \"b\"\n>>>>>>> other\n}",
                "sub/a/package.json, line 2, column 1: a merge conflict begins here; resolve it (`bun install` writes a"
                        + " lockfile anew) and commit the result.");
    }

    @Test
    void aTextThatOnlyMentionsAConflictIsNone() throws OcnixException {
        assertEquals(Optional.of("a"), name("{\"name\":\"a\",\"description\":\"<<<<<<< and >>>>>>>\"}"));
    }

    @Test
    void eachFileIsReadOnce() throws OcnixException {
        FilesInMemory files = new FilesInMemory(Map.of("package.json", "{}"));
        Manifests manifests = new Manifests(files, "");
        manifests.at("");
        manifests.at("");
        manifests.at("none");
        manifests.at("none");
        assertEquals(Map.of("package.json", 1, "none/package.json", 1), files.reads);
    }

    private static void assertRefusal(String text, String sentence) {
        assertEquals(
                sentence, assertThrows(OcnixException.class, () -> name(text)).getMessage());
    }
}

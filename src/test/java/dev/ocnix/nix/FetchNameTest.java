package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.PackageId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchNameTest {
    @ParameterizedTest
    @CsvSource({
        "ms, 2.1.3, ms-2.1.3.tgz",
        "@a/b, 1.0.0-beta.1+build, a-b-1.0.0-beta.1+build.tgz",
        ".hidden, 1.0.0, -hidden-1.0.0.tgz",
        "x, ./vendor/x.tgz, x-.-vendor-x.tgz",
        "x, https://e.org/x.tar.gz, x-https---e.org-x.tgz",
        "日本$, 1.0.0, ----1.0.0.tgz",
    })
    void isScopeNameAndVersion(String name, String version, String expected) {
        assertEquals(expected, FetchName.tarball(new PackageId(name, version)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/../b", "\ud83d\ude00\ud800", "a b\"${x}\n", "\u0000"})
    void isAlwaysAStorePathsName(String text) {
        String name = FetchName.tarball(new PackageId("n", text.repeat(300)));
        assertTrue(name.matches("[A-Za-z0-9+._?=-]{1,200}"), name);
        assertFalse(FetchName.sanitise(text).startsWith("."));
        assertTrue(FetchName.plainFile(new PackageId(text, text)).matches("[A-Za-z0-9_][A-Za-z0-9+._-]*"));
    }
}

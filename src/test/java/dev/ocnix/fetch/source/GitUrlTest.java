package dev.ocnix.fetch.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org/a/b.git, https://example.org/a/b.git",
        "git+https://example.org/a/b.git, https://example.org/a/b.git",
        "git+ssh://git@github.com/a/b.git, https://github.com/a/b.git",
        "ssh://git@gitlab.com:22/a/b/c.git, https://gitlab.com/a/b/c.git",
        "git@github.com:a/b.git, https://github.com/a/b.git",
        "git@GitHub.com:a/b, https://github.com/a/b",
        "git://codeberg.org/a/b, https://codeberg.org/a/b",
    })
    void urlsOfPublicHostsAreSpokenOverHttps(String url, String https) throws OcnixException {
        assertEquals(new GitUrl.Remote(https), GitUrl.parse(url));
        assertEquals(https, GitUrl.written(url));
    }

    @ParameterizedTest
    @CsvSource({
        "ssh://git@git.example.org/a/b, https://git.example.org/a/b",
        "git@git.example.org:a/b.git, https://git.example.org/a/b.git",
        "git://evil.example/github.com/a, https://evil.example/github.com/a",
    })
    void otherHostsAreRefusedWithTheHttpsForm(String url, String https) {
        OcnixException failure = assertThrows(OcnixException.class, () -> GitUrl.parse(url));
        assertTrue(failure.getMessage().contains("use " + https + " instead"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/folder",
                "ext::sh -c id",
                "ssh://-oProxyCommand=x/a",
                "git@github.com:a b",
                "file://host/a",
                "file:",
                "ftp://example.org/a",
                "git@github.com:/etc",
                "C:\\repo",
                "--upload-pack=x",
                "https://",
                "https:///a",
                "https://example.org/a b",
                "https://exa mple.org/a",
                "https://exämple.org/a",
                "https://example.org/a\"b",
                "https://example.org/{a}",
                "https://example.org/a\nb",
                "https://example.org/a/../../b",
                "https://example.org/a/%2e%2E/b",
                "https://example.org\\a",
                "https://example.org:123456/a",
                "https://example.org/a#main",
                "https://-example.org/a",
                "git@github.com:a/%zz/../b"
            })
    void everythingElseIsRefused(String url) {
        OcnixException refusal = assertThrows(OcnixException.class, () -> GitUrl.parse(url));
        assertEquals(OcnixException.Fault.INPUT, refusal.fault());
        assertEquals(1, refusal.getMessage().lines().count(), refusal::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@git.example.org:a/b.git", "file:///a", "ssh://git@git.example.org/a"})
    void whatHasNoHttpsFormForSureIsWrittenAsItIs(String url) {
        assertEquals(url, GitUrl.written(url));
    }

    @Test
    void credentialsInAUrlAreRefusedAndNotRepeated() {
        OcnixException failure =
                assertThrows(OcnixException.class, () -> GitUrl.parse("https://me:secret@example.org/a.git"));
        assertTrue(failure.getMessage().contains("of example.org carries credentials"));
        assertFalse(failure.getMessage().contains("secret"));
    }

    @Test
    void fileUrlsAreFolders() throws OcnixException {
        assertEquals(new GitUrl.Folder(Path.of("/a b/c")), GitUrl.parse("file:///a%20b/c"));
        assertEquals(new GitUrl.Folder(Path.of("/a")), GitUrl.parse("git+file:///a"));
        assertEquals(new GitUrl.Folder(Path.of("/a")), GitUrl.parse("file://localhost/a"));
    }
}

package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarballUrlTest {
    private static final PackageId ID = new PackageId("@s/pkg", "1.0.0");
    private static final Optional<Sri> SHA512 = Optional.of(Sri.ofContent(HashAlgorithm.SHA512, new byte[0]));
    private static final Optional<Sri> SHA1 = Optional.of(Sri.ofContent(HashAlgorithm.SHA1, new byte[0]));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            https://registry.npmjs.org/a/-/a-1.0.0.tgz | https://registry.npmjs.org/a/-/a-1.0.0.tgz
            HTTPS://Example.ORG:443/A?b=c&d#frag | https://example.org:443/A?b=c&d
            https://example.org | https://example.org/
            https://example.org/a b.tgz | https://example.org/a%20b.tgz
            https://example.org/a"b'c`.tgz | https://example.org/a%22b%27c%60.tgz
            https://example.org/{a,b}[1-9]\\x.tgz | https://example.org/%7Ba,b%7D%5B1-9%5D%5Cx.tgz
            https://example.org/é<>^.tgz | https://example.org/%C3%A9%3C%3E%5E.tgz
            https://example.org/%41%zz*.tgz | https://example.org/%41%25zz%2A.tgz
            https://8.8.8.8/a.tgz | https://8.8.8.8/a.tgz
            """)
    void isWrittenPercentEncoded(String given, String written) throws OcnixException {
        assertEquals(written, TarballUrl.of(given, ID, SHA512, Set.of()).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "mirror://gnu/x",
                "ftp://example.org/a",
                "git+https://example.org/a",
                "https:/example.org/a",
                "//example.org/a",
                "https://",
                "https:///a",
                "https://user@example.org/a",
                "https://user:secret@example.org/a",
                "https://exa mple.org/a",
                "https://example.org:0/a",
                "https://example.org:99999/a",
                "https://example.org:/a",
                "https://exämple.org/a",
                "https://example.org\\@evil.org/a",
                "https://example..org/a",
                "https://example.org/a\nb",
                "https://example.org/a\u0000",
                "https://localhost/a",
                "https://x.localhost/a",
                "https://127.0.0.1/a",
                "https://127.1/a",
                "https://2130706433/a",
                "https://0x7f000001/a",
                "https://0177.0.0.1/a",
                "https://10.1.2.3/a",
                "https://172.16.0.1/a",
                "https://192.168.1.1:8080/a",
                "https://169.254.169.254/latest/meta-data",
                "https://0.0.0.0/a",
                "https://[::1]/a",
                "https://100.64.0.1/a",
                "https://[2606:4700::1111]/a",
                "https://[fe80::1%25eth0]/a",
                "https://localhost./a",
                "https://example.org:443x/a",
                "https://example.org:-1/a",
                "https://%65xample.org/a",
                "https://example.org/a/../../b",
                "https://example.org/a/%2E%2e/b",
                "https://example.org/a/.",
                "https://example.org/..\\..\\b",
                "https://example.org/\u007f",
                "https://user:sec\nsecret@example.org/a",
                "https://ＬＯＣＡＬＨＯＳＴ/a",
                "https://127。0。0。1/a",
                "https://example.org%00.evil.org/a",
            })
    void isRefusedWithThePackagesName(String url) {
        OcnixException e = assertThrows(OcnixException.class, () -> TarballUrl.of(url, ID, SHA512, Set.of()));
        assertEquals(OcnixException.Fault.INPUT, e.fault());
        assertTrue(e.getMessage().contains("@s/pkg@1.0.0"), e::getMessage);
        assertFalse(e.getMessage().contains("secret"), e::getMessage);
        assertFalse(e.getMessage().contains("\n"), e::getMessage);
    }

    @Test
    void isRefusedIfItIsVeryLongAndShownShort() throws OcnixException {
        String most = "https://example.org/" + "a".repeat(2048 - 20);
        assertEquals(most, TarballUrl.of(most, ID, SHA512, Set.of()).text());
        OcnixException e = assertThrows(OcnixException.class, () -> TarballUrl.of(most + "a", ID, SHA512, Set.of()));
        assertTrue(e.getMessage().length() < 500, e::getMessage);
    }

    @Test
    void plainHttpNeedsASha512() throws OcnixException {
        assertThrows(
                OcnixException.class, () -> TarballUrl.of("http://example.org/a.tgz", ID, Optional.empty(), Set.of()));
        assertTrue(
                TarballUrl.of("http://example.org/a.tgz", ID, SHA512, Set.of()).isPlainHttp());
        assertThrows(OcnixException.class, () -> TarballUrl.of("http://example.org/a.tgz", ID, SHA1, Set.of()));
        assertFalse(
                TarballUrl.of("https://example.org/a.tgz", ID, SHA1, Set.of()).isPlainHttp());
    }

    @Test
    void aPrivateHostThatIsConfiguredIsAllowed() throws OcnixException {
        Set<String> configured = Set.of("10.0.0.7:4873");
        assertEquals(
                "http://10.0.0.7:4873/a.tgz",
                TarballUrl.of("http://10.0.0.7:4873/a.tgz", ID, SHA512, configured)
                        .text());
        assertThrows(OcnixException.class, () -> TarballUrl.of("http://10.0.0.7:80/a.tgz", ID, SHA512, configured));
    }

    @Test
    void aConfiguredPrivateHostNeedsNoPortWhereItHasTheUsualOne() throws OcnixException {
        PackageId id = new PackageId("a", "1.0.0");
        Set<String> configured = Set.of("10.0.0.5:443");
        assertEquals(
                "https://10.0.0.5/a.tgz",
                TarballUrl.of("https://10.0.0.5/a.tgz", id, SHA512, configured).text());
        assertThrows(OcnixException.class, () -> TarballUrl.of("http://10.0.0.5/a.tgz", id, SHA512, configured));
        assertThrows(OcnixException.class, () -> TarballUrl.of("https://10.0.0.5:8443/a.tgz", id, SHA512, configured));
    }
}

package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.http.BaseUrls;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings.xml gives, decrypted or not. */
class ServersTest {
    private static final String TOKEN = "Authorization: Bearer token";

    /** As Maven decrypts settings.xml; an entry that it cannot decrypt stays as it was, and is a problem. */
    private record Decrypted(SettingsDecryptionRequest request, List<SettingsProblem> problems)
            implements SettingsDecryptionResult {
        @Override
        public Server getServer() {
            return request.getServers().get(0);
        }

        @Override
        public List<Server> getServers() {
            return request.getServers();
        }

        @Override
        public Proxy getProxy() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Proxy> getProxies() {
            return request.getProxies();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return problems;
        }
    }

    private static BaseUrls urls(String... urlsAndIds) throws OcnixException {
        BaseUrls urls = BaseUrls.none();
        for (int i = 0; i < urlsAndIds.length; i += 2) {
            urls = urls.with(urlsAndIds[i], urlsAndIds[i + 1]);
        }
        return urls;
    }

    private static Server server(String id, String password) {
        Server server = new Server();
        server.setId(id);
        server.setPassword(password);
        return server;
    }

    /** A server without a password that asks for headers. */
    private static Server server(String id, String[]... namesAndValues) {
        Xpp3Dom list = new Xpp3Dom("httpHeaders");
        for (String[] one : namesAndValues) {
            Xpp3Dom property = new Xpp3Dom("property");
            add(property, "name", one[0]);
            add(property, "value", one[1]);
            list.addChild(property);
        }
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        configuration.addChild(list);
        Server server = server(id, "");
        server.setConfiguration(configuration);
        return server;
    }

    private static void add(Xpp3Dom parent, String name, String value) {
        if (value != null) {
            Xpp3Dom child = new Xpp3Dom(name);
            child.setValue(value);
            parent.addChild(child);
        }
    }

    private static Servers servers(BaseUrls configured, List<Server> entries, SettingsProblem... problems)
            throws OcnixException {
        Settings settings = new Settings();
        entries.forEach(settings::addServer);
        return Servers.of(settings, request -> decrypted(request, List.of(problems)), configured);
    }

    /** A value in braces is an encrypted one; {@code {?}} is encrypted with another master password. */
    private static SettingsDecryptionResult decrypted(
            SettingsDecryptionRequest request, List<SettingsProblem> problems) {
        List<SettingsProblem> all = new ArrayList<>(problems);
        for (Server server : request.getServers()) {
            String password = server.getPassword();
            if ("{?}".equals(password)) {
                all.add(undecrypted("server: " + server.getId()));
            } else if (password != null) {
                server.setPassword(password.replaceFirst("^\\{(.*)}$", "$1"));
            }
        }
        return new Decrypted(request, all);
    }

    /** What a request for a URL carries: header lines, or nothing. */
    private static String sent(Servers servers, String url) {
        return servers.credentials(HttpUrl.get(url))
                .map(headers -> headers.get("Authorization"))
                .map(value -> "Authorization: " + value)
                .orElse("");
    }

    private static SettingsProblem undecrypted(String entry) {
        return new DefaultSettingsProblem(
                "Failed to decrypt", SettingsProblem.Severity.ERROR, entry, -1, -1, new Exception());
    }

    private static String refusal(BaseUrls configured, Server entry, SettingsProblem... problems) {
        return assertThrows(OcnixException.class, () -> servers(configured, List.of(entry), problems))
                .getMessage();
    }

    @Test
    void anEntryThatCannotBeDecryptedAndIsNotMeantIsAsGoodAsAbsent() throws OcnixException {
        Servers servers = servers(urls("https://npm.corp", ""), List.of(server("nexus.corp", "{?}")));
        assertEquals("", sent(servers, "https://nexus.corp/a.tgz"));
    }

    @Test
    void anEntryThatCannotBeDecryptedAndIsMeantIsNamedWithoutItsContent() throws OcnixException {
        for (BaseUrls configured :
                List.of(urls("https://npm.corp", "nexus.corp"), urls("https://NEXUS.corp/npm/", ""))) {
            assertEquals(
                    "The password of the server nexus.corp in settings.xml cannot be decrypted; check"
                            + " settings-security.xml, or encrypt it again with mvn --encrypt-password.",
                    refusal(configured, server("nexus.corp", "{?}")));
        }
    }

    @Test
    void theCredentialsOfARegistryGoToItsPortAlone() throws OcnixException {
        Servers servers = servers(urls("https://npm.example.org", "corp"), List.of(server("corp", "token")));
        assertEquals(TOKEN, sent(servers, "https://npm.example.org/a/-/a-1.0.0.tgz"));
        assertEquals(TOKEN, sent(servers, "https://NPM.example.org:443/a/-/a-1.0.0.tgz"));
        assertEquals("", sent(servers, "https://npm.example.org:8443/a"));
        assertEquals("", sent(servers, "http://npm.example.org/a"));
        assertEquals("", sent(servers, "https://example.org/a"));
    }

    @Test
    void anEntryByHostIsForHttpsOnItsUsualPort() throws OcnixException {
        Servers servers = servers(urls(), List.of(server("Npm.example.org", "token")));
        assertEquals(TOKEN, sent(servers, "https://npm.example.org/a"));
        assertEquals("", sent(servers, "http://npm.example.org/a"));
        assertEquals("", sent(servers, "https://npm.example.org:9999/a"));
    }

    @Test
    void plainHttpAndOddPortsGetThemWhereTheUserConfiguredThose() throws OcnixException {
        Servers servers =
                servers(urls("http://npm.example.org:8081/npm", ""), List.of(server("npm.example.org", "token")));
        assertEquals(TOKEN, sent(servers, "http://npm.example.org:8081/npm/a"));
        assertEquals(TOKEN, sent(servers, "http://npm.example.org:8081/other/a"));
        Servers byPort = servers(urls(), List.of(server("npm.example.org:8443", "token")));
        assertEquals(TOKEN, sent(byPort, "https://npm.example.org:8443/a"));
        assertEquals("", sent(byPort, "http://npm.example.org:8443/a"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://pkgs.example.org/m2a/plain/-/plain-1.0.0.tgz, a",
        "https://pkgs.example.org/m2ab/plain/-/plain-1.0.0.tgz, ab",
        "https://pkgs.example.org/m2a, a",
        "https://pkgs.example.org/m2a?x=/m2ab/, a",
        "https://PKGS.example.org/m2a/@s%2fplain/-/plain-1.0.0.tgz, a",
        "https://pkgs.example.org/M2A/plain/-/plain-1.0.0.tgz, root",
        "https://pkgs.example.org/m2%61/plain, a",
        "https://pkgs.example.org/m2a/deep/er/plain, deeper",
        "https://pkgs.example.org/m2a/deep/plain, a",
        "https://pkgs.example.org/m2a/../m2ab/plain, ab",
        "https://pkgs.example.org/m2a/%2e%2e/m2ab/plain, ab",
        "https://pkgs.example.org/m2a/..%2fm2ab/plain, ''",
        "https://pkgs.example.org/m2a%2fplain, root",
        "https://pkgs.example.org/open/plain, ''",
        "https://pkgs.example.org/with%20blank/plain, blank",
        "https://pkgs.example.org:8443/m2a/plain, port",
        "https://pkgs.example.org:9443/m2a/plain, ''",
        "http://pkgs.example.org/m2a/plain, ''",
        "https://example.org/m2a/plain, ''",
    })
    void ofSeveralRegistriesOnOneHostTheOneWithTheLongestPathCounts(String url, String id) throws OcnixException {
        BaseUrls configured = urls(
                "https://pkgs.example.org/m2ab/", "ab",
                "https://pkgs.example.org/m2a", "",
                "https://Pkgs.example.org/m2a/", "a",
                "https://pkgs.example.org/m2a/deep/er", "deeper",
                "https://pkgs.example.org/open", "",
                "https://pkgs.example.org/with%20blank/", "blank",
                "https://pkgs.example.org:8443/m2a", "port",
                "https://pkgs.example.org", "root");
        List<Server> entries = Stream.of("a", "ab", "deeper", "port", "root", "blank")
                .map(name -> server(name, "of-" + name))
                .toList();
        assertEquals(id.isEmpty() ? "" : "Authorization: Bearer of-" + id, sent(servers(configured, entries), url));
    }

    @Test
    void aRegistryWithoutAServerOfItsOwnHasThatOfItsHostAndNeverItsNeighbours() throws OcnixException {
        BaseUrls configured = urls(
                "https://git.example.org", "",
                "https://git.example.org/npm/a", "a",
                "https://git.example.org/npm/b", "");
        Servers alone = servers(configured, List.of(server("a", "token")));
        assertEquals(TOKEN, sent(alone, "https://git.example.org/npm/a/x"));
        assertEquals("", sent(alone, "https://git.example.org/npm/b/x"));
        assertEquals("", sent(alone, "https://git.example.org/owner/repository.git/info/refs"));
        Servers both = servers(configured, List.of(server("a", "token"), server("git.example.org", "host")));
        assertEquals(TOKEN, sent(both, "https://git.example.org/npm/a/x"));
        assertEquals("Authorization: Bearer host", sent(both, "https://git.example.org/npm/b/x"));
    }

    @Test
    void oneUrlHasOneServer() {
        OcnixException refused = assertThrows(
                OcnixException.class, () -> urls("https://npm.corp/a", "one", "https://npm.corp:443/a/", "two"));
        assertEquals(
                "The URL https://npm.corp:443/a/ is configured with the serverId one and with two; leave the one whose"
                        + " credentials are meant for it.",
                refused.getMessage());
    }

    @Test
    void theHeadersOfAServerAreSentDecryptedToThatServerOnly() throws OcnixException {
        Server entry = server("gitlab", new String[] {"Job-Token", "{s3cret}"}, new String[] {" X-Tenant ", " a b "});
        Servers servers = servers(urls("https://gitlab.corp/api/v4/npm", "gitlab"), List.of(entry));
        assertEquals("Job-Token: s3cret\nX-Tenant: a b", shown(servers, "https://gitlab.corp/api/v4/npm/a"));
        assertEquals("", sent(servers, "https://gitlab.corp/api/v4/other/a"));
        assertEquals("", sent(servers, "https://npm.corp/api/v4/npm/a"));
    }

    /** The same, although the library hides what is secret. */
    private static String shown(Servers servers, String url) {
        List<String> lines = new ArrayList<>();
        servers.credentials(HttpUrl.get(url))
                .orElseThrow()
                .forEach(header -> lines.add(header.getFirst() + ": " + header.getSecond()));
        return String.join("\n", lines);
    }

    @Test
    void aPasswordIsSentBesideHeadersUnlessTheseAuthorize() throws OcnixException {
        Server both = server("npm.corp", new String[] {"X-Tenant", "a"});
        both.setPassword("token");
        assertEquals(
                "X-Tenant: a\nAuthorization: Bearer token",
                shown(servers(urls(), List.of(both)), "https://npm.corp/a"));
        Server one = server("npm.corp", new String[] {"authorization", "Token mine"});
        one.setPassword("token");
        assertEquals("authorization: Token mine", shown(servers(urls(), List.of(one)), "https://npm.corp/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Job Token | x | a name that no header can have",
                "Job:Token | x | a name that no header can have",
                "- | x | a property without a name or without a value",
                "Job-Token | - | a property without a name or without a value",
                "Host | x | the name Host, which the request itself sets",
                "content-LENGTH | x | the name content-LENGTH, which the request itself sets",
                "Proxy-Authorization | x | the name Proxy-Authorization, which the request itself sets",
                "Accept-Encoding | x | the name Accept-Encoding, which the request itself sets",
                "Job-Token | {?} | a value for Job-Token that cannot be decrypted",
                "Job-Token | {s3crét} | a value for Job-Token with a character that no header can have",
                "Job-Token | ${env.CI_JOB_TOKEN} | a value for Job-Token from a variable that is not set",
            })
    void aHeaderThatCannotBeSentIsRefusedWithoutItsValue(String name, String value, String what) throws OcnixException {
        Server entry = server("gitlab", new String[] {name, value});
        String refusal = refusal(urls("https://gitlab.corp/npm", "gitlab"), entry);
        assertTrue(
                refusal.startsWith("The httpHeaders of the server gitlab in settings.xml have " + what + "; "),
                refusal);
        assertFalse(refusal.contains("s3cr"), refusal);
        assertEquals("", sent(servers(urls("https://npm.corp", ""), List.of(entry)), "https://gitlab.corp/npm/a"));
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsRefused() throws OcnixException {
        String refusal = refusal(urls("https://npm.corp", "corp"), server("corp", "s3crét"));
        assertTrue(refusal.startsWith("The password of the server corp in settings.xml has a character"), refusal);
        assertFalse(refusal.contains("s3c"), refusal);
    }
}

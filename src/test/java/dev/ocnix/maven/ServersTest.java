package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ocnix.model.OcnixException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

/** What settings.xml gives, decrypted or not. */
class ServersTest {
    private static final Optional<String> TOKEN = Optional.of("Bearer token");
    private static final Optional<String> NOTHING = Optional.empty();

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

    private static Servers servers(String id, Map<String, String> configured, SettingsProblem... problems)
            throws OcnixException {
        Server server = new Server();
        server.setId(id);
        server.setPassword("token");
        Settings settings = new Settings();
        settings.addServer(server);
        return Servers.of(settings, request -> new Decrypted(request, List.of(problems)), configured);
    }

    private static SettingsProblem undecrypted(String entry) {
        return new DefaultSettingsProblem(
                "Failed to decrypt", SettingsProblem.Severity.ERROR, entry, -1, -1, new Exception());
    }

    @Test
    void anEntryThatCannotBeDecryptedAndIsNotMeantIsAsGoodAsAbsent() throws OcnixException {
        Servers servers = servers("nexus.corp", Map.of("npm.corp:443", ""), undecrypted("server: nexus.corp"));
        assertEquals(NOTHING, servers.authorization("nexus.corp", 443, true));
    }

    @Test
    void anEntryThatCannotBeDecryptedAndIsMeantIsNamedWithoutItsContent() {
        for (Map<String, String> configured :
                List.of(Map.of("npm.corp:443", "nexus.corp"), Map.of("nexus.corp:443", ""))) {
            OcnixException refused = assertThrows(
                    OcnixException.class, () -> servers("nexus.corp", configured, undecrypted("server: nexus.corp")));
            assertEquals(
                    "The password of the server nexus.corp in settings.xml cannot be decrypted; check"
                            + " settings-security.xml, or encrypt it again with mvn --encrypt-password.",
                    refused.getMessage());
        }
    }

    @Test
    void theCredentialsOfARegistryGoToItsPortAlone() throws OcnixException {
        Servers servers = servers("corp", Map.of("npm.example.org:443", "corp"));
        assertEquals(TOKEN, servers.authorization("npm.example.org", 443, true));
        assertEquals(NOTHING, servers.authorization("npm.example.org", 8443, true));
        assertEquals(NOTHING, servers.authorization("npm.example.org", 80, false));
        assertEquals(NOTHING, servers.authorization("example.org", 443, true));
    }

    @Test
    void anEntryByHostIsForHttpsOnItsUsualPort() throws OcnixException {
        Servers servers = servers("npm.example.org", Map.of());
        assertEquals(TOKEN, servers.authorization("npm.example.org", 443, true));
        assertEquals(NOTHING, servers.authorization("npm.example.org", 80, false));
        assertEquals(NOTHING, servers.authorization("npm.example.org", 9999, true));
    }

    @Test
    void plainHttpAndOddPortsGetThemWhereTheUserConfiguredThose() throws OcnixException {
        Servers servers = servers("npm.example.org", Map.of("npm.example.org:8081", ""));
        assertEquals(TOKEN, servers.authorization("npm.example.org", 8081, false));
        Servers byPort = servers("npm.example.org:8443", Map.of());
        assertEquals(TOKEN, byPort.authorization("npm.example.org", 8443, true));
        assertEquals(NOTHING, byPort.authorization("npm.example.org", 8443, false));
    }
}

package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.model.OcnixException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

class ServersTest {
    private static final Optional<String> TOKEN = Optional.of("Bearer token");
    private static final Optional<String> NOTHING = Optional.empty();

    /** As settings.xml without encrypted passwords is decrypted. */
    private record Plain(SettingsDecryptionRequest request) implements SettingsDecryptionResult {
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
            return List.of();
        }
    }

    private static Servers servers(String id, Map<String, String> configured) throws OcnixException {
        Server server = new Server();
        server.setId(id);
        server.setPassword("token");
        Settings settings = new Settings();
        settings.addServer(server);
        return Servers.of(settings, Plain::new, configured);
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

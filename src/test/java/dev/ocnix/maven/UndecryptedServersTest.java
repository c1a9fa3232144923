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
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

/** Entries of settings.xml, one of which Maven could not decrypt. */
class UndecryptedServersTest {
    private static final String SEALED = "{c2VhbGVk}";

    @Test
    void anEntryThatCannotBeDecryptedAndIsNotMeantIsAsGoodAsAbsent() throws Exception {
        Servers servers = Servers.of(settings("nexus.corp"), broken("server: nexus.corp"), Map.of("npm.corp:443", ""));
        assertEquals(Optional.empty(), servers.authorization("nexus.corp", 443, true));
    }

    @Test
    void anEntryThatCannotBeDecryptedAndIsMeantIsNamedWithoutItsContent() {
        for (Map<String, String> configured :
                List.of(Map.of("npm.corp:443", "nexus.corp"), Map.of("nexus.corp:443", ""))) {
            OcnixException refused = assertThrows(
                    OcnixException.class,
                    () -> Servers.of(settings("nexus.corp"), broken("server: nexus.corp"), configured));
            assertEquals(
                    "The password of the server nexus.corp in settings.xml cannot be decrypted; check"
                            + " settings-security.xml, or encrypt it again with mvn --encrypt-password.",
                    refused.getMessage());
        }
    }

    private static Settings settings(String id) {
        Server server = new Server();
        server.setId(id);
        server.setUsername("me");
        server.setPassword(SEALED);
        Settings settings = new Settings();
        settings.addServer(server);
        return settings;
    }

    /** What Maven's decrypter gives when it cannot: the entry as it was, and a problem. */
    private static SettingsDecrypter broken(String entry) {
        return request -> new SettingsDecryptionResult() {
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
                return request.getProxies().get(0);
            }

            @Override
            public List<Proxy> getProxies() {
                return request.getProxies();
            }

            @Override
            public List<SettingsProblem> getProblems() {
                return List.of(new DefaultSettingsProblem(
                        "Failed to decrypt", SettingsProblem.Severity.ERROR, entry, -1, -1, new Exception()));
            }
        };
    }
}

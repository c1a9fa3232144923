package dev.ocnix.maven;

import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The decrypted {@code <server>} and {@code <proxy>} entries of settings.xml. */
final class Servers {
    private static final int HTTPS_PORT = 443;

    /** How Maven calls a server in a problem, before its id. */
    private static final String SERVER = "server: ";

    private final Map<String, Server> byId;
    private final List<Proxy> proxies;
    private final Map<String, String> configured;

    private Servers(Map<String, Server> byId, List<Proxy> proxies, Map<String, String> configured) {
        this.byId = byId;
        this.proxies = proxies;
        this.configured = configured;
    }

    /**
     * Decrypts what settings.xml holds.
     *
     * @param configured {@code host:port} of what the user's own configuration names, to the id of the server whose
     *     credentials are meant for it, or to nothing
     * @throws OcnixException if an entry that this configuration uses cannot be decrypted; the message names the entry, never its content
     */
    static Servers of(Settings settings, SettingsDecrypter decrypter, Map<String, String> configured)
            throws OcnixException {
        DefaultSettingsDecryptionRequest request = new DefaultSettingsDecryptionRequest();
        request.setServers(settings.getServers());
        request.setProxies(settings.getProxies());
        SettingsDecryptionResult result = decrypter.decrypt(request);
        Map<String, Server> byId = new HashMap<>();
        result.getServers().forEach(server -> byId.put(server.getId(), server));
        List<String> problems = new ArrayList<>();
        for (SettingsProblem problem : result.getProblems()) {
            String entry = problem.getSource();
            if (entry.startsWith(SERVER)) {
                byId.remove(entry.substring(SERVER.length()));
            }
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING && isMeant(entry, configured)) {
                problems.add("The password of the " + entry.replace(": ", " ") + " in settings.xml cannot be decrypted;"
                        + " check settings-security.xml, or encrypt it again with mvn --encrypt-password.");
            }
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
        return new Servers(byId, List.copyOf(result.getProxies()), Map.copyOf(configured));
    }

    /** Whether a run may need an entry: a proxy, or a server for a configured address. Others are as good as absent. */
    private static boolean isMeant(String entry, Map<String, String> configured) {
        if (!entry.startsWith(SERVER)) {
            return true;
        }
        String id = entry.substring(SERVER.length());
        return configured.containsValue(id)
                || configured.keySet().stream().anyMatch(address -> address.equals(id) || address.startsWith(id + ":"));
    }

    /** The active proxies. */
    List<Proxy> proxies() {
        return proxies.stream().filter(Proxy::isActive).toList();
    }

    /**
     * The value of the Authorization header for a host: Basic with a user name, Bearer without one. A lockfile may name any
     * port and plain http, so those get credentials only where the user's own configuration names them.
     *
     * @return empty if settings.xml has no entry by the configured id, by {@code host:port} or by {@code host}
     */
    Optional<String> authorization(String host, int port, boolean isHttps) {
        String address = host + ":" + port;
        boolean isMeant = configured.containsKey(address);
        if (!isMeant && !isHttps) {
            return Optional.empty();
        }
        return server(configured.getOrDefault(address, ""))
                .or(() -> server(address))
                .or(() -> isMeant || port == HTTPS_PORT ? server(host) : Optional.empty())
                .flatMap(Servers::header);
    }

    private Optional<Server> server(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static Optional<String> header(Server server) {
        String password = server.getPassword();
        if (password == null || password.isEmpty()) {
            return Optional.empty();
        }
        String user = server.getUsername();
        return Optional.of(user == null || user.isEmpty() ? "Bearer " + password : basic(user, password));
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}

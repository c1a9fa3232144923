package dev.ocnix.maven;

import dev.ocnix.fetch.http.BaseUrls;
import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.Headers;
import okhttp3.HttpUrl;
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

    private final Map<String, Headers> byId;
    private final List<Proxy> proxies;
    private final BaseUrls configured;

    private Servers(Map<String, Headers> byId, List<Proxy> proxies, BaseUrls configured) {
        this.byId = byId;
        this.proxies = proxies;
        this.configured = configured;
    }

    /**
     * Decrypts what settings.xml holds.
     *
     * @param configured what the user's own configuration names, each with the id of the server that is meant for it
     * @throws OcnixException if an entry that this configuration uses cannot be decrypted or has headers that cannot be sent;
     *     the message names the entry, never its content
     */
    static Servers of(Settings settings, SettingsDecrypter decrypter, BaseUrls configured) throws OcnixException {
        DefaultSettingsDecryptionRequest request = new DefaultSettingsDecryptionRequest();
        request.setServers(settings.getServers());
        request.setProxies(settings.getProxies());
        SettingsDecryptionResult result = decrypter.decrypt(request);
        Map<String, Headers> byId = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Server server : result.getServers()) {
            ServerHeaders headers = new ServerHeaders(server, value -> decrypted(value, decrypter));
            if (headers.problems().isEmpty()) {
                byId.put(server.getId(), headers.headers());
            } else if (configured.isMeant(server.getId())) {
                problems.addAll(headers.problems());
            }
        }
        for (SettingsProblem problem : result.getProblems()) {
            String entry = problem.getSource();
            boolean isServer = entry.startsWith(SERVER);
            String id = isServer ? entry.substring(SERVER.length()) : "";
            byId.remove(id);
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING && (!isServer || configured.isMeant(id))) {
                problems.add("The password of the " + entry.replace(": ", " ") + " in settings.xml cannot be decrypted;"
                        + " check settings-security.xml, or encrypt it again with mvn --encrypt-password.");
            }
        }
        if (!problems.isEmpty()) {
            throw new OcnixException(OcnixException.Fault.INPUT, problems);
        }
        return new Servers(byId, List.copyOf(result.getProxies()), configured);
    }

    /** Maven itself decrypts passwords only. */
    private static Optional<String> decrypted(String value, SettingsDecrypter decrypter) {
        Server carrier = new Server();
        carrier.setId("httpHeaders");
        carrier.setPassword(value);
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(carrier));
        return result.getProblems().isEmpty()
                ? Optional.ofNullable(result.getServer().getPassword())
                : Optional.empty();
    }

    /** The active proxies. */
    List<Proxy> proxies() {
        return proxies.stream().filter(Proxy::isActive).toList();
    }

    /**
     * The headers that let a request in: those of the entry's httpHeaders, and an Authorization of its password, Basic with a
     * user name, Bearer without one. Of the configured URLs the longest that the URL stands below decides which entry that is;
     * without an id of its own it is the one by {@code host:port}, else by {@code host}. A lockfile may name any port and plain
     * http, so those get credentials only where the user's own configuration names them.
     *
     * @return empty if the URL is neither below a configured one nor on a host that settings.xml has an entry for
     */
    Optional<Headers> credentials(HttpUrl url) {
        Optional<String> id = configured.serverId(url);
        boolean isMeant = id.isPresent() || configured.isHost(url.host(), url.port());
        if (!isMeant && !url.isHttps()) {
            return Optional.empty();
        }
        Optional<Headers> found = id.map(byId::get)
                .or(() -> ofHost(url.host() + ":" + url.port()))
                .or(() -> isMeant || url.port() == HTTPS_PORT ? ofHost(url.host()) : Optional.empty());
        return id.isPresent() ? Optional.of(found.orElse(Headers.EMPTY)) : found;
    }

    private Optional<Headers> ofHost(String host) {
        return Optional.ofNullable(byId.get(host))
                .or(() -> byId.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(host))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}

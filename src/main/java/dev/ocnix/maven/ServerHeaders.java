package dev.ocnix.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.Headers;
import org.apache.maven.settings.Server;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The headers that a {@code <server>} asks to send: those of {@code configuration/httpHeaders/property}, each with {@code name}
 * and {@code value}, as Maven's own transports read them, and, unless they hold one, an Authorization of its password, Basic
 * with a user name, Bearer without one.
 */
final class ServerHeaders {
    /** Token of RFC 9110, section 5.6.2. */
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** What the exchange itself decides: its framing, its connection, and which bytes come back. */
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String AUTHORIZATION = "Authorization";

    private final Headers.Builder headers = new Headers.Builder();
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads one entry.
     *
     * @param decrypt gives an encrypted value in plain text, any other as it is, nothing if it cannot
     */
    ServerHeaders(Server server, Function<String, Optional<String>> decrypt) {
        if (server.getConfiguration() instanceof Xpp3Dom configuration) {
            for (Xpp3Dom list : configuration.getChildren("httpHeaders")) {
                for (Xpp3Dom property : list.getChildren("property")) {
                    add(server.getId(), property, decrypt);
                }
            }
        }
        if (headers.get(AUTHORIZATION) == null) {
            authorize(server);
        }
    }

    private void authorize(Server server) {
        String password = server.getPassword();
        if (password == null || password.isEmpty()) {
            return;
        }
        String user = server.getUsername();
        String value = user == null || user.isEmpty() ? "Bearer " + password : Servers.basic(user, password);
        if (isValue(value)) {
            headers.set(AUTHORIZATION, value);
        } else {
            problems.add("The password of the server " + server.getId()
                    + " in settings.xml has a character that no token has;" + " correct it, or give a username, too.");
        }
    }

    /** What is to be sent. */
    Headers headers() {
        return headers.build();
    }

    /** What is wrong with the entry, without any of its values. */
    List<String> problems() {
        return problems;
    }

    private void add(String id, Xpp3Dom property, Function<String, Optional<String>> decrypt) {
        Optional<String> name = text(property, "name");
        Optional<String> value = text(property, "value");
        if (name.isEmpty() || value.isEmpty()) {
            refuse(id, "a property without a name or without a value", "give it both");
        } else if (!name.get().matches(TOKEN)) {
            refuse(id, "a name that no header can have", "give letters, digits and dashes");
        } else if (isOurs(name.get())) {
            refuse(id, "the name " + name.get() + ", which the request itself sets", "leave it out");
        } else if (value.get().contains("${")) {
            refuse(id, "a value for " + name.get() + " from a variable that is not set", "set it, or write the value");
        } else {
            addPlain(id, name.get(), decrypt.apply(value.get()));
        }
    }

    private void addPlain(String id, String name, Optional<String> value) {
        if (value.isEmpty()) {
            refuse(
                    id,
                    "a value for " + name + " that cannot be decrypted",
                    "check settings-security.xml, or encrypt it again with mvn --encrypt-password");
        } else if (!isValue(value.get())) {
            refuse(
                    id,
                    "a value for " + name + " with a character that no header can have",
                    "give it in ASCII, on one line");
        } else {
            headers.set(name, value.get());
        }
    }

    /** Whether a text can be the value of a header. */
    static boolean isValue(String text) {
        return text.chars().allMatch(one -> one == '\t' || (one >= ' ' && one < 0x7f));
    }

    private void refuse(String id, String what, String advice) {
        problems.add("The httpHeaders of the server " + id + " in settings.xml have " + what + "; " + advice + ".");
    }

    private static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OURS.contains(lower) || lower.startsWith("proxy-");
    }

    private static Optional<String> text(Xpp3Dom property, String name) {
        return Optional.ofNullable(property.getChild(name))
                .map(Xpp3Dom::getValue)
                .map(String::trim)
                .filter(text -> !text.isEmpty());
    }
}

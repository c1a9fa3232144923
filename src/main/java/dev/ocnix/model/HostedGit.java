package dev.ocnix.model;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository on a host that Bun knows (src/install/hosted_git_info.zig, after npm's hosted-git-info).
 *
 * @param host such as {@code github}
 * @param shortcut whether it is written {@code host:owner/project} or {@code owner/project}
 * @param owner empty if there is none
 * @param committish what follows {@code #}, or empty
 */
public record HostedGit(String host, boolean shortcut, String owner, String project, String committish) {
    private static final Map<String, String> HOSTS = Map.of(
            "bitbucket.org", "bitbucket",
            "gist.github.com", "gist",
            "github.com", "github",
            "gitlab.com", "gitlab",
            "git.sr.ht", "sourcehut");
    private static final List<String> PROTOCOLS = List.of(
            "git", "git+file", "git+ftp", "git+http", "git+https", "git+rsync", "git+ssh", "http", "https", "ssh");
    private static final int LONGEST_PORT = 5;

    /** Whether a text is {@code owner/project}, perhaps with {@code #} and more. */
    static boolean isShorthand(String text) {
        int hash = text.indexOf('#');
        String path = hash < 0 ? text : text.substring(0, hash);
        int slash = path.indexOf('/');
        return !path.startsWith(".")
                && slash > 0
                && path.indexOf('/', slash + 1) < 0
                && slash < path.length() - 1
                && path.chars().noneMatch(c -> c == ':' || c == '@' || isBlank(c));
    }

    private static boolean isBlank(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Reads a range; empty if it names no repository on a known host. */
    public static Optional<HostedGit> of(String range) {
        String text = isShorthand(range) ? "github:" + range : range;
        int colon = text.indexOf(':');
        String protocol = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        if (HOSTS.containsValue(protocol)) {
            return shortcut(protocol, rest.startsWith("//") ? rest.substring(2) : rest);
        }
        if (PROTOCOLS.contains(protocol) || rest.startsWith("//")) {
            return located(rest.startsWith("//") ? rest.substring(2) : rest);
        }
        return located(text);
    }

    private static Optional<HostedGit> shortcut(String host, String rest) {
        Address address = Address.of(rest);
        String path = address.path().startsWith("/") ? address.path().substring(1) : address.path();
        path = path.substring(path.indexOf('@') + 1);
        int slash = path.lastIndexOf('/');
        String owner = slash < 0 ? "" : path.substring(0, slash);
        return decoded(host, true, owner, path.substring(slash + 1), address.fragment());
    }

    private static Optional<HostedGit> located(String rest) {
        Address address = Address.of(rest);
        String path = address.path();
        int slash = path.indexOf('/');
        String authority = slash < 0 ? path : path.substring(0, slash);
        path = slash < 0 ? "" : path.substring(slash + 1);
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = server.indexOf(':');
        if (colon >= 0) {
            String port = server.substring(colon + 1);
            if (port.length() > LONGEST_PORT || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
                path = slash < 0 ? port : port + "/" + path;
            }
            server = server.substring(0, colon);
        }
        Optional<String> host =
                Optional.ofNullable(HOSTS.get(server.startsWith("www.") ? server.substring("www.".length()) : server));
        return host.isPresent() ? placed(host.get(), path, address.fragment()) : Optional.empty();
    }

    private static Optional<HostedGit> placed(String host, String path, String fragment) {
        String[] parts = path.split("/", -1);
        String third = parts.length > 2 ? parts[2] : "";
        if (host.equals("gitlab")) {
            int slash = path.lastIndexOf('/');
            return slash < 1 || path.contains("/-/") || path.contains("/archive.tar.gz")
                    ? Optional.empty()
                    : decoded(host, false, path.substring(0, slash), path.substring(slash + 1), fragment);
        }
        if (host.equals("gist")) {
            boolean owned = parts.length > 1 && !parts[1].isEmpty();
            return third.equals("raw")
                    ? Optional.empty()
                    : decoded(host, false, owned ? parts[0] : "", parts[owned ? 1 : 0], fragment);
        }
        boolean tree = host.equals("github") && third.equals("tree");
        boolean unknown = host.equals("github")
                ? parts.length > 2 && !tree
                : third.equals(host.equals("bitbucket") ? "get" : "archive");
        if (parts.length < 2 || parts[0].isEmpty() || unknown) {
            return Optional.empty();
        }
        String branch = parts.length > 3 ? parts[3] : "";
        return decoded(host, false, parts[0], parts[1], tree ? branch : fragment);
    }

    private static Optional<HostedGit> decoded(
            String host, boolean shortcut, String owner, String project, String committish) {
        String name = project.endsWith(".git") ? project.substring(0, project.length() - ".git".length()) : project;
        if (name.isEmpty() && !shortcut) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HostedGit(host, shortcut, decode(owner), decode(name), decode(committish)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A URL behind its protocol, without its query. */
    private record Address(String path, String fragment) {
        static Address of(String text) {
            int hash = text.indexOf('#');
            String withoutFragment = hash < 0 ? text : text.substring(0, hash);
            int query = withoutFragment.indexOf('?');
            return new Address(
                    query < 0 ? withoutFragment : withoutFragment.substring(0, query),
                    hash < 0 ? "" : text.substring(hash + 1));
        }
    }
}

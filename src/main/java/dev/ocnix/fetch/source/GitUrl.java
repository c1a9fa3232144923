package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.UserInfo;
import dev.ocnix.model.Visible;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a git repository is: a folder of this machine, or an http(s) URL. */
public sealed interface GitUrl {
    /** A bare repository, or a folder that holds {@code .git}. */
    record Folder(Path path) implements GitUrl {}

    /** A repository behind http or https. */
    record Remote(String url) implements GitUrl {}

    /** Hosts that serve over https whatever they serve over ssh. */
    Set<String> PUBLIC_HOSTS =
            Set.of("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht", "gitee.com");

    /**
     * Reads a clone URL as git and npm write it: {@code git+} before it, {@code ssh://git@host/path}, {@code git@host:path},
     * {@code git://host/path}, {@code http(s)://…}, {@code file:…}.
     *
     * @throws OcnixException for ssh and git URLs of hosts that are not known to be public, naming the https form, and for
     *     anything else
     */
    static GitUrl parse(String text) throws OcnixException {
        String url = text.startsWith("git+") ? text.substring("git+".length()) : text;
        String lower = url.toLowerCase(Locale.ROOT);
        if (UserInfo.isIn(url)) {
            throw OcnixException.input("The git URL of " + host(url)
                    + " carries credentials; put them into a <server> of settings.xml and leave them out of the URL.");
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return Https.checked(url);
        }
        if (lower.startsWith("file:")) {
            return new Folder(fileOf(url));
        }
        Optional<String> https = Https.formOf(url);
        if (https.isEmpty()) {
            throw OcnixException.input("\"" + text
                    + "\" is no git URL that can be fetched; give an http(s) or file URL, or a GitHub owner/name.");
        }
        if (!PUBLIC_HOSTS.contains(host(https.get()))) {
            throw OcnixException.input("The git URL \"" + text
                    + "\" needs ssh or the git protocol, which are not spoken here; use " + https.get() + " instead.");
        }
        return Https.checked(https.get());
    }

    /**
     * A clone URL as a tree writes it, so that whoever builds the tree fetches as we do: the https form of what has one, anything
     * else as it is.
     */
    static String written(String text) {
        try {
            return parse(text) instanceof Remote remote ? remote.url() : text;
        } catch (OcnixException e) {
            // told where it is fetched; with a mirror it only is a name
            return text;
        }
    }

    /** Reads a mirror's location: a folder that exists, else a URL. */
    static GitUrl parseMirror(String location) throws OcnixException {
        try {
            Path folder = Path.of(location);
            if (Files.isDirectory(folder)) {
                return new Folder(folder);
            }
        } catch (InvalidPathException e) {
            return parse(location);
        }
        if (!location.contains(":")) {
            throw OcnixException.input("The git mirror " + location
                    + " is no folder; set ocnix.gitMirror to a clone of the repository, or to its URL.");
        }
        return parse(location);
    }

    private static String host(String url) {
        String rest = url.substring(url.indexOf("://") + "://".length());
        String authority = rest.split("[/?#]", 2)[0];
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static Path fileOf(String url) throws OcnixException {
        try {
            URI uri = new URI(url);
            boolean local = uri.getHost() == null || uri.getHost().equals("localhost");
            if (local && uri.getPath() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return Path.of(new URI("file", null, uri.getPath(), null));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // told below
        }
        throw OcnixException.input(
                "\"" + url + "\" names no folder of this machine; write it as file:///path/to/repository.");
    }

    /** The https form of the URLs that need another protocol. */
    final class Https {
        private static final Pattern URL =
                Pattern.compile("(?:ssh|git|git\\+ssh)://(?:[^/@]*@)?([A-Za-z0-9.-]+)(?::[0-9]+)?/(.+)");
        private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?([A-Za-z0-9.-]+\\.[A-Za-z0-9-]+):(?!/)(.+)");
        private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~/+@%-]+");

        private static final int MAX_LENGTH = 2048;
        private static final int SHOWN = 200;
        private static final Pattern STRICT =
                Pattern.compile("(?i)https?://(?:[a-z0-9_][a-z0-9_.-]{0,252}|\\[[0-9a-f:.]{2,45}])"
                        + "(?::[0-9]{1,5})?(?:/[a-z0-9._~/+@%!$&()*,;=:?-]*)?");
        private static final Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

        private Https() {}

        /** Whether curl, git and we read it alike. */
        static Remote checked(String url) throws OcnixException {
            if (url.length() > MAX_LENGTH
                    || !STRICT.matcher(url).matches()
                    || DOTS.matcher(url).find()) {
                throw OcnixException.input(Visible.quoted(url, SHOWN)
                        + " is no well-formed URL of a git repository; give one with a host name, percent-encoded and without"
                        + " \"..\" and fragment.");
            }
            return new Remote(url);
        }

        static Optional<String> formOf(String url) {
            for (Pattern pattern : new Pattern[] {URL, SCP}) {
                Matcher matcher = pattern.matcher(url);
                if (matcher.matches() && PATH.matcher(matcher.group(2)).matches()) {
                    String host = matcher.group(1).toLowerCase(Locale.ROOT);
                    return Optional.of("https://" + host + "/" + matcher.group(2));
                }
            }
            return Optional.empty();
        }
    }
}

package dev.ocnix.nix;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PrivateHost;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http(s) URL that is safe to write into a tree: on a public host, without user-info, percent-encoded so that neither
 * curl's globbing nor a shell sees anything in it.
 *
 * @param text the URL as it is written
 */
public record TarballUrl(String text) {
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    // RFC 3986, appendix B, with an authority
    private static final Pattern URL =
            Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern HOST_AND_PORT = Pattern.compile(
            "([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*)(?::([0-9]{1,5}))?");

    private static final Pattern DOTS = Pattern.compile("(?i)[/\\\\](\\.|%2e){1,2}([/\\\\]|$)");

    /** What stands unencoded in a path or query. */
    private static final String PLAIN = "-._~!$&(),;=:@/?+";

    public TarballUrl {
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw new IllegalArgumentException("not an http(s) URL: " + text);
        }
    }

    /**
     * Checks and encodes a URL.
     *
     * @param id whose tarball it is, for messages
     * @param recorded what the lockfile says of the content; plain http needs a sha512
     * @param configured hosts, {@code host} or {@code host:port} in lower case, that the project's registries or the
     *     user's mirrors name and that may therefore be private
     * @throws OcnixException naming the package, if the URL is malformed or must not be fetched
     */
    public static TarballUrl of(String url, PackageId id, Optional<Sri> recorded, Set<String> configured)
            throws OcnixException {
        Matcher parts = URL.matcher(url);
        if (url.length() > MAX_LENGTH || !parts.matches()) {
            throw refused(url, id, "is no URL of at most " + MAX_LENGTH + " characters");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(url, id, "has the scheme " + scheme + ", and only https and http are fetched");
        }
        HashAlgorithm guard = HashAlgorithm.SHA512;
        if (scheme.equals("http")
                && recorded.filter(sri -> sri.algorithm() == guard).isEmpty()) {
            String found = recorded.map(sri -> sri.algorithm().prefix()).orElse("nothing");
            throw refused(url, id, "is plain http, which needs a sha512 in the lockfile, not " + found);
        }
        String authority = authority(url, scheme, parts.group(2), id, configured);
        if (DOTS.matcher(parts.group(3)).find()) {
            throw refused(url, id, "has a path with \".\" or \"..\", which servers and clients read differently");
        }
        String path = parts.group(3).isEmpty() ? "/" : encode(url, parts.group(3), id);
        String query = parts.group(4) == null ? "" : encode(url, parts.group(4), id);
        return new TarballUrl(scheme + "://" + authority + path + query);
    }

    /** Whether it travels unencrypted, which a report should say. */
    public boolean isPlainHttp() {
        return text.startsWith("http:");
    }

    private static String authority(String url, String scheme, String authority, PackageId id, Set<String> configured)
            throws OcnixException {
        if (authority.indexOf('@') >= 0) {
            // the message must not repeat a password
            throw refused("", id, "carries user-info; put credentials into settings.xml and the netrc of Nix");
        }
        Matcher matcher = HOST_AND_PORT.matcher(authority);
        if (!matcher.matches()) {
            throw refused(url, id, "has no plain host name");
        }
        String host = matcher.group(1).toLowerCase(Locale.ROOT);
        String port = matcher.group(4);
        if (port != null && (Integer.parseInt(port) == 0 || Integer.parseInt(port) > MAX_PORT)) {
            throw refused(url, id, "has the impossible port " + port);
        }
        String full = port == null ? host : host + ":" + Integer.parseInt(port);
        String withPort = port == null ? host + (scheme.equals("https") ? ":443" : ":80") : full;
        boolean isConfigured = configured.contains(host) || configured.contains(withPort);
        if (!isConfigured && PrivateHost.is(host)) {
            throw OcnixException.input(about(url, id) + PrivateHost.REFUSAL + ".");
        }
        return full;
    }

    private static String encode(String url, String part, PackageId id) throws OcnixException {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b < ' ' || b == 0x7f) {
                throw refused(url, id, "holds a control character");
            }
            boolean keep =
                    isLetterOrDigit(b) || (b < 0x80 && PLAIN.indexOf(b) >= 0) || (b == '%' && isEscape(bytes, i));
            if (keep) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private static boolean isEscape(byte[] bytes, int i) {
        return i + 2 < bytes.length && Character.digit(bytes[i + 1], 16) >= 0 && Character.digit(bytes[i + 2], 16) >= 0;
    }

    private static OcnixException refused(String url, PackageId id, String why) {
        return OcnixException.input(about(url, id) + why + "; correct it in package.json and run bun install.");
    }

    private static String about(String url, PackageId id) {
        String shown = url.length() > 200 ? url.substring(0, 200) + "…" : url;
        return "The tarball URL of " + printable(id.toString()) + (shown.isEmpty() ? "" : ", " + printable(shown) + ",")
                + " ";
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> printable.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return printable.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.ocnix.lockfile;

import dev.ocnix.model.Registries;
import dev.ocnix.model.ScpAddress;
import dev.ocnix.model.UserInfo;
import java.util.Optional;

/** How the readers write down URLs, so that both formats say the same. */
public final class Urls {
    /** What the URLs of tarballs in npm's own registry begin with. */
    public static final String NPM_PREFIX = Registries.NPM + "/";

    private static final String SSH_PREFIX = "ssh://";

    private Urls() {}

    /** The URL of an npm tarball as {@code Resolution.Npm} holds it: empty if it is below npm's own registry. */
    public static Optional<String> tarball(String recorded) {
        return recorded.isEmpty() || recorded.startsWith(NPM_PREFIX) ? Optional.empty() : Optional.of(recorded);
    }

    /**
     * The clone URL of a git dependency: without {@code git+}, and without the {@code ssh://} that Bun puts before
     * {@code user@host:path} when it prints it. One with a password stays a URL, so that the password is known for one.
     */
    public static String clone(String recorded) {
        String url = recorded.startsWith("git+") ? recorded.substring(4) : recorded;
        if (url.startsWith(SSH_PREFIX) && !UserInfo.isIn(url)) {
            String rest = url.substring(SSH_PREFIX.length());
            if (ScpAddress.matches(rest) && !startsWithPort(rest)) {
                return rest;
            }
        }
        return url;
    }

    private static boolean startsWithPort(String rest) {
        int i = rest.indexOf(':') + 1;
        if (i == 0) {
            return true;
        }
        int start = i;
        while (i < rest.length() && Character.isDigit(rest.charAt(i))) {
            i++;
        }
        return i > start && (i == rest.length() || rest.charAt(i) == '/');
    }
}

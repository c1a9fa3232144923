package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.Urls;
import dev.ocnix.model.RangeKind;
import java.util.Set;

/** Tells from a range alone how Bun understands it (src/install/dependency.zig). */
final class RangeKinds {
    private static final Set<String> HOSTS = Set.of("bitbucket", "github", "gitlab");
    private static final String GITHUB = "github.com/";

    private RangeKinds() {}

    static RangeKind of(String range) {
        String text = withoutLeadingBlanks(range);
        while (isAlias(text)) {
            int at = text.indexOf('@', "npm:".length() + 1);
            if (at < 0) {
                return RangeKind.NPM;
            }
            text = text.substring(at + 1);
        }
        return ofTarget(text);
    }

    private static boolean isAlias(String text) {
        return text.startsWith("npm:") && text.length() > "npm:".length();
    }

    private static RangeKind ofTarget(String text) {
        if (text.isEmpty()) {
            return RangeKind.DIST_TAG;
        }
        char first = text.charAt(0);
        if ("=><^*|".indexOf(first) >= 0) {
            return RangeKind.NPM;
        }
        if (first == '.' || first == '/' || text.startsWith("~/") || text.startsWith("file:") || isDrive(text)) {
            return isTarball(text) ? RangeKind.TARBALL : RangeKind.FOLDER;
        }
        if (first == '~') {
            return RangeKind.NPM;
        }
        if (isDigit(first)) {
            return isTarball(text) ? RangeKind.TARBALL : RangeKind.NPM;
        }
        return word(text);
    }

    private static RangeKind word(String text) {
        if (text.startsWith("catalog:")) {
            return RangeKind.CATALOG;
        }
        if (text.startsWith("link:")) {
            return RangeKind.SYMLINK;
        }
        if (text.startsWith("workspace:")) {
            return RangeKind.WORKSPACE;
        }
        if (text.equals("x") || text.equals("X") || text.startsWith("x.") || text.startsWith("X.")) {
            return RangeKind.NPM;
        }
        if (text.startsWith("patch:")) {
            return RangeKind.NPM;
        }
        if (text.startsWith("git")) {
            RangeKind kind = git(text.substring("git".length()));
            if (kind != RangeKind.UNINITIALIZED) {
                return kind;
            }
        }
        if (text.startsWith("http") && text.length() > "http".length() + 2) {
            return http(text.substring("http".length()));
        }
        if (text.startsWith("ssh") && isHosted(withoutUser(after(text.substring("ssh".length()), "://")))) {
            return RangeKind.GIT;
        }
        return other(text);
    }

    /** @return uninitialized if the rest does not tell */
    private static RangeKind git(String rest) {
        if (rest.length() <= 2) {
            return RangeKind.UNINITIALIZED;
        }
        if (rest.startsWith("://")) {
            return repository(rest.substring("://".length()));
        }
        if (rest.startsWith("+ssh:") || rest.startsWith("+file:")) {
            return RangeKind.GIT;
        }
        if (rest.startsWith("+http://") || rest.startsWith("+https://")) {
            return repository(rest.substring(rest.indexOf("://") + "://".length()));
        }
        return rest.startsWith("hub:") && isGitHubPath(rest.substring("hub:".length()))
                ? RangeKind.GITHUB
                : RangeKind.UNINITIALIZED;
    }

    private static RangeKind repository(String url) {
        return url.startsWith(GITHUB) && isGitHubPath(url.substring(GITHUB.length()))
                ? RangeKind.GITHUB
                : RangeKind.GIT;
    }

    private static RangeKind http(String rest) {
        String url = after(after(rest, "s://"), "://");
        if (url.startsWith(GITHUB)) {
            String path = url.substring(GITHUB.length());
            String[] parts = path.split("/", -1);
            if (isTarball(path) || (parts.length > 2 && parts[2].equals("tarball"))) {
                return RangeKind.TARBALL;
            }
            if (isGitHubPath(path)) {
                return RangeKind.GITHUB;
            }
        }
        return isHosted(url) ? RangeKind.GIT : RangeKind.TARBALL;
    }

    private static RangeKind other(String text) {
        if (isTarball(text)) {
            return RangeKind.TARBALL;
        }
        if (isGitHubPath(text)) {
            return RangeKind.GITHUB;
        }
        if (Urls.isScpLike(text)) {
            return RangeKind.GIT;
        }
        if (text.startsWith("v")) {
            return text.length() > 1 && isDigit(text.charAt(1)) ? RangeKind.NPM : RangeKind.DIST_TAG;
        }
        return text.indexOf('|') < 0 ? RangeKind.DIST_TAG : RangeKind.NPM;
    }

    private static boolean isHosted(String url) {
        int dot = url.indexOf('.');
        return dot >= 0 && HOSTS.contains(url.substring(0, dot));
    }

    private static String withoutUser(String url) {
        return url.length() > 4 ? after(url, "git@") : url;
    }

    private static String after(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutLeadingBlanks(String text) {
        int i = 0;
        while (i < text.length() && " \t\n\r".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return text.substring(i);
    }

    private static boolean isTarball(String text) {
        return text.endsWith(".tgz") || text.endsWith(".tar.gz");
    }

    private static boolean isDrive(String text) {
        return text.length() > 2 && isLetter(text.charAt(0)) && text.startsWith(":/", 1);
    }

    /** {@code owner/repository}, then perhaps {@code #} and more; the owner has neither dots nor underscores. */
    private static boolean isGitHubPath(String text) {
        int slash = -1;
        int hash = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                slash = slash < 0 ? i : slash;
            } else if (c == '#') {
                if (hash >= 0 || slash < 0) {
                    return false;
                }
                hash = i;
            } else if (c == '.' || c == '_') {
                if (slash < 0) {
                    return false;
                }
            } else if (c != '-' && !isLetter(c) && !isDigit(c)) {
                return false;
            }
        }
        return text.length() >= 3 && slash > 0 && slash != text.length() - 1 && hash != text.length() - 1;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

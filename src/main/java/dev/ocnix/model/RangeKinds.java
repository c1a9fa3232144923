package dev.ocnix.model;

import java.util.Optional;

/** Tells from a range alone how Bun understands it (src/install/dependency.zig). */
public final class RangeKinds {
    private static final String ALIAS = "npm:";
    private static final String GITHUB = "github.com/";

    private RangeKinds() {}

    /** The kind of a range as a manifest writes it. */
    public static RangeKind of(String range) {
        String text = withoutLeadingBlanks(range);
        int start = 0;
        while (text.startsWith(ALIAS, start) && text.length() > start + ALIAS.length()) {
            int at = text.indexOf('@', start + ALIAS.length() + 1);
            if (at < 0) {
                return RangeKind.NPM;
            }
            start = at + 1;
        }
        return ofTarget(text.substring(start));
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
            Optional<RangeKind> kind = git(text.substring("git".length()));
            if (kind.isPresent()) {
                return kind.get();
            }
        }
        if (text.startsWith("http") && text.length() > "http".length() + 2) {
            return http(text);
        }
        if (text.startsWith("ssh") && text.length() > "ssh".length() + 2) {
            return HostedGit.of(text).map(RangeKinds::hosted).orElse(RangeKind.GIT);
        }
        return other(text);
    }

    /** @return empty if the rest does not tell */
    private static Optional<RangeKind> git(String rest) {
        if (rest.startsWith("+ssh:") || rest.startsWith("+file:")) {
            return Optional.of(RangeKind.GIT);
        }
        if (rest.startsWith("://") || rest.startsWith("+http://") || rest.startsWith("+https://")) {
            String url = rest.substring(rest.indexOf("://") + "://".length());
            boolean hub = url.startsWith(GITHUB) && HostedGit.isShorthand(url.substring(GITHUB.length()));
            return Optional.of(hub ? RangeKind.GITHUB : RangeKind.GIT);
        }
        return rest.startsWith("hub:") && HostedGit.isShorthand(rest.substring("hub:".length()))
                ? Optional.of(RangeKind.GITHUB)
                : Optional.empty();
    }

    private static RangeKind http(String text) {
        String url = after(after(text.substring("http".length()), "s://"), "://");
        if (url.startsWith(GITHUB)) {
            String path = url.substring(GITHUB.length());
            String[] parts = path.split("/", -1);
            if (isTarball(path) || (parts.length > 2 && parts[2].equals("tarball"))) {
                return RangeKind.TARBALL;
            }
            if (HostedGit.isShorthand(path)) {
                return RangeKind.GITHUB;
            }
        }
        return HostedGit.of(text).map(RangeKinds::hosted).orElse(RangeKind.TARBALL);
    }

    private static RangeKind hosted(HostedGit repository) {
        return repository.host().equals("github") && repository.shortcut() ? RangeKind.GITHUB : RangeKind.GIT;
    }

    private static RangeKind other(String text) {
        if (isTarball(text)) {
            return RangeKind.TARBALL;
        }
        if (HostedGit.isShorthand(text)) {
            return RangeKind.GITHUB;
        }
        boolean version = text.startsWith("v");
        if (ScpAddress.matches(text)) {
            return version
                    ? RangeKind.GIT
                    : HostedGit.of(text).map(RangeKinds::hosted).orElse(RangeKind.GIT);
        }
        if (version) {
            return text.length() > 1 && isDigit(text.charAt(1)) ? RangeKind.NPM : RangeKind.DIST_TAG;
        }
        return text.indexOf('|') < 0 ? RangeKind.DIST_TAG : RangeKind.NPM;
    }

    private static String after(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    /** Without what Bun skips before it looks at a range. */
    public static String withoutLeadingBlanks(String text) {
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

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

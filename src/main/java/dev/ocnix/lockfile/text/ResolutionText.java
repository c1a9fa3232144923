package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.Urls;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.ScpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells from the text after {@code name@} what kind of resolution it is, in Bun's order. */
final class ResolutionText {
    private static final Pattern VERSION =
            Pattern.compile("[0-9]{1,20}\\.[0-9]{1,20}\\.[0-9]{1,20}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?");

    private ResolutionText() {}

    /** The resolution, or empty if the text is none. The URL of an npm package stands elsewhere in the entry. */
    static Optional<Resolution> parse(String text) {
        if (text.equals("root:")) {
            return Optional.of(new Resolution.Root());
        }
        if (text.startsWith("link:")) {
            return Optional.of(new Resolution.Link(text.substring("link:".length())));
        }
        if (text.startsWith("workspace:")) {
            return Optional.of(new Resolution.Workspace(text.substring("workspace:".length())));
        }
        if (text.startsWith("file:")) {
            return Optional.of(new Resolution.Folder(text.substring("file:".length())));
        }
        if (text.startsWith("github:")) {
            return gitHub(text.substring("github:".length()));
        }
        if (isGit(text)) {
            return Optional.of(git(text));
        }
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return Optional.of(new Resolution.RemoteTarball(text));
        }
        if (isTarball(text.toLowerCase(Locale.ROOT))) {
            return Optional.of(new Resolution.LocalTarball(text));
        }
        return VERSION.matcher(text).matches()
                ? Optional.of(new Resolution.Npm(text, Optional.empty()))
                : Optional.empty();
    }

    private static boolean isGit(String text) {
        return text.startsWith("git+")
                || text.startsWith("git://")
                || text.startsWith("ssh://")
                || (text.startsWith("git@") && ScpAddress.matches(text));
    }

    private static boolean isTarball(String lowerCase) {
        return lowerCase.endsWith(".tgz") || lowerCase.endsWith(".tar.gz") || lowerCase.endsWith(".tar");
    }

    private static Resolution git(String text) {
        int hash = text.lastIndexOf('#');
        return hash < 0
                ? new Resolution.Git(Urls.clone(text), "")
                : new Resolution.Git(Urls.clone(text.substring(0, hash)), text.substring(hash + 1));
    }

    private static Optional<Resolution> gitHub(String text) {
        int hash = text.lastIndexOf('#');
        String repository = hash < 0 ? text : text.substring(0, hash);
        int slash = repository.lastIndexOf('/');
        if (slash <= 0 || slash == repository.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new Resolution.GitHub(
                repository.substring(0, slash),
                repository.substring(slash + 1),
                hash < 0 ? "" : text.substring(hash + 1)));
    }
}

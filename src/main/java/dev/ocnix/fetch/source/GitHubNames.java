package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import java.util.regex.Pattern;

/** The addresses of repositories on GitHub. */
final class GitHubNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private GitHubNames() {}

    /** @throws OcnixException if owner or name could not be one on GitHub, and so would change the URL's meaning */
    static String url(String base, String owner, String repo) throws OcnixException {
        if (!isName(owner) || !isName(repo)) {
            throw OcnixException.input("\"" + owner + "/" + repo
                    + "\" is no repository on GitHub: owner and name are letters, digits, dots, dashes and underscores;"
                    + " correct the name.");
        }
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return root + "/" + owner + "/" + repo;
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }
}

package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.UserInfo;
import dev.ocnix.model.Visible;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what names a repository or a commit, before it is written for a fetcher that runs git or curl. */
final class RepositoryUrl {
    private static final Pattern URL = Pattern.compile("(https?|git|ssh)://[^/\\s]+/\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCP = Pattern.compile("[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+:[^\\s]+");
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,255}");
    private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9.-]+(?::[0-9]{1,5})?)/?");

    private RepositoryUrl() {}

    /** A clone URL that git takes as a URL and nothing else: no option, no transport helper, no local path. */
    static String checked(String url, String what) throws OcnixException {
        boolean scp = url.indexOf("://") < 0 && SCP.matcher(url).matches() && !url.startsWith("-");
        boolean plain = url.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"'`\\{}[]<>|^".indexOf(c) < 0);
        if (!plain || (!scp && !URL.matcher(url).matches())) {
            throw OcnixException.input(
                    "The git URL of " + what
                            + " is not one of https, http, ssh, git or user@host:path; correct it in package.json or in ocnix.repository.");
        }
        if (UserInfo.isIn(url)) {
            throw OcnixException.input("The git URL of " + what
                    + " carries user-info, which must not reach a tree; put credentials into settings.xml.");
        }
        return url;
    }

    /** An owner or a repository on GitHub. */
    static String name(String name, String what) throws OcnixException {
        if (!NAME.matcher(name).matches()) {
            throw OcnixException.input("The GitHub repository of " + what + " has a name that GitHub cannot have, "
                    + Visible.quoted(name) + "; correct it in package.json.");
        }
        return name;
    }

    /** A full commit id. */
    static String commit(String commit, String what) throws OcnixException {
        if (!Revisions.isCommitOfAnyFormat(commit)) {
            throw OcnixException.input("The commit of " + what + " is not a full commit id but "
                    + Visible.quoted(commit) + "; run bun install to lock it.");
        }
        return commit;
    }

    /** The host name of a GitHub base URL, which is what nixpkgs calls {@code githubBase}. */
    static String host(String baseUrl, String what) throws OcnixException {
        Matcher matcher = HOST.matcher(baseUrl);
        if (!matcher.matches()) {
            throw OcnixException.input(
                    "The GitHub host of " + what + " is not of the form https://host; correct ocnix.githubUrl.");
        }
        return matcher.group(1).toLowerCase(Locale.ROOT);
    }
}

package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.Locale;
import java.util.regex.Pattern;

/** Paths that stay where they belong. */
final class SafePath {
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}|:.*|[. ]++$");

    private SafePath() {}

    /**
     * A path of the source that stays in it; a leading {@code ./} is dropped.
     *
     * @param whose for the message
     * @throws OcnixException if it is absolute, climbs, or holds a backslash or a control character
     */
    static String inSource(String path, String whose) throws OcnixException {
        String plain = withoutDot(path);
        if (plain.isEmpty() || plain.equals(".")) {
            return plain;
        }
        if (!isContained(plain)) {
            throw OcnixException.input("The path " + Visible.quoted(path) + " of " + whose
                    + " leads out of the source or is no plain path; correct it in package.json or in the profile.");
        }
        return plain;
    }

    /** The path without any leading {@code ./}. */
    static String withoutDot(String path) {
        String plain = path;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        return plain;
    }

    /** Whether a file of a tree may have the path: git's own files, and those of a run that is writing, are never ours. */
    static boolean isOurs(String path) {
        if (!isContained(path) || path.endsWith("/")) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            if (isGits(segment) || Staging.isName(segment)) {
                return false;
            }
        }
        return true;
    }

    /** As some file system or other would have it. */
    private static boolean isGits(String segment) {
        String name = UNSEEN.matcher(segment).replaceAll("").toLowerCase(Locale.ROOT);
        return name.equals(".git") || name.equals("git~1");
    }

    /** Whether a path is relative, made of plain segments, and cannot climb. */
    static boolean isContained(String path) {
        if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
            return false;
        }
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String segment : trimmed.split("/", -1)) {
            if (segment.isEmpty() || segment.equals("..") || segment.equals(".")) {
                return false;
            }
        }
        return true;
    }
}

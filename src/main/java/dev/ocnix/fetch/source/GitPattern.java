package dev.ocnix.fetch.source;

import java.util.Optional;

/**
 * The pattern of a line in a .gitattributes file (gitattributes(5), gitignore(5)), as git's dir.c and attr.c match it. Paths and
 * patterns are texts whose chars each stand for one byte.
 *
 * @param prefix what the path begins with, before anything that has a meaning
 * @param rest matches what follows; nothing does if it is empty
 * @param nameOnly whether the last name of a path alone is looked at
 * @param folderOnly whether only folders match
 */
record GitPattern(String prefix, Optional<GitGlob> rest, boolean nameOnly, boolean folderOnly) {
    private static final int COMPARISON = 50;
    private static final String SPECIAL = "*?[\\";

    static GitPattern of(String text) {
        boolean folderOnly = text.endsWith("/");
        String pattern = folderOnly ? text.substring(0, text.length() - 1) : text;
        boolean nameOnly = pattern.indexOf('/') < 0;
        String relative = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        int plain = 0;
        while (plain < relative.length() && SPECIAL.indexOf(relative.charAt(plain)) < 0) {
            plain++;
        }
        // git forgets what was before the first special byte, so that "a**/b" matches "a/x/b"
        String prefix = nameOnly ? "" : relative.substring(0, plain);
        return new GitPattern(prefix, GitGlob.parse(relative.substring(prefix.length())), nameOnly, folderOnly);
    }

    /** How much work {@link #matches} is at most, in steps of some nanoseconds. */
    long cost(String path) {
        return COMPARISON
                + path.length() / 8
                + rest.map(glob -> glob.cost(path)).orElse(0L);
    }

    /** @param path relative to the file of the pattern, without a slash at its end */
    boolean matches(String path, boolean folder) {
        if (folderOnly && !folder) {
            return false;
        }
        String text = nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path;
        return text.startsWith(prefix)
                && rest.filter(glob -> glob.matches(text.substring(prefix.length())))
                        .isPresent();
    }
}

package dev.ocnix.nix;

import dev.ocnix.model.PackageId;

/** The names that fetched things get in the Nix store. */
final class FetchName {
    private static final int MAX_LENGTH = 200;
    private static final String ALLOWED = "+._?=-";

    private FetchName() {}

    /** {@code <scope->name-version.tgz}, with only characters that a store path may have. */
    static String tarball(PackageId id) {
        String version = withoutSuffix(withoutSuffix(id.resolution(), ".tgz"), ".tar.gz");
        String stem = sanitise(unscoped(id.name()) + "-" + version);
        return stem.substring(0, Math.min(stem.length(), MAX_LENGTH - 4)) + ".tgz";
    }

    /** {@code <scope->name-<commit>} of a checkout, or likewise of a folder. */
    static String folder(PackageId id, String version) {
        return sanitise(unscoped(id.name()) + "-" + version);
    }

    /** {@code <scope->name-version} as a file name that a Nix path literal can hold. */
    static String plainFile(PackageId id) {
        return plain(folder(id, id.resolution()), "patch");
    }

    /** A path as a file name that a Nix path literal can hold. */
    static String plainFile(String path) {
        return plain(sanitise(path), "file");
    }

    private static String plain(String text, String otherwise) {
        String name = text.replaceAll("[?=]", "-").replaceAll("^[^A-Za-z0-9_]+", "");
        return name.isEmpty() ? otherwise : name;
    }

    /** Any text as a store path's name: each character outside of {@code [A-Za-z0-9+._?=-]} becomes a dash. */
    static String sanitise(String text) {
        StringBuilder name = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(c -> name.append(isAllowed(c) ? (char) c : '-'));
        if (name.isEmpty() || name.charAt(0) == '.') {
            name.replace(0, Math.min(1, name.length()), "-");
        }
        return name.toString();
    }

    private static String unscoped(String name) {
        return name.startsWith("@") ? name.substring(1) : name;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ALLOWED.indexOf(c) >= 0;
    }
}

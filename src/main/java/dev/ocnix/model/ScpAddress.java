package dev.ocnix.model;

/** The way to name a repository that git has from scp: {@code user@host:path}. */
public final class ScpAddress {
    private static final int SHORTEST = 3;

    private ScpAddress() {}

    /** Whether git takes a text as such an address, as Bun decides it. */
    public static boolean matches(String url) {
        if (url.length() < SHORTEST) {
            return false;
        }
        int at = -1;
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '@' && at < 0) {
                at = i;
            } else if (c == ':') {
                return !url.startsWith("//", i + 1) && i > (at < 0 ? 0 : at + 1);
            } else if (c == '/') {
                return at >= 0 && i > at + 1;
            }
        }
        return false;
    }
}

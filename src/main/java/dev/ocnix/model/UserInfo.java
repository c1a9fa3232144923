package dev.ocnix.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can stand before the host of a URL (RFC 3986, section 3.2.1): a user and often a password or a token, which must reach
 * neither tree nor log. The bare user of an ssh URL, as in {@code ssh://git@host}, is no secret.
 */
public final class UserInfo {
    private static final Pattern PLACE = Pattern.compile("(?i)(https?)?://([^/?#\\s]*)@");

    private UserInfo() {}

    /** Whether a URL carries what may be a secret. */
    public static boolean isIn(String url) {
        return !hidden(url).equals(url);
    }

    /** A text in which each URL's user-info, if it may be a secret, is replaced by an ellipsis. */
    public static String hidden(String text) {
        return PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isSecret(found.group(1) != null, found.group(2))
                                ? before(found.group()) + "…@"
                                : found.group()));
    }

    private static boolean isSecret(boolean http, String userInfo) {
        return !userInfo.equals("…") && (http || userInfo.indexOf(':') >= 0);
    }

    private static String before(String place) {
        return place.substring(0, place.indexOf("://") + "://".length());
    }
}

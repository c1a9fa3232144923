package dev.ocnix.addon;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JavaScript file shows that an install script might run.
 *
 * @param downloads whether it seems to fetch something
 * @param skipVariable an environment variable that seems to keep it from that
 */
record LocalScript(boolean downloads, Optional<String> skipVariable) {
    /** A file above this many bytes is not read. */
    static final int MAX_BYTES = 256 << 10;

    private static final int MAX_DEPTH = 4;
    private static final Pattern FILE = Pattern.compile("(?i).*\\.[cm]?js");
    private static final Pattern PLAUSIBLE = Pattern.compile(
            "(?i)(.*/)?(scripts?|install)/.*|.*(install|download|prebuil|setup|build|check|fetch|script)[^/]*");
    private static final Pattern NETWORK = Pattern.compile(
            "(?i)https?\\.(get|request)\\b|\\bfetch\\s*\\(|\\brequest\\s*\\(|\\baxios\\b|\\bgot\\s*\\(");
    private static final Pattern SKIP = Pattern.compile("\\b[A-Z][A-Z0-9_]{0,80}_SKIP_[A-Z0-9_]{0,80}[A-Z0-9]\\b");

    /** Whether a file's name makes it worth reading; package.json may come later and say that it is run. */
    static boolean isPlausible(String path, long size) {
        return size <= MAX_BYTES
                && path.chars().filter(c -> c == '/').count() < MAX_DEPTH
                && !path.startsWith("node_modules/")
                && FILE.matcher(path).matches()
                && PLAUSIBLE.matcher(path).matches();
    }

    static LocalScript read(String text) {
        String code = withoutComments(text);
        List<String> variables =
                SKIP.matcher(code).results().map(MatchResult::group).toList();
        Optional<String> variable = variables.stream()
                .filter(name -> name.contains("DOWNLOAD"))
                .findFirst()
                .or(() -> variables.stream().findFirst());
        boolean hasUrl = code.contains("https://") || code.contains("http://");
        boolean downloads = code.toLowerCase(Locale.ROOT).contains("download")
                || (hasUrl && NETWORK.matcher(code).find())
                || variable.isPresent();
        return new LocalScript(downloads, variable);
    }

    /** In one pass, whatever the text: a regular expression would look for the end of each unfinished comment anew. */
    private static String withoutComments(String text) {
        StringBuilder code = new StringBuilder(text.length());
        int lastEnd = text.lastIndexOf("*/");
        boolean atLineStart = true;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (at + 2 <= lastEnd && text.startsWith("/*", at)) {
                at = text.indexOf("*/", at + 2) + 2;
            } else if (atLineStart && text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                atLineStart = c == '\n' || c == '\r' || (atLineStart && Character.isWhitespace(c));
                code.append(c);
                at++;
            }
        }
        return code.toString();
    }
}

package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of a package shows that an install script runs, without running it.
 *
 * @param downloads whether it seems to fetch something
 * @param skipVariables environment variables that seem to keep it from that
 * @param helpers programs that it seems to call, in order
 * @param runs names of scripts in package.json that it seems to run
 * @param requires relative paths of files that it loads
 */
record LocalScript(
        boolean downloads,
        SortedSet<String> skipVariables,
        Collection<Helper> helpers,
        List<String> runs,
        List<String> requires) {
    /** A file above this many bytes is not read. */
    static final int MAX_BYTES = 256 << 10;

    private static final int MAX_FOUND = 64;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_OTHER_BYTES = 32 << 10;
    private static final List<String> ENDINGS = List.of(".js", ".cjs", ".mjs", ".sh", ".ts", ".cts", ".mts");
    private static final List<String> PLAUSIBLE =
            List.of("install", "script", "download", "prebuil", "setup", "build", "check", "fetch");

    private static final List<String> ENTRIES = List.of("index.", "main.", "mod.", "binding", "load", "native", "ffi");

    private static final Pattern CALL = Pattern.compile(
            "(?i)https?\\.(?:get|request)\\b|\\bfetch\\s*\\(|\\brequest(?:\\.get)?\\s*\\("
                    + "|\\bgot(?:\\.\\w+)?\\s*\\(|\\baxios\\b|\\bneedle\\b|\\bsuperagent\\b|\\bundici\\b|\\bcurl\\s|\\bwget\\s");
    private static final Pattern POST = Pattern.compile("(?i)[\"'`]post[\"'`]|\\.post\\s*\\(");
    private static final Pattern KEEPS = Pattern.compile(
            "\\b(?:createWriteStream|copyFile|chmod|extractAll|untar|unzip|gunzip|arrayBuffer)\\w*|Buffer\\.concat\\b|\\btar\\b|\\.pipe\\s*\\(");
    private static final Pattern DOWNLOAD_CALL = Pattern.compile(
            "[dD]ownload\\w{0,80}+\\)?\\s*+\\(|releases/download/|\\bnpm(?:\\.cmd)?\\s+(?:i|install|pack)\\s|(?<![\\w-])(?:curl|wget)\\s+(?:-|http)");
    private static final Pattern LIBRARY = Pattern.compile(
            "[\"'](?:@electron/get|@puppeteer/browsers|install-artifact-from-github|download|nugget|bin-wrapper|bin-build|@xhmikosr/bin-wrapper"
                    + "|binary-install|binwrap|node-downloader-helper|make-fetch-happen|node-fetch|simple-get)[\"']");
    private static final Pattern SKIP = Pattern.compile(
            "\\b(?:[A-Z][A-Z0-9_]{0,80}_)?SKIP_[A-Z0-9_]{0,80}[A-Z0-9]\\b|\\b[A-Z][A-Z0-9_]{0,80}_SKIP(?:_[A-Z0-9_]{0,80}[A-Z0-9])?\\b");
    private static final Pattern RUNS = Pattern.compile(
            "[\"']run(?:-script)?[\"']\\s*,\\s*[\"']([\\w:.-]{1,100})[\"']|\\b(?:npm|pnpm|yarn|bun)\\s+run\\s+([\\w:.-]{1,100})");
    private static final Pattern REQUIRES = Pattern.compile(
            "(?:\\brequire\\s*+\\(|\\bfrom|\\bimport\\s*+\\(?+|\\brequire\\.resolve\\s*+\\()\\s*+[\"'`](\\.{1,2}(?:/[^\"'`\\n]{0,200})?)[\"'`]");
    private static final Pattern JOINS = Pattern.compile("__dirname((?:\\s*,\\s*[\"'][^\"'\\n]{1,100}[\"']){1,8})");

    /** Why a file of code is read. Each kind has room of its own. */
    enum Use {
        /** Its name suggests that an installer runs it. */
        INSTALL(2 << 20),
        /** Its name suggests that others load it first, or that it loads a native part. */
        ENTRY(1 << 20),
        /** One of the two may load it. */
        OTHER(128 << 10);

        private final int maxBytes;

        Use(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        /** The bytes of all such files of a package that are kept. */
        int maxBytes() {
            return maxBytes;
        }
    }

    /**
     * Why a file would be read; empty if it would not. No regular expression, as every file is asked.
     *
     * @param name of the package
     */
    static Optional<Use> use(String path, long size, String name) {
        boolean isReadable = size <= MAX_BYTES
                && ENDINGS.stream().anyMatch(path::endsWith)
                && !path.endsWith(".d.ts")
                && !path.startsWith("node_modules/")
                && path.chars().filter(c -> c == '/').count() < MAX_DEPTH;
        if (!isReadable) {
            return Optional.empty();
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (PLAUSIBLE.stream().anyMatch(lower::contains)) {
            return Optional.of(Use.INSTALL);
        }
        String file = lower.substring(lower.lastIndexOf('/') + 1);
        String own = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (ENTRIES.stream().anyMatch(file::startsWith) || file.startsWith(own + ".")) {
            return Optional.of(Use.ENTRY);
        }
        return size <= MAX_OTHER_BYTES && !path.endsWith("ts") ? Optional.of(Use.OTHER) : Optional.empty();
    }

    static LocalScript read(String text) {
        String code = withoutComments(text);
        SortedSet<String> skip = new TreeSet<>();
        BoundedText.matcher(SKIP, code)
                .results()
                .map(MatchResult::group)
                .limit(MAX_FOUND)
                .forEach(skip::add);
        boolean hasUrl = code.contains("https:") || code.contains("http:");
        boolean downloads = BoundedText.matcher(DOWNLOAD_CALL, code).find()
                || BoundedText.matcher(LIBRARY, code).find()
                || (hasUrl && asks(code))
                || skip.stream().anyMatch(name -> hasUrl || name.contains("DOWNLOAD"));
        return new LocalScript(downloads, skip, Helper.inCode(code).values(), runs(code), requires(code));
    }

    /** Whether it asks a server for something, rather than only tells it something. */
    private static boolean asks(String code) {
        boolean onlyTells = BoundedText.matcher(POST, code).find()
                && !BoundedText.matcher(KEEPS, code).find();
        return BoundedText.matcher(CALL, code).find() && !onlyTells;
    }

    private static List<String> runs(String code) {
        return BoundedText.matcher(RUNS, code)
                .results()
                .limit(MAX_FOUND)
                .map(match -> match.group(match.group(1) == null ? 2 : 1))
                .distinct()
                .toList();
    }

    private static List<String> requires(String code) {
        List<String> paths = new ArrayList<>();
        BoundedText.matcher(REQUIRES, code).results().limit(MAX_FOUND).forEach(match -> paths.add(match.group(1)));
        Matcher joins = BoundedText.matcher(JOINS, code);
        while (joins.find() && paths.size() < 2 * MAX_FOUND) {
            paths.add(joins.group(1)
                    .replaceAll("\\s*,\\s*[\"']([^\"']*)[\"']", "/$1")
                    .substring(1));
        }
        return paths;
    }

    /** Leaves out comments, and texts that only speak of what might have been. In one pass, whatever the text: a regular expression would look for the end of each unfinished comment anew. */
    private static String withoutComments(String text) {
        StringBuilder code = new StringBuilder(text.length());
        int lastEnd = text.lastIndexOf("*/");
        boolean atLineStart = true;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (at + 2 <= lastEnd && text.startsWith("/*", at) && atStartOfToken(text, at)) {
                at = text.indexOf("*/", at + 2) + 2;
            } else if (atLineStart && (text.startsWith("//", at) || c == '#')) {
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

    /** A comment may start anywhere but inside a path such as {@code 'bin/*'}. */
    private static boolean atStartOfToken(String text, int at) {
        return at == 0
                || !(Character.isLetterOrDigit(text.charAt(at - 1)) || "'\"./*".indexOf(text.charAt(at - 1)) >= 0);
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings below {@code [install]} of a source's {@code bunfig.toml}: the one line that each of them takes. */
final class Bunfig {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern TABLE = Pattern.compile("\\s*\\[+\\s*([^]]*?)\\s*]+\\s*(#.*)?");
    private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern TEXT = Pattern.compile("(?:\"([^\"\\\\]*)\"|'([^']*)')\\s*(#.*)?");

    private final Map<String, String> install = new TreeMap<>();

    private Bunfig(String text) {
        String table = "";
        for (String line : text.lines().toList()) {
            Matcher header = TABLE.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (header.matches()) {
                table = header.group(1) + ".";
            } else if (setting.matches() && (table + setting.group(1)).startsWith("install.")) {
                install.putIfAbsent((table + setting.group(1)).substring("install.".length()), setting.group(2));
            }
        }
    }

    /** @param folder where the lockfile stands: empty, or with a trailing slash */
    static Bunfig of(SourceFiles files, String folder) throws OcnixException {
        return new Bunfig(files.read(folder + "bunfig.toml", MAX_BYTES)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse(""));
    }

    boolean has(String name) {
        return install.containsKey(name);
    }

    /** The text that a setting is; empty if there is none, or it is no plain text. */
    Optional<String> text(String name) {
        return Optional.ofNullable(install.get(name))
                .map(TEXT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2)));
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source's {@code .npmrc}.
 *
 * @param settings in the file's order, without those of sections
 */
record Npmrc(List<Setting> settings) {
    static final String FILE_NAME = ".npmrc";

    private static final int MAX_BYTES = 1 << 20;
    private static final String ELEMENT = "[]";

    Npmrc {
        settings = List.copyOf(settings);
    }

    /** One line, its value without quotes around it. */
    record Setting(String key, String value) {}

    /** @param folder where the lockfile stands: empty, or with a trailing slash */
    static Npmrc of(SourceFiles files, String folder) throws OcnixException {
        String text = files.read(folder + FILE_NAME, MAX_BYTES)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("");
        List<Setting> settings = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                String value = line.substring(equals + 1).trim();
                settings.add(
                        new Setting(line.substring(0, equals).trim(), value.replaceFirst("^([\"'])(.*)\\1$", "$2")));
            }
        }
        return new Npmrc(settings);
    }

    /** The last value of a key. */
    Optional<String> text(String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key))
                .reduce((first, last) -> last)
                .map(Setting::value);
    }

    /** What a key lists, with brackets after it on each line or without them on one. */
    Optional<List<String>> texts(String key) {
        List<String> elements = settings.stream()
                .filter(setting -> setting.key().equals(key + ELEMENT))
                .map(Setting::value)
                .toList();
        return elements.isEmpty() ? text(key).map(List::of) : Optional.of(elements);
    }
}

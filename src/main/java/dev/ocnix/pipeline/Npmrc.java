package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.project.settings.Ini;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source's {@code .npmrc}. */
record Npmrc(Ini ini) {
    static final String FILE_NAME = ".npmrc";

    private static final int MAX_BYTES = 1 << 20;

    /** @param folder where the lockfile stands: empty, or with a trailing slash */
    static Npmrc of(SourceFiles files, String folder) throws OcnixException {
        return new Npmrc(Ini.of(files.read(folder + FILE_NAME, MAX_BYTES)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("")));
    }

    /** All settings. */
    Map<String, Ini.Value> values() {
        return ini.values();
    }

    /** What a key is set to, unless that is a list. */
    Optional<String> text(String key) {
        return Optional.ofNullable(values().get(key))
                .filter(value -> !value.isList())
                .map(value -> value.elements().get(0).text());
    }

    /** What a key lists, with brackets after it on each line or without them on one. */
    Optional<List<String>> texts(String key) {
        return Optional.ofNullable(values().get(key))
                .map(value -> value.elements().stream().map(Ini.Scalar::text).toList());
    }
}

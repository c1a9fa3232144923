package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source's {@code bunfig.toml}. One that is no TOML says nothing, and the user is told. */
final class Bunfig {
    static final String FILE_NAME = "bunfig.toml";

    private static final int MAX_BYTES = 1 << 20;
    private static final String INSTALL = "install";

    private final TomlStrings toml;

    private Bunfig(TomlStrings toml) {
        this.toml = toml;
    }

    /** @param folder where the lockfile stands: empty, or with a trailing slash */
    static Bunfig of(SourceFiles files, String folder, Listener listener) throws OcnixException {
        String text = files.read(folder + FILE_NAME, MAX_BYTES)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("");
        try {
            return new Bunfig(TomlStrings.of(text));
        } catch (TomlStrings.Malformed e) {
            listener.warn("The source's " + folder + FILE_NAME + " is no TOML at line " + e.line()
                    + ", so that its registries and its linker are not known; give them as ocnix.registry, <registries> and"
                    + " ocnix.linker if it has any.");
            return new Bunfig(TomlStrings.empty());
        }
    }

    /** All texts by the keys that lead to them. */
    Map<List<String>, String> texts() {
        return toml.strings();
    }

    /** Whether {@code [install]} has a setting, of any type. */
    boolean has(String name) {
        return toml.has(List.of(INSTALL, name));
    }

    /** The text that a setting of {@code [install]} is. */
    Optional<String> text(String name) {
        return Optional.ofNullable(toml.strings().get(List.of(INSTALL, name)));
    }
}

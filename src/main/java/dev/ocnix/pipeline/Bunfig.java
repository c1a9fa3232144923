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

    /** The text that a setting of {@code [install]} is. */
    Optional<String> text(String name) {
        return Optional.ofNullable(toml.strings().get(List.of(INSTALL, name)));
    }

    /**
     * The texts that a setting of {@code [install]} lists; a single text is a list, too.
     *
     * @throws OcnixException if it is anything else
     */
    Optional<List<String>> texts(String name) throws OcnixException {
        List<String> path = List.of(INSTALL, name);
        if (toml.others().containsKey(path)) {
            throw OcnixException.input("The source's " + FILE_NAME + " sets install." + name
                    + " to neither a text nor a list of texts, which Bun refuses, too; mend it there.");
        }
        return Optional.ofNullable(toml.lists().get(path)).or(() -> text(name).map(List::of));
    }

    /** Whether a setting of {@code [install]} is {@code false}. */
    boolean isOff(String name) {
        return "false".equals(toml.others().get(List.of(INSTALL, name)));
    }
}

package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * The submodules of a source, which no fetcher of the tree follows: neither GitHub's archive nor a checkout without them holds
 * more than their empty folders.
 *
 * @param paths in the source
 */
public record Submodules(SortedSet<String> paths) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int SHOWN = 5;

    public Submodules {
        paths = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
    }

    /** Those that .gitmodules names and whose folders are there. */
    static Submodules in(SourceTree tree) throws OcnixException {
        SortedSet<String> paths = new TreeSet<>();
        Optional<byte[]> file = tree.read(".gitmodules", MAX_BYTES);
        if (file.isPresent()) {
            Config modules = read(file.get());
            for (String name : modules.getSubsections("submodule")) {
                Optional.ofNullable(modules.getString("submodule", name, "path"))
                        .filter(tree::isEmptyFolder)
                        .ifPresent(paths::add);
            }
        }
        return new Submodules(paths);
    }

    /** A file that git cannot read names none to it either. */
    private static Config read(byte[] file) {
        try {
            Config modules = new Config();
            modules.fromText(new String(file, StandardCharsets.UTF_8));
            return modules;
        } catch (ConfigInvalidException e) {
            return new Config();
        }
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /** What is said where they are left out on purpose. */
    public String warning(String origin) {
        return described(origin) + ", which are left out; their folders are empty.";
    }

    /** What is said where nobody asked to leave them out. */
    public OcnixException refusal(String origin) {
        return OcnixException.input(described(origin)
                + ", and their folders are empty in what the tree fetches; pin a revision without submodules, or set"
                + " ocnix.submodules to omit if the project builds without them.");
    }

    private String described(String origin) {
        return origin + " has submodules (" + Words.few(paths, SHOWN) + ")";
    }
}

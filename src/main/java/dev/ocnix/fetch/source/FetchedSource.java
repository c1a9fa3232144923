package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourcePin;
import java.util.List;

/**
 * A source that this run has fetched; its files are on disk in one private file until {@link #close}.
 *
 * @param submodules whose folders are there, and empty
 * @param marks what of it is not what the commit alone says
 * @param warnings sentences about what else the user should know
 */
public record FetchedSource(SourcePin pin, SourceTree tree, Submodules submodules, Marks marks, List<String> warnings)
        implements AutoCloseable {
    public FetchedSource {
        warnings = List.copyOf(warnings);
    }

    /** The files, as the emitted fetcher will deliver them. */
    public SourceFiles files() {
        return tree;
    }

    @Override
    public void close() throws OcnixException {
        tree.close();
    }
}

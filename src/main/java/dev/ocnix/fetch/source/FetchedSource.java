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
 * @param notes sentences about what was found in order, or could not be looked at
 */
public record FetchedSource(
        SourcePin pin, SourceTree tree, Submodules submodules, Marks marks, List<String> warnings, List<String> notes)
        implements AutoCloseable {
    public FetchedSource {
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    FetchedSource(SourcePin pin, SourceTree tree, Submodules submodules, Marks marks, List<String> warnings) {
        this(pin, tree, submodules, marks, warnings, List.of());
    }

    /** The same with a note. */
    FetchedSource with(String note) {
        return new FetchedSource(pin, tree, submodules, marks, warnings, List.of(note));
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

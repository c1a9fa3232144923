package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;

/**
 * A commit's tree as a fetcher delivers it.
 *
 * @param form what the fetcher makes of the commit
 * @param marks what of it is not what the commit alone says
 */
record Delivered(SourceTree tree, GitTree.Form form, Marks marks) implements AutoCloseable {
    @Override
    public void close() throws OcnixException {
        tree.close();
    }
}

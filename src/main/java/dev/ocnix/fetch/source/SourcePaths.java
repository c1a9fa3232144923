package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;

/** What all kinds of source files say alike. */
final class SourcePaths {
    private SourcePaths() {}

    static OcnixException tooLarge(String path, long size, int maxBytes) {
        return OcnixException.input("The file " + path + " of the source has " + size + " bytes, more than the "
                + maxBytes + " that are read; see whether it is what its name says.");
    }
}

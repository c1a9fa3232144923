package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;

/**
 * The six arrays behind the packages.
 *
 * @param resolutions the package chosen for the dependency of the same index
 * @param next where the optional sections begin
 */
record Buffers(
        Section trees,
        Section hoisted,
        Section resolutions,
        Section dependencies,
        Section externalStrings,
        Section strings,
        long next) {
    private static final int ID_SIZE = 4;

    static Buffers read(Bytes bytes, long position) throws LockfileException {
        Section trees = Section.read(bytes, position, Offsets.TREE_SIZE);
        Section hoisted = Section.read(bytes, trees.next(), ID_SIZE);
        Section resolutions = Section.read(bytes, hoisted.next(), ID_SIZE);
        Section dependencies = Section.read(bytes, resolutions.next(), Offsets.DEPENDENCY_SIZE);
        Section external = Section.read(bytes, dependencies.next(), Offsets.EXTERNAL_STRING_SIZE);
        Section strings = Section.read(bytes, external.next(), 1);
        long marker = strings.next();
        bytes.verify(bytes.u64(marker) == 0, marker, "the zero that ends the basic data is missing");
        bytes.verify(
                resolutions.count() == dependencies.count(),
                dependencies.next(),
                "there are " + dependencies.count() + " dependencies, but " + resolutions.count() + " resolutions");
        return new Buffers(trees, hoisted, resolutions, dependencies, external, strings, marker + 8);
    }
}

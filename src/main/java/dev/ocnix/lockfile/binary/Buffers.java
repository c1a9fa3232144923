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

    /** Some hundred and fifty times those of OpenChamber. */
    private static final int MAX_DEPENDENCIES = 1 << 20;

    static Buffers read(Bytes bytes, long position) throws LockfileException {
        Section trees = Section.read(bytes, position, Offsets.TREE_SIZE, "node_modules folder");
        Section hoisted = Section.read(bytes, trees.next(), ID_SIZE, "placement");
        Section resolutions = Section.read(bytes, hoisted.next(), ID_SIZE, "package chosen for dependency");
        Section dependencies = Section.read(bytes, resolutions.next(), Offsets.DEPENDENCY_SIZE, "dependency");
        Section external = Section.read(bytes, dependencies.next(), Offsets.EXTERNAL_STRING_SIZE, "command text");
        Section strings = Section.read(bytes, external.next(), 1, "character");
        long marker = strings.next();
        bytes.name(marker, 1, 8, "end of the basic data");
        bytes.verify(bytes.u64(marker) == 0, marker, "the zero that ends the basic data is missing");
        bytes.verify(
                resolutions.count() == dependencies.count(),
                dependencies.next(),
                "there are " + dependencies.count() + " dependencies, but " + resolutions.count() + " resolutions");
        bytes.verify(
                dependencies.count() <= MAX_DEPENDENCIES,
                resolutions.next(),
                dependencies.count() + " dependencies are more than the " + MAX_DEPENDENCIES + " that are read");
        return new Buffers(trees, hoisted, resolutions, dependencies, external, strings, marker + 8);
    }
}

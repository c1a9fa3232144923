package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.Visible;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the optional sections at the end, each behind eight letters, in a fixed order. */
final class TrailingSections {
    private static final int TAG_SIZE = 8;

    private final Bytes bytes;
    private final StringPool strings;
    private final ResolutionColumn resolutions;
    private final Dependencies dependencies;
    private final LockfileAssembler assembler;
    private final int versionSize;
    private long position;

    TrailingSections(
            Bytes bytes,
            StringPool strings,
            ResolutionColumn resolutions,
            Dependencies dependencies,
            LockfileAssembler assembler,
            Header header,
            long position) {
        this.bytes = bytes;
        this.strings = strings;
        this.resolutions = resolutions;
        this.dependencies = dependencies;
        this.assembler = assembler;
        this.versionSize = Offsets.versionSize(header.format());
        this.position = position;
    }

    /** Reads the first section, the versions of workspace members, by the hashes of their names. */
    Map<Long, String> memberVersions() throws LockfileException {
        Map<Long, String> versions = new HashMap<>();
        if (tag("wOrKsPaC")) {
            Section hashes = next(Offsets.HASH_SIZE, "name hash of workspace");
            Section numbers = parallel(hashes, versionSize, "version of workspace");
            for (int i = 0; i < hashes.count(); i++) {
                versions.put(bytes.u64(hashes.at(i)), resolutions.version(numbers.at(i)));
            }
            Section members = next(Offsets.HASH_SIZE, "name hash of workspace");
            parallel(members, Offsets.STRING_SIZE, "path of workspace");
        }
        return versions;
    }

    /** Reads all other sections into the assembler. */
    void read(NameIndex names) throws LockfileException {
        if (tag("tRuStEDd")) {
            trusted(names);
        } else if (tag("eMpTrUsT")) {
            assembler.trust(new TreeSet<>());
        }
        if (tag("oVeRriDs")) {
            overrides();
        }
        if (tag("pAtChEdD")) {
            patches(names);
        }
        if (tag("cAtAlOgS")) {
            catalogs();
        }
        if (tag("cNfGvRsN")) {
            long number = bytes.u64(position);
            assembler.configVersion(number < 0 ? 1 : number);
            position += Long.BYTES;
        }
        if (tag("sCoPdOvR")) {
            scopedOverrides();
        }
        if (bytes.end() - position >= TAG_SIZE) {
            assembler.warn(
                    bytes.where(position),
                    "a section that only a newer Bun knows, and all after it, does not count: "
                            + Visible.quoted(letters()) + ".");
        }
    }

    private String letters() throws LockfileException {
        return new String(bytes.copy(position, TAG_SIZE), StandardCharsets.ISO_8859_1);
    }

    private boolean tag(String tag) throws LockfileException {
        boolean found = bytes.end() - position >= TAG_SIZE && letters().equals(tag);
        position += found ? TAG_SIZE : 0;
        return found;
    }

    private Section next(int elementSize, String element) throws LockfileException {
        Section section = Section.read(bytes, position, elementSize, element);
        position = section.next();
        return section;
    }

    private Section parallel(Section other, int elementSize, String element) throws LockfileException {
        long at = position;
        Section section = next(elementSize, element);
        bytes.verify(section.count() == other.count(), at, "two lists that belong together differ in length");
        return section;
    }

    private void trusted(NameIndex names) throws LockfileException {
        Section hashes = next(Integer.BYTES, "name hash of trusted dependency");
        Set<Integer> wanted = new HashSet<>();
        for (int i = 0; i < hashes.count(); i++) {
            wanted.add((int) bytes.u32(hashes.at(i)));
        }
        Map<Integer, String> known = names.byHalfHash(wanted);
        TreeSet<String> trusted = new TreeSet<>();
        int unknown = 0;
        for (int i = 0; i < hashes.count(); i++) {
            Optional<String> name = Optional.ofNullable(known.get((int) bytes.u32(hashes.at(i))));
            name.ifPresent(trusted::add);
            unknown += name.isPresent() ? 0 : 1;
        }
        assembler.trust(trusted);
        if (unknown > 0) {
            assembler.warn(
                    bytes.where(hashes.start()),
                    unknown + " of " + hashes.count()
                            + " trusted dependencies are recorded as hashes of names that are not in the lockfile.");
        }
    }

    private void overrides() throws LockfileException {
        Section hashes = next(Offsets.HASH_SIZE, "name hash of override");
        Section rules = parallel(hashes, Offsets.DEPENDENCY_SIZE, "override");
        for (int i = 0; i < rules.count(); i++) {
            long row = rules.at(i);
            assembler.override(new OverrideRule(Optional.empty(), strings.at(row), dependencies.literal(row)));
        }
    }

    private void patches(NameIndex names) throws LockfileException {
        Section hashes = next(Offsets.HASH_SIZE, "package of patch");
        Section patches = parallel(hashes, Offsets.PATCH_SIZE, "patch");
        Map<Long, String> known = names.byPatchHash();
        int unknown = 0;
        for (int i = 0; i < patches.count(); i++) {
            String path = strings.at(patches.at(i));
            if (!SafeText.isInnerPath(path)) {
                throw bytes.failure(
                        patches.at(i), "the patch " + Visible.quoted(path) + " is no path inside the project");
            }
            Optional<String> target = Optional.ofNullable(known.get(bytes.u64(hashes.at(i))));
            target.ifPresent(id -> assembler.patch(id, path));
            unknown += target.isPresent() ? 0 : 1;
        }
        if (unknown > 0) {
            assembler.warn(
                    bytes.where(hashes.start()),
                    unknown + " of " + hashes.count() + " patches belong to packages that are not in the lockfile.");
        }
    }

    private void catalogs() throws LockfileException {
        catalog("");
        Section groups = next(Offsets.STRING_SIZE, "name of catalog");
        for (int i = 0; i < groups.count(); i++) {
            catalog(strings.at(groups.at(i)));
        }
    }

    private void catalog(String group) throws LockfileException {
        Section keys = next(Offsets.STRING_SIZE, "name in a catalog");
        Section ranges = parallel(keys, Offsets.DEPENDENCY_SIZE, "range in a catalog");
        for (int i = 0; i < keys.count(); i++) {
            assembler.catalog(group, strings.at(keys.at(i)), dependencies.literal(ranges.at(i)));
        }
    }

    private void scopedOverrides() throws LockfileException {
        Section parents = next(Offsets.DEPENDENCY_SIZE, "parent of nested override");
        Section targets = parallel(parents, Offsets.DEPENDENCY_SIZE, "target of nested override");
        Section replacements = parallel(parents, Offsets.DEPENDENCY_SIZE, "replacement of nested override");
        for (int i = 0; i < parents.count(); i++) {
            Optional<String> parent = Optional.of(selector(parents.at(i))).filter(text -> !text.isEmpty());
            String target = selector(targets.at(i));
            assembler.override(new OverrideRule(parent, target, dependencies.literal(replacements.at(i))));
        }
    }

    /** {@code name} or {@code name@range}. */
    private String selector(long row) throws LockfileException {
        String name = strings.at(row);
        String range = dependencies.literal(row);
        return range.isEmpty() ? name : name + "@" + range;
    }
}

package dev.ocnix.lockfile.binary;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.Platforms;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.Listing;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.PlatformAxis;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads packages from their columns, one after the other; package 0 is the root. */
final class PackageRows {
    private static final int BIN_FILE = 1;
    private static final int BIN_NAMED_FILE = 2;
    private static final int BIN_DIR = 3;
    private static final int BIN_MAP = 4;
    private static final int MASK_GLIBC = 2;
    private static final int MASK_MUSL = 4;
    private static final int HAS_SCRIPT = 2;
    /** In Bun's order of tags, from 1. */
    private static final List<HashAlgorithm> ALGORITHMS =
            List.of(HashAlgorithm.SHA1, HashAlgorithm.SHA256, HashAlgorithm.SHA384, HashAlgorithm.SHA512);

    private final Bytes bytes;
    private final StringPool strings;
    private final Dependencies dependencies;
    private final Section externalStrings;
    private final ResolutionColumn resolutions;
    private final int resolutionSize;
    private final long names;
    private final long resolved;
    private final long slices;
    private final long metas;
    private final long bins;
    private long budget;

    PackageRows(Bytes bytes, Header header, Buffers buffers, StringPool strings, Dependencies dependencies) {
        this.bytes = bytes;
        this.strings = strings;
        this.dependencies = dependencies;
        this.externalStrings = buffers.externalStrings();
        this.resolutions = new ResolutionColumn(bytes, strings, header.format());
        this.resolutionSize = Offsets.resolutionSize(header.format());
        long n = header.packages();
        this.names = header.begin();
        this.resolved = names + n * (Offsets.STRING_SIZE + Offsets.HASH_SIZE);
        this.slices = resolved + n * resolutionSize;
        this.metas = slices + n * 2 * Offsets.SLICE_SIZE;
        this.bins = metas + n * Offsets.META_SIZE;
        bytes.name(names, n, Offsets.STRING_SIZE, "name of package");
        bytes.name(resolved, n, resolutionSize, "resolution of package");
        bytes.name(slices, n, Offsets.SLICE_SIZE, "dependency list of package");
        bytes.name(metas, n, Offsets.META_SIZE, "meta of package");
        bytes.name(bins, n, Offsets.BIN_SIZE, "bin of package");
        // in real files no two packages share a list
        this.budget = 4L * (buffers.dependencies().count() + externalStrings.count()) + 1024;
    }

    ResolutionColumn resolutions() {
        return resolutions;
    }

    /** One package; empty if it was never resolved. */
    Optional<LockedPackage> read(int row) throws LockfileException {
        Section.Slice slice = edgeSlice(row);
        spend(slice.length(), slices + (long) row * Offsets.SLICE_SIZE);
        Optional<ResolutionColumn.Resolved> found = resolutions.read(resolutionAt(row));
        if (found.isPresent()) {
            return Optional.of(read(row, found.get(), slice));
        }
        strings.at(nameAt(row));
        return Optional.empty();
    }

    /**
     * How the file lists a package.
     *
     * @param entry what was read of it
     */
    Listing.Row list(int row, Optional<LockedPackage> entry) throws LockfileException {
        Section.Slice slice = edgeSlice(row);
        return new Listing.Row(
                entry.isPresent() ? entry.get().id() : new PackageId(strings.at(nameAt(row)), ""),
                entry.map(LockedPackage::resolution),
                resolutions.url(resolutionAt(row)),
                resolutions.requested(resolutionAt(row)),
                integrity(metaAt(row)),
                bytes.u8(metaAt(row) + Offsets.META_INTEGRITY_AT) > ALGORITHMS.size(),
                slice.first(),
                slice.length());
    }

    private long nameAt(int row) {
        return names + (long) row * Offsets.STRING_SIZE;
    }

    private long resolutionAt(int row) {
        return resolved + (long) row * resolutionSize;
    }

    private long metaAt(int row) {
        return metas + (long) row * Offsets.META_SIZE;
    }

    private LockedPackage read(int row, ResolutionColumn.Resolved found, Section.Slice slice) throws LockfileException {
        long resolutionAt = resolutionAt(row);
        long nameAt = nameAt(row);
        Resolution resolution = found.resolution();
        boolean root = resolution instanceof Resolution.Root;
        String name = root ? strings.at(nameAt) : strings.name(nameAt, "package name");
        if (resolution instanceof Resolution.Workspace member && !SafeText.isInnerPath(member.path())) {
            throw bytes.failure(resolutionAt, Visible.quoted(member.path()) + " is no path inside the project");
        }
        PackageId id = new PackageId(name, found.text());
        Bin bin = bin(bins + (long) row * Offsets.BIN_SIZE);
        Place place = new RowPlace(nameAt, row);
        if (root || resolution instanceof Resolution.Workspace) {
            return LockfileAssembler.ofProject(id, resolution, bin, edges(slice), place);
        }
        long meta = metaAt(row);
        return new LockedPackage(
                id,
                resolution,
                integrity(meta),
                Platforms.ofMask(PlatformAxis.OS, bytes.u16(meta + Offsets.META_OS_AT)),
                Platforms.ofMask(PlatformAxis.CPU, bytes.u16(meta + Offsets.META_CPU_AT)),
                libc(meta),
                bin,
                edges(slice),
                installScript(meta),
                place);
    }

    private record RowPlace(long offset, int row) implements Place {
        @Override
        public String toString() {
            return "byte " + offset + ", package " + row;
        }
    }

    /** The slice of dependencies that belongs to a package. */
    private Section.Slice edgeSlice(int row) throws LockfileException {
        return dependencies.section().slice(bytes, slices + (long) row * Offsets.SLICE_SIZE);
    }

    private List<Dependency> edges(Section.Slice slice) throws LockfileException {
        if (slice.length() == 0) {
            return List.of();
        }
        List<Dependency> edges = new ArrayList<>(slice.length());
        for (int i = slice.first(); i < slice.end(); i++) {
            Optional<Dependency> edge = dependencies.edge(i);
            if (edge.isPresent()) {
                edges.add(edge.get());
            }
        }
        edges.sort(LockfileAssembler.BY_ALIAS);
        return edges;
    }

    private void spend(int elements, long offset) throws LockfileException {
        budget -= elements;
        bytes.verify(budget >= 0, offset, "the lists of the packages overlap");
    }

    private Optional<Sri> integrity(long meta) throws LockfileException {
        int tag = bytes.u8(meta + Offsets.META_INTEGRITY_AT);
        if (tag == 0 || tag > ALGORITHMS.size()) {
            return Optional.empty();
        }
        HashAlgorithm algorithm = ALGORITHMS.get(tag - 1);
        return Optional.of(Sri.of(algorithm, bytes.copy(meta + Offsets.META_DIGEST_AT, algorithm.length())));
    }

    /** Before Bun 1.4 this byte is padding, and zero is also what 1.4 writes for packages that run everywhere. */
    private Constraint libc(long meta) throws LockfileException {
        int mask = bytes.u8(meta + Offsets.META_LIBC_AT);
        return mask == MASK_GLIBC || mask == MASK_MUSL
                ? Platforms.ofMask(PlatformAxis.LIBC, mask)
                : Constraint.unspecified();
    }

    /** Only a yes is worth something: before Bun 1.4, a registry that does not mention scripts counts as a no. */
    private Optional<Boolean> installScript(long meta) throws LockfileException {
        return bytes.u8(meta + Offsets.META_INSTALL_SCRIPT_AT) == HAS_SCRIPT ? Optional.of(true) : Optional.empty();
    }

    private Bin bin(long offset) throws LockfileException {
        int tag = bytes.u8(offset);
        long value = offset + Offsets.BIN_VALUE_AT;
        return switch (tag) {
            case 0, Offsets.UNDEFINED_BYTE -> Bin.none();
            case BIN_FILE -> new Bin.File(strings.at(value));
            case BIN_NAMED_FILE ->
                new Bin.Named(List.of(new Bin.Command(strings.at(value), strings.at(value + Offsets.STRING_SIZE))));
            case BIN_DIR -> new Bin.Dir(strings.at(value));
            case BIN_MAP -> new Bin.Named(commands(value));
            default -> throw bytes.failure(offset, tag + " is no kind of bin");
        };
    }

    private List<Bin.Command> commands(long offset) throws LockfileException {
        Section.Slice slice = externalStrings.slice(bytes, offset);
        bytes.verify(slice.length() % 2 == 0, offset, "a list of commands has a name without a path");
        spend(slice.length(), offset);
        List<Bin.Command> commands = new ArrayList<>(slice.length() / 2);
        for (int i = slice.first(); i < slice.end(); i += 2) {
            commands.add(new Bin.Command(strings.at(externalStrings.at(i)), strings.at(externalStrings.at(i + 1))));
        }
        return commands;
    }
}

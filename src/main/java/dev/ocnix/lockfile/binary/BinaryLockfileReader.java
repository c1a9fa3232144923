package dev.ocnix.lockfile.binary;

import dev.ocnix.hash.Wyhash;
import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.model.Bin;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.Listing;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code bun.lockb}, format 2 and 3: what Bun 0.1.7 to 1.4 write. */
public final class BinaryLockfileReader {
    private static final byte[] MAGIC = Offsets.MAGIC.getBytes(StandardCharsets.US_ASCII);

    private final Bytes bytes;
    private final Header header;
    private final Buffers buffers;
    private final StringPool strings;
    private final Dependencies dependencies;
    private final PackageRows rows;
    private final LockfileAssembler assembler;
    private final List<Optional<LockedPackage>> packages;

    private BinaryLockfileReader(Bytes file) throws LockfileException {
        this.header = Header.read(file);
        this.bytes = file.until(header.total());
        this.buffers = Buffers.read(bytes, header.end());
        this.strings = new StringPool(bytes, buffers.strings(), header.packages());
        this.dependencies = new Dependencies(bytes, strings, buffers, header.packages());
        this.rows = new PackageRows(bytes, header, buffers, strings, dependencies);
        this.packages = new ArrayList<>(header.packages());
        this.assembler = new LockfileAssembler(file.fileName, header.packages());
    }

    /** Whether a file starts as a binary lockfile does, in whichever format. */
    public static boolean recognises(byte[] content) {
        return content.length >= MAGIC.length && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Decodes a binary lockfile.
     *
     * @throws OcnixException with the byte offset, if the file is damaged, unsafe, or of another format
     */
    public static Lockfile read(String displayName, byte[] content) throws OcnixException {
        return of(displayName, content).read();
    }

    /**
     * Decodes a binary lockfile, and lists it as it is.
     *
     * @throws OcnixException as {@link #read} does
     */
    public static ListedLockfile list(String displayName, byte[] content) throws OcnixException {
        BinaryLockfileReader reader = of(displayName, content);
        Lockfile lockfile = reader.read();
        return new ListedLockfile(lockfile, reader.listing());
    }

    private static BinaryLockfileReader of(String displayName, byte[] content) throws LockfileException {
        if (!recognises(content)) {
            throw LockfileException.at(
                    displayName, "byte 0", "this does not start as a bun.lockb does", LockfileException.RELOCK);
        }
        return new BinaryLockfileReader(new Bytes(displayName, content));
    }

    private Lockfile read() throws LockfileException {
        for (int row = 0; row < header.packages(); row++) {
            packages.add(add(row, rows.read(row)));
        }
        TrailingSections sections = new TrailingSections(
                bytes, strings, rows.resolutions(), dependencies, assembler, header, buffers.next());
        workspaces(sections.memberVersions());
        new Trees(bytes, buffers, dependencies, packages, assembler).read();
        sections.read(new NameIndex(dependencies, packages, memberVersions()));
        return assembler.finish(LockfileKind.BINARY, header.format());
    }

    private Listing listing() throws LockfileException {
        List<Listing.Row> listed = new ArrayList<>(packages.size());
        for (int row = 0; row < packages.size(); row++) {
            listed.add(rows.list(row, packages.get(row)));
        }
        return new Listing(LockfileKind.BINARY, Optional.of(header.hash()), listed, dependencies.list());
    }

    /** Adds a package, and gives the row that counts: the first of those with the same id. */
    private Optional<LockedPackage> add(int row, Optional<LockedPackage> found) throws LockfileException {
        boolean root = found.isPresent() && found.get().resolution() instanceof Resolution.Root;
        bytes.verify(root == (row == 0), header.begin(), "the root must be the first package, and no other one");
        return root || found.isEmpty() ? found : Optional.of(assembler.add(found.get()));
    }

    private void workspaces(Map<Long, String> versions) throws LockfileException {
        if (packages.isEmpty()) {
            assembler.add(new Workspace("", Optional.empty(), Optional.empty(), Bin.none(), List.of()));
        }
        Set<String> paths = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Optional<LockedPackage> found : packages) {
            if (found.isEmpty()) {
                continue;
            }
            LockedPackage entry = found.get();
            String name = entry.id().name();
            if (entry.resolution() instanceof Resolution.Root) {
                // the text form has no commands of the root either
                Optional<String> rootName = name.isEmpty() ? Optional.empty() : Optional.of(name);
                assembler.add(new Workspace("", rootName, Optional.empty(), Bin.none(), entry.dependencies()));
            } else if (entry.resolution() instanceof Resolution.Workspace member && paths.add(member.path())) {
                if (!names.add(name)) {
                    throw LockfileException.at(
                            bytes.fileName,
                            entry.place().toString(),
                            "two workspaces are called " + Visible.quoted(name),
                            "rename one of them and lock the project again with `bun install`");
                }
                Optional<String> version = Optional.ofNullable(versions.get(Wyhash.of(name)));
                assembler.add(
                        new Workspace(member.path(), Optional.of(name), version, entry.bin(), entry.dependencies()));
            }
        }
    }

    private Map<String, String> memberVersions() {
        Map<String, String> versions = new HashMap<>();
        for (Workspace workspace : assembler.workspaces()) {
            if (workspace.name().isPresent() && workspace.version().isPresent()) {
                versions.put(workspace.name().get(), workspace.version().get());
            }
        }
        return versions;
    }
}

package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.EdgeCheck;
import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Placement;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code bun.lock}, lockfileVersion 0 to 3: what Bun 1.1.39 to 1.4 write. */
public final class TextLockfileReader {
    private static final int FIRST_OF_BUN_1_4 = 2;
    private static final int NEWEST_VERSION = 3;

    private final SourceText source;
    private final Shape shape;
    private final LockfileAssembler assembler;
    private Optional<List<Numbering.Entry>> entries = Optional.empty();

    private TextLockfileReader(SourceText source) {
        this.source = source;
        this.shape = new Shape(source);
        this.assembler = new LockfileAssembler(source.fileName, 0);
    }

    /**
     * Decodes a text lockfile.
     *
     * @throws OcnixException with line and column, if Bun would refuse the file, or it is unsafe
     */
    public static Lockfile read(String displayName, byte[] content) throws OcnixException {
        return new TextLockfileReader(new SourceText(displayName, content, LockfileException.RELOCK)).read();
    }

    /**
     * Decodes a text lockfile, and numbers its packages and edges as Bun does.
     *
     * @throws OcnixException as {@link #read} does
     */
    public static ListedLockfile list(String displayName, byte[] content) throws OcnixException {
        TextLockfileReader reader =
                new TextLockfileReader(new SourceText(displayName, content, LockfileException.RELOCK));
        Lockfile lockfile = reader.read();
        return new ListedLockfile(lockfile, Numbering.of(lockfile, reader.entries));
    }

    private Lockfile read() throws LockfileException {
        JsonParser parser = new JsonParser(source);
        JsonValue value = parser.read()
                .orElseThrow(() -> source.failure(0, "the file is empty, so its lockfileVersion is missing"));
        JsonObject root = shape.object(value, "the lockfile");
        Optional<Integer> trailing = parser.trailing();
        trailing.ifPresent(offset ->
                assembler.warn(source.position(offset), "what follows the end of the lockfile does not count."));
        for (Field repeated : root.repeated()) {
            assembler.warn(
                    source.position(repeated.offset()),
                    Visible.quoted(repeated.name()) + " occurs twice; the first one counts.");
        }
        int version = version(root);
        List<Workspace> workspaces = workspaces(root);
        small(root);
        PackagesSection packages = new PackagesSection(source, assembler, version, workspaces);
        Optional<JsonValue> entries = shape.value(root, "packages");
        JsonObject tuples = entries.isPresent()
                ? shape.object(entries.get(), "packages")
                : new JsonObject(root.offset(), List.of(), List.of());
        packages.read(tuples);
        EdgeCheck.verify(source.fileName, assembler, places(root, tuples), version >= FIRST_OF_BUN_1_4);
        this.entries = entries.map(known -> packages.entries());
        return assembler.finish(LockfileKind.TEXT, version);
    }

    private EdgeCheck.Places places(JsonObject root, JsonObject packages) {
        return new EdgeCheck.Places() {
            @Override
            public String of(Placement placement) {
                return where(packages, placement.key().toString());
            }

            @Override
            public String of(Workspace workspace) {
                return root.field("workspaces").map(Field::value).orElse(root) instanceof JsonObject workspaces
                        ? where(workspaces, workspace.path())
                        : source.where(root.offset());
            }

            private String where(JsonObject section, String key) {
                return source.where(section.field(key).map(Field::offset).orElse(section.offset()));
            }
        };
    }

    private int version(JsonObject root) throws LockfileException {
        Field field = root.field("lockfileVersion")
                .orElseThrow(() -> source.failure(
                        root.offset(), "lockfileVersion is missing", "check that this is a lockfile of Bun"));
        long version = shape.count(field.value(), "lockfileVersion");
        if (version > NEWEST_VERSION) {
            throw source.failure(
                    field.offset(),
                    "lockfileVersion " + version + " is newer than the supported versions 0 to " + NEWEST_VERSION,
                    "use a newer ocnix, or lock the project with a Bun release that writes one of these");
        }
        return (int) version;
    }

    private List<Workspace> workspaces(JsonObject root) throws LockfileException {
        Optional<JsonValue> value = shape.value(root, "workspaces");
        if (value.isEmpty()) {
            throw source.failure(root.offset(), "workspaces is missing");
        }
        return new WorkspacesSection(source).read(shape.object(value.get(), "workspaces"));
    }

    private void small(JsonObject root) throws LockfileException {
        OverridesSection rules = new OverridesSection(source, assembler);
        Optional<JsonValue> configVersion = shape.value(root, "configVersion");
        if (configVersion.isPresent()) {
            assembler.configVersion(shape.count(configVersion.get(), "configVersion"));
        }
        Optional<JsonValue> trusted = shape.value(root, "trustedDependencies");
        if (trusted.isPresent()) {
            trusted(trusted.get());
        }
        Optional<JsonValue> patched = shape.value(root, "patchedDependencies");
        if (patched.isPresent()) {
            patched(shape.object(patched.get(), "patchedDependencies"));
        }
        Optional<JsonValue> overrides = shape.value(root, "overrides");
        if (overrides.isPresent()) {
            rules.overrides(shape.object(overrides.get(), "overrides"));
        }
        Optional<JsonValue> catalog = shape.value(root, "catalog");
        if (catalog.isPresent()) {
            rules.catalog("", catalog.get());
        }
        Optional<JsonValue> catalogs = shape.value(root, "catalogs");
        if (catalogs.isPresent()) {
            rules.catalogs(shape.object(catalogs.get(), "catalogs"));
        }
    }

    private void trusted(JsonValue value) throws LockfileException {
        TreeSet<String> names = new TreeSet<>();
        for (JsonValue name : shape.array(value, "trustedDependencies")) {
            names.add(shape.text(name, "a name in trustedDependencies"));
        }
        assembler.trust(names);
    }

    private void patched(JsonObject patches) throws LockfileException {
        for (Field field : patches.fields()) {
            String target = shape.name(field, "patchedDependencies");
            String path = shape.text(field.value(), "the patch of " + Visible.quoted(target));
            if (!SafeText.isInnerPath(path)) {
                throw source.failure(
                        field.value().offset(), "the patch " + Visible.quoted(path) + " is no path inside the project");
            }
            assembler.patch(target, path);
        }
    }
}

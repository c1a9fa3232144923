package dev.ocnix.lockfile.text;

import dev.ocnix.hash.Sri;
import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.Urls;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonArray;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlatformAxis;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code packages}: one tuple for each place in node_modules. */
final class PackagesSection {
    /** From this version on, what says nothing about libc and install scripts says that there is none. */
    private static final int COMPLETE_SINCE = 2;

    private static final Pattern BUN_TAG = Pattern.compile("(?!-)(?!\\.{1,2}$)[A-Za-z0-9._-]{1,256}");

    private final SourceText source;
    private final Shape shape;
    private final InfoReader infos;
    private final LockfileAssembler assembler;
    private final int version;
    private final List<Numbering.Entry> entries = new ArrayList<>();
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();

    PackagesSection(SourceText source, LockfileAssembler assembler, int version, List<Workspace> workspaces) {
        this.source = source;
        this.shape = new Shape(source);
        this.infos = new InfoReader(source);
        this.assembler = assembler;
        this.version = version;
        workspaces.forEach(workspace -> this.workspaces.put(workspace.path(), workspace));
    }

    /** Reads all entries; of version 0 the members' commands, which stand here, are added to the given workspaces. */
    void read(JsonObject packages) throws LockfileException {
        if (!packages.repeated().isEmpty()) {
            Field repeated = packages.repeated().get(0);
            throw source.failure(
                    repeated.offset(),
                    Visible.quoted(repeated.name()) + " occurs twice in packages",
                    "remove one of the two entries or write the file anew with `bun install`");
        }
        for (Field field : packages.fields()) {
            PlacementKey key = PlacementKey.parse(field.name())
                    .orElseThrow(() -> source.failure(
                            field.offset(), Visible.quoted(field.name()) + " is no path of package names"));
            entry(field, key);
        }
        workspaces.values().forEach(assembler::add);
    }

    /** The entries in the file's order. */
    List<Numbering.Entry> entries() {
        return entries;
    }

    private void entry(Field field, PlacementKey key) throws LockfileException {
        Tuple tuple = new Tuple(source, field, items(field));
        PackageId id = id(tuple);
        Resolution resolution = ResolutionText.parse(id.resolution())
                .orElseThrow(
                        () -> tuple.failure(0, Visible.quoted(id.resolution()) + " is no resolution that Bun writes"));
        boolean named = PlacementKey.isName(id.name())
                || (resolution instanceof Resolution.Root && id.name().isEmpty());
        if (!named) {
            throw tuple.failure(0, Visible.quoted(id.name()) + " is no package name");
        }
        JsonObject info;
        if (resolution instanceof Resolution.Workspace member) {
            info = member(tuple, member.path(), id);
        } else {
            info = shape.object(tuple.item(infoIndex(resolution), "the info object"), "the info object");
        }
        String url = "";
        if (resolution instanceof Resolution.Npm npm) {
            url = shape.text(tuple.item(1, "the URL"), "the URL");
            resolution = new Resolution.Npm(npm.version(), Urls.tarball(url));
        }
        Optional<Sri> integrity = integrity(tuple, resolution);
        LockedPackage entry = locked(field, id, resolution, integrity, info);
        entries.add(new Numbering.Entry(
                key, entry, Optional.of(url).filter(text -> !text.isEmpty()), tag(tuple, resolution)));
        assembler.place(key, assembler.add(entry), infos.flag(info, "bundled"));
    }

    private List<JsonValue> items(Field field) throws LockfileException {
        if (field.value() instanceof JsonArray array) {
            return array.items();
        }
        throw shape.mismatch(field.value(), "the entry", "an array");
    }

    private static int infoIndex(Resolution resolution) {
        return resolution instanceof Resolution.Npm ? 2 : 1;
    }

    /** Splits at the first {@code @} that is not at the start. */
    private PackageId id(Tuple tuple) throws LockfileException {
        String text = shape.text(tuple.item(0, "name@resolution"), "name@resolution");
        if (text.equals("@root:")) {
            return new PackageId("", "root:");
        }
        int at = text.indexOf('@', 1);
        if (at < 0) {
            throw tuple.failure(0, Visible.quoted(text) + " should be name@resolution");
        }
        return new PackageId(text.substring(0, at), text.substring(at + 1));
    }

    private JsonObject member(Tuple tuple, String path, PackageId id) throws LockfileException {
        Workspace workspace = workspaces.get(path);
        if (workspace == null || workspace.isRoot()) {
            throw tuple.failure(0, "the workspace " + Visible.quoted(path) + " is not among the workspaces");
        }
        if (workspace.name().filter(id.name()::equals).isEmpty()) {
            throw tuple.failure(
                    0,
                    "the workspace " + Visible.quoted(path) + " is called "
                            + Visible.quoted(workspace.name().orElse("")) + " among the workspaces");
        }
        if (version > 0 || tuple.size() < 2) {
            return new JsonObject(tuple.offset(), List.of(), List.of());
        }
        JsonObject info = shape.object(tuple.item(1, "the info object"), "the info object");
        Bin bin = infos.bin(info);
        workspaces.put(path, new Workspace(path, workspace.name(), workspace.version(), bin, workspace.dependencies()));
        return info;
    }

    private LockedPackage locked(
            Field field, PackageId id, Resolution resolution, Optional<Sri> integrity, JsonObject info)
            throws LockfileException {
        Place place = source.place(field.offset(), field.name());
        Optional<Workspace> workspace = workspaceOf(resolution);
        if (workspace.isPresent()) {
            Bin bin =
                    workspace.get().isRoot() ? infos.bin(info) : workspace.get().bin();
            return LockfileAssembler.ofProject(
                    id, resolution, bin, workspace.get().dependencies(), place);
        }
        boolean complete = version >= COMPLETE_SINCE;
        Optional<Boolean> noScript = complete ? Optional.of(false) : Optional.empty();
        Constraint noLibc = complete ? Constraint.unrestricted() : Constraint.unspecified();
        return new LockedPackage(
                id,
                resolution,
                integrity,
                infos.constraint(info, PlatformAxis.OS, Constraint.unrestricted()),
                infos.constraint(info, PlatformAxis.CPU, Constraint.unrestricted()),
                infos.constraint(info, PlatformAxis.LIBC, noLibc),
                infos.bin(info),
                infos.dependencies(info),
                infos.flag(info, "hasInstallScript") ? Optional.of(true) : noScript,
                place);
    }

    private Optional<Workspace> workspaceOf(Resolution resolution) {
        if (resolution instanceof Resolution.Workspace member) {
            return Optional.ofNullable(workspaces.get(member.path()));
        }
        return resolution instanceof Resolution.Root ? Optional.ofNullable(workspaces.get("")) : Optional.empty();
    }

    private String tag(Tuple tuple, Resolution resolution) throws LockfileException {
        boolean tagged = resolution instanceof Resolution.Git || resolution instanceof Resolution.GitHub;
        return tagged ? shape.text(tuple.item(2, "Bun's tag of the commit"), "Bun's tag of the commit") : "";
    }

    private Optional<Sri> integrity(Tuple tuple, Resolution resolution) throws LockfileException {
        if (resolution instanceof Resolution.Npm) {
            return sri(tuple, 3, shape.text(tuple.item(3, "the integrity"), "the integrity"));
        }
        int index = 2;
        if (resolution instanceof Resolution.Git || resolution instanceof Resolution.GitHub) {
            String tag = tag(tuple, resolution);
            if (version >= COMPLETE_SINCE && !BUN_TAG.matcher(tag).matches()) {
                throw tuple.failure(2, "Bun's tag of the commit is not a safe name: " + Visible.quoted(tag));
            }
            index = 3;
        } else if (!(resolution instanceof Resolution.LocalTarball || resolution instanceof Resolution.RemoteTarball)) {
            return Optional.empty();
        }
        return tuple.size() > index
                ? sri(tuple, index, shape.text(tuple.item(index, "the integrity"), "the integrity"))
                : Optional.empty();
    }

    /** @throws LockfileException if there is a hash that nobody could check the content against */
    private Optional<Sri> sri(Tuple tuple, int index, String text) throws LockfileException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Sri> sri = Sri.parseAll(text);
        if (sri.isEmpty()) {
            throw tuple.failure(
                    index,
                    "the integrity is malformed, so nothing could be checked against it: " + Visible.quoted(text));
        }
        return sri;
    }

    /** The array of one entry. */
    private record Tuple(SourceText source, Field field, List<JsonValue> items) {
        int size() {
            return items.size();
        }

        int offset() {
            return field.value().offset();
        }

        JsonValue item(int index, String what) throws LockfileException {
            if (index >= items.size()) {
                throw source.failure(offset(), "the entry lacks " + what);
            }
            return items.get(index);
        }

        LockfileException failure(int index, String problem) {
            return source.failure(items.get(index).offset(), problem);
        }
    }
}

package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.SafeText;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code workspaces}: the root, under the empty path, and the members. */
final class WorkspacesSection {
    private final SourceText source;
    private final Shape shape;
    private final InfoReader infos;

    WorkspacesSection(SourceText source) {
        this.source = source;
        this.shape = new Shape(source);
        this.infos = new InfoReader(source);
    }

    List<Workspace> read(JsonObject workspaces) throws LockfileException {
        if (workspaces.field("").isEmpty()) {
            throw source.failure(workspaces.offset(), "the root, \"\", is missing in workspaces");
        }
        List<Workspace> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field field : workspaces.fields()) {
            Workspace workspace = workspace(field);
            if (!workspace.isRoot() && !names.add(workspace.name().orElse(""))) {
                throw source.failure(
                        field.offset(),
                        "two workspaces are called "
                                + Visible.quoted(workspace.name().orElse("")),
                        "rename one of them and write the file anew with `bun install`");
            }
            read.add(workspace);
        }
        return read;
    }

    private Workspace workspace(Field field) throws LockfileException {
        String path = field.name();
        boolean root = path.isEmpty();
        if (!root && !SafeText.isInnerPath(path)) {
            throw source.failure(field.offset(), Visible.quoted(path) + " is no path inside the project");
        }
        JsonObject info = shape.object(field.value(), "the workspace " + Visible.quoted(path));
        Optional<String> name = text(info, "name").filter(text -> !text.isEmpty());
        if (!root && name.isEmpty()) {
            throw source.failure(field.offset(), "the workspace " + Visible.quoted(path) + " has no name");
        }
        if (!root && !PlacementKey.isName(name.orElse(""))) {
            throw source.failure(field.offset(), Visible.quoted(name.orElse("")) + " is no package name");
        }
        return new Workspace(
                path, name, root ? Optional.empty() : text(info, "version"), infos.bin(info), infos.dependencies(info));
    }

    private Optional<String> text(JsonObject info, String key) throws LockfileException {
        Optional<JsonValue> value = shape.value(info, key);
        return value.isPresent() ? Optional.of(shape.text(value.get(), key)) : Optional.empty();
    }
}

package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.Platforms;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.lockfile.text.JsonValue.JsonText;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.PlatformAxis;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what the object of a workspace and the info object of a package have in common. */
final class InfoReader {
    private final SourceText source;
    private final Shape shape;

    InfoReader(SourceText source) {
        this.source = source;
        this.shape = new Shape(source);
    }

    /** The edges of all groups, in the model's order. */
    List<Dependency> dependencies(JsonObject info) throws LockfileException {
        List<Dependency> edges = new ArrayList<>();
        group(info, "dependencies", DependencyKind.PROD, edges);
        group(info, "devDependencies", DependencyKind.DEV, edges);
        group(info, "optionalDependencies", DependencyKind.OPTIONAL, edges);
        peers(info, edges);
        edges.sort(LockfileAssembler.BY_ALIAS);
        return edges;
    }

    private void group(JsonObject info, String group, DependencyKind kind, List<Dependency> edges)
            throws LockfileException {
        Optional<JsonValue> value = shape.value(info, group);
        if (value.isPresent()) {
            for (Shape.Range range : shape.ranges(value.get(), group)) {
                edges.add(edge(range, kind));
            }
        }
    }

    private void peers(JsonObject info, List<Dependency> edges) throws LockfileException {
        Set<String> optional = new HashSet<>();
        Optional<JsonValue> names = shape.value(info, "optionalPeers");
        if (names.isPresent()) {
            for (JsonValue name : shape.array(names.get(), "optionalPeers")) {
                optional.add(shape.text(name, "a name in optionalPeers"));
            }
        }
        Optional<JsonValue> value = shape.value(info, "peerDependencies");
        if (value.isPresent()) {
            for (Shape.Range range : shape.ranges(value.get(), "peerDependencies")) {
                boolean isOptional = optional.contains(range.name());
                edges.add(edge(range, isOptional ? DependencyKind.OPTIONAL_PEER : DependencyKind.PEER));
            }
        }
    }

    private Dependency edge(Shape.Range range, DependencyKind kind) throws LockfileException {
        if (!PlacementKey.isName(range.name())) {
            throw source.failure(
                    range.offset(), Visible.quoted(range.name()) + " is no name that a package can be installed under");
        }
        return new Dependency(range.name(), range.text(), kind);
    }

    /** {@code bin} or {@code binDir}. */
    Bin bin(JsonObject info) throws LockfileException {
        Optional<JsonValue> directory = shape.value(info, "binDir");
        if (directory.isPresent()) {
            return new Bin.Dir(shape.text(directory.get(), "binDir"));
        }
        Optional<JsonValue> bin = shape.value(info, "bin");
        if (bin.isEmpty()) {
            return Bin.none();
        }
        if (bin.get() instanceof JsonText) {
            return new Bin.File(shape.text(bin.get(), "bin"));
        }
        List<Bin.Command> commands = new ArrayList<>();
        for (JsonValue.Field field : shape.object(bin.get(), "bin").fields()) {
            commands.add(new Bin.Command(shape.name(field, "bin"), shape.text(field.value(), "a path in bin")));
        }
        if (commands.isEmpty()) {
            throw source.failure(bin.get().offset(), "bin is an object without commands");
        }
        return new Bin.Named(commands);
    }

    /** One of {@code os}, {@code cpu} and {@code libc}. */
    Constraint constraint(JsonObject info, PlatformAxis axis, Constraint absent) throws LockfileException {
        String name = axis.name().toLowerCase(Locale.ROOT);
        Optional<JsonValue> value = shape.value(info, name);
        return value.isPresent() ? Platforms.ofNames(axis, shape.texts(value.get(), name)) : absent;
    }

    /** A key that is either true or absent. */
    boolean flag(JsonObject info, String name) throws LockfileException {
        Optional<JsonValue> value = shape.value(info, name);
        return value.isPresent() && shape.flag(value.get(), name);
    }
}

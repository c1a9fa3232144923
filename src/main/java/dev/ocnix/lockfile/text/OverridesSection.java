package dev.ocnix.lockfile.text;

import dev.ocnix.lockfile.LockfileAssembler;
import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.text.JsonValue.Field;
import dev.ocnix.lockfile.text.JsonValue.JsonObject;
import dev.ocnix.lockfile.text.JsonValue.JsonText;
import dev.ocnix.model.OverrideRule;
import java.util.Optional;

/** Reads {@code overrides}, flat and nested, and the catalogs. */
final class OverridesSection {
    /** The key of a nested override that stands for the package itself. */
    private static final String ITSELF = ".";

    private final Shape shape;
    private final LockfileAssembler assembler;

    OverridesSection(SourceText source, LockfileAssembler assembler) {
        this.shape = new Shape(source);
        this.assembler = assembler;
    }

    void overrides(JsonObject overrides) throws LockfileException {
        for (Field field : overrides.fields()) {
            String target = shape.name(field, "overrides");
            if (field.value() instanceof JsonText text) {
                assembler.override(new OverrideRule(Optional.empty(), target, text.value()));
            } else {
                nested(target, field.value());
            }
        }
    }

    private void nested(String parent, JsonValue rules) throws LockfileException {
        for (Shape.Range rule : shape.ranges(rules, "a nested override")) {
            boolean itself = rule.name().equals(ITSELF);
            assembler.override(new OverrideRule(
                    itself ? Optional.empty() : Optional.of(parent), itself ? parent : rule.name(), rule.text()));
        }
    }

    void catalog(String group, JsonValue ranges) throws LockfileException {
        for (Shape.Range range : shape.ranges(ranges, "a catalog")) {
            assembler.catalog(group, range.name(), range.text());
        }
    }

    void catalogs(JsonObject groups) throws LockfileException {
        for (Field group : groups.fields()) {
            catalog(shape.name(group, "catalogs"), group.value());
        }
    }
}

package dev.ocnix.project;

import com.google.gson.JsonElement;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OverrideRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code overrides}, or where there are none {@code resolutions}, as Bun 1.4 does: flat ones and those one level below
 * a package. What Bun only warns of is passed over.
 */
final class OverrideFields {
    private static final String ITSELF = ".";

    private final List<Dependency> rootEdges;
    private final List<OverrideRule> rules = new ArrayList<>();

    private OverrideFields(List<Dependency> rootEdges) {
        this.rootEdges = rootEdges;
    }

    /**
     * The rules of a root.
     *
     * @param rootEdges what {@code $name} stands for
     */
    static List<OverrideRule> of(Manifest root, List<Dependency> rootEdges) throws OcnixException {
        OverrideFields fields = new OverrideFields(rootEdges);
        JsonElement overrides = root.json().get("overrides");
        if (overrides == null) {
            fields.resolutions(root.json().get("resolutions"));
        } else if (overrides.isJsonObject()) {
            fields.overrides(overrides);
        } else {
            throw OcnixException.input(
                    root.path()
                            + " has overrides that are no map of names to ranges; correct them, run `bun install`, and commit both.");
        }
        return fields.rules;
    }

    private void overrides(JsonElement overrides) {
        for (Map.Entry<String, JsonElement> entry : overrides.getAsJsonObject().entrySet()) {
            if (entry.getValue().isJsonObject()) {
                entry.getValue().getAsJsonObject().entrySet().forEach(nested -> {
                    boolean itself = nested.getKey().equals(ITSELF);
                    add(
                            itself ? Optional.empty() : Optional.of(entry.getKey()),
                            itself ? entry.getKey() : nested.getKey(),
                            nested.getValue());
                });
            } else {
                add(Optional.empty(), entry.getKey(), entry.getValue());
            }
        }
    }

    private void resolutions(JsonElement resolutions) {
        if (resolutions == null || !resolutions.isJsonObject()) {
            return;
        }
        for (Map.Entry<String, JsonElement> entry :
                resolutions.getAsJsonObject().entrySet()) {
            List<String> names = packages(entry.getKey());
            if (names.size() == 1) {
                add(Optional.empty(), names.get(0), entry.getValue());
            } else if (names.size() == 2) {
                add(Optional.of(names.get(0)), names.get(1), entry.getValue());
            }
        }
    }

    /** The packages on a path such as {@code **}{@code /a/@scope/b}. */
    private static List<String> packages(String path) {
        List<String> names = new ArrayList<>();
        String scope = "";
        for (String segment : path.split("/", -1)) {
            if (segment.startsWith("@") && scope.isEmpty()) {
                scope = segment + "/";
            } else if (!segment.equals("**")) {
                names.add(scope + segment);
                scope = "";
            }
        }
        return names;
    }

    private void add(Optional<String> parent, String target, JsonElement value) {
        Optional<String> text = Manifest.text(value).flatMap(this::replacement);
        if (text.isPresent() && !target.isEmpty()) {
            rules.add(new OverrideRule(parent, target, text.get()));
        }
    }

    private Optional<String> replacement(String text) {
        if (text.isEmpty() || text.startsWith("patch:")) {
            return Optional.empty();
        }
        if (!text.startsWith("$")) {
            return Optional.of(text);
        }
        return rootEdges.stream()
                .filter(edge -> edge.alias().equals(text.substring(1)))
                .map(Dependency::literal)
                .findFirst();
    }
}

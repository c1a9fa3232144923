package dev.ocnix.report.inspect;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Workspace;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A lockfile for machines. Every field is always there; what the lockfile does not say is null. */
public final class JsonPrint {
    private static final int SCHEMA = 1;
    private static final String ITSELF = ".";

    private final Lockfile lockfile;
    private final JsonWriter json;

    private JsonPrint(Lockfile lockfile, JsonWriter json) {
        this.lockfile = lockfile;
        this.json = json;
    }

    /** Prints one object, with LF and a final line break. */
    public static void print(Lockfile lockfile, Appendable out) throws IOException {
        JsonWriter json = new JsonWriter(out instanceof Writer writer ? writer : new AppendableWriter(out));
        json.setFormattingStyle(FormattingStyle.PRETTY);
        json.setHtmlSafe(false);
        json.setSerializeNulls(true);
        new JsonPrint(lockfile, json).print();
        json.flush();
        out.append('\n');
    }

    private void print() throws IOException {
        json.beginObject();
        json.name("schema").value(SCHEMA);
        json.name("lockfile").beginObject();
        json.name("kind").value(lockfile.kind().fileName());
        json.name("version").value(lockfile.version());
        json.name("configVersion");
        if (lockfile.configVersion().isPresent()) {
            json.value(lockfile.configVersion().getAsInt());
        } else {
            json.nullValue();
        }
        json.endObject();
        packages();
        workspaces();
        json.name("trustedDependencies");
        if (lockfile.trustedDependencies().isPresent()) {
            texts(lockfile.trustedDependencies().get());
        } else {
            json.nullValue();
        }
        texts("patchedDependencies", lockfile.patchedDependencies());
        overrides();
        SortedMap<String, SortedMap<String, String>> groups = new TreeMap<>(lockfile.catalogs());
        SortedMap<String, String> unnamed = groups.remove("");
        texts("catalog", unnamed == null ? Map.of() : unnamed);
        json.name("catalogs").beginObject();
        for (Map.Entry<String, SortedMap<String, String>> group : groups.entrySet()) {
            texts(group.getKey(), group.getValue());
        }
        json.endObject();
        json.endObject();
    }

    private void packages() throws IOException {
        Catalogue catalogue = new Catalogue(lockfile);
        json.name("packages").beginArray();
        for (LockedPackage entry : catalogue.packages()) {
            json.beginObject();
            json.name("name").value(entry.id().name());
            json.name("resolution").value(entry.id().resolution());
            json.name("kind").value(entry.resolution().kind());
            text("url", url(entry.resolution()));
            text("integrity", entry.integrity().map(Sri::toString));
            limit("os", entry.os());
            limit("cpu", entry.cpu());
            limit("libc", entry.libc());
            bin(entry.bin());
            edges(entry.dependencies());
            installScript(entry.installScript());
            unknown(entry);
            json.name("paths");
            texts(catalogue.places(entry.id()).stream()
                    .map(catalogue::path)
                    .sorted()
                    .toList());
            json.endObject();
        }
        json.endArray();
    }

    /** The URL that the lockfile records, if it does. */
    private static Optional<String> url(Resolution resolution) {
        if (resolution instanceof Resolution.Npm npm) {
            return npm.tarballUrl();
        }
        if (resolution instanceof Resolution.RemoteTarball tarball) {
            return Optional.of(tarball.url());
        }
        return resolution instanceof Resolution.Git git ? Optional.of(git.url()) : Optional.empty();
    }

    private void limit(String name, Constraint constraint) throws IOException {
        json.name(name);
        if (constraint instanceof Constraint.Only only) {
            texts(only.names());
        } else {
            json.nullValue();
        }
    }

    private void bin(Bin bin) throws IOException {
        if (bin instanceof Bin.Named named) {
            Map<String, String> commands = new LinkedHashMap<>();
            named.commands().forEach(command -> commands.putIfAbsent(command.name(), command.path()));
            texts("bin", commands);
        } else {
            text("bin", bin instanceof Bin.File file ? Optional.of(file.path()) : Optional.empty());
        }
        text("binDir", bin instanceof Bin.Dir dir ? Optional.of(dir.path()) : Optional.empty());
    }

    private void edges(List<Dependency> edges) throws IOException {
        texts("dependencies", ranges(edges, List.of(DependencyKind.PROD)));
        texts("devDependencies", ranges(edges, List.of(DependencyKind.DEV)));
        texts("optionalDependencies", ranges(edges, List.of(DependencyKind.OPTIONAL)));
        texts("peerDependencies", ranges(edges, List.of(DependencyKind.PEER, DependencyKind.OPTIONAL_PEER)));
        json.name("optionalPeers");
        texts(ranges(edges, List.of(DependencyKind.OPTIONAL_PEER)).keySet());
    }

    private static SortedMap<String, String> ranges(List<Dependency> edges, List<DependencyKind> kinds) {
        SortedMap<String, String> ranges = new TreeMap<>();
        for (Dependency edge : edges) {
            if (kinds.contains(edge.kind())) {
                ranges.putIfAbsent(edge.alias(), edge.literal());
            }
        }
        return ranges;
    }

    /** Names the fields that are null because the format has no way to say them. */
    private void unknown(LockedPackage entry) throws IOException {
        json.name("unknown").beginArray();
        if (entry.libc() instanceof Constraint.Unspecified) {
            json.value("libc");
        }
        if (entry.installScript().isEmpty()) {
            json.value("hasInstallScript");
        }
        json.endArray();
    }

    private void workspaces() throws IOException {
        json.name("workspaces").beginArray();
        for (Workspace workspace : lockfile.workspaces()) {
            json.beginObject();
            json.name("path").value(workspace.path());
            text("name", workspace.name());
            text("version", workspace.version());
            bin(workspace.bin());
            edges(workspace.dependencies());
            json.endObject();
        }
        json.endArray();
    }

    /** As bun.lock writes them: a text for a plain name, an object for everything else. */
    private void overrides() throws IOException {
        SortedMap<String, SortedMap<String, String>> rules = new TreeMap<>();
        for (OverrideRule rule : lockfile.overrides()) {
            rules.computeIfAbsent(rule.parent().orElse(rule.target()), key -> new TreeMap<>())
                    .put(rule.parent().isPresent() ? rule.target() : ITSELF, rule.replacement());
        }
        json.name("overrides").beginObject();
        for (Map.Entry<String, SortedMap<String, String>> rule : rules.entrySet()) {
            boolean isPlain = rule.getKey().indexOf('@', 1) < 0
                    && rule.getValue().keySet().equals(Set.of(ITSELF));
            if (isPlain) {
                json.name(rule.getKey()).value(rule.getValue().get(ITSELF));
            } else {
                texts(rule.getKey(), rule.getValue());
            }
        }
        json.endObject();
    }

    private void installScript(Optional<Boolean> flag) throws IOException {
        json.name("hasInstallScript");
        if (flag.isPresent()) {
            json.value(flag.get().booleanValue());
        } else {
            json.nullValue();
        }
    }

    private void text(String name, Optional<String> text) throws IOException {
        json.name(name);
        if (text.isPresent()) {
            json.value(text.get());
        } else {
            json.nullValue();
        }
    }

    private void texts(Collection<String> texts) throws IOException {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    private void texts(String name, Map<String, String> texts) throws IOException {
        json.name(name).beginObject();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.name(text.getKey()).value(text.getValue());
        }
        json.endObject();
    }
}

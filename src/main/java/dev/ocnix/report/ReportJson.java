package dev.ocnix.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.addon.AddonHint;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Report} as {@code report.json}. */
public final class ReportJson {
    /** The file's name. */
    public static final String FILE_NAME = "report.json";

    private static final int SCHEMA = 1;

    private ReportJson() {}

    /** The file's content, with LF and a final line break. */
    static String print(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("status", report.status().term());
        put(json, "repository", report.repository());
        put(json, "revision", report.revision());
        put(json, "commit", report.commit());
        JsonObject counts = new JsonObject();
        counts.addProperty("dependencies", report.dependencies());
        counts.addProperty("unverified", report.unverified().size());
        counts.addProperty("addons", report.addons().size());
        json.add("counts", counts);
        JsonObject files = new JsonObject();
        files.add("written", texts(report.written()));
        files.add("deleted", texts(report.deleted()));
        json.add("files", files);
        JsonArray addons = new JsonArray();
        report.addons().forEach(hint -> addons.add(addon(hint)));
        json.add("addons", addons);
        JsonArray scripts = new JsonArray();
        report.scripts().forEach(of -> scripts.add(scripts(of)));
        json.add("lifecycleScripts", scripts);
        JsonArray downloads = new JsonArray();
        report.addons().forEach(hint -> downloads(hint).forEach(downloads::add));
        json.add("downloads", downloads);
        JsonArray packages = new JsonArray();
        report.inventory().ifPresent(all -> all.packages().forEach(fetched -> packages.add(fetched(fetched))));
        json.add("packages", packages);
        json.add("unverified", texts(report.unverified()));
        json.add("leftOut", texts(report.inventory().map(Inventory::leftOut).orElse(List.of())));
        report.difference().ifPresent(difference -> DifferenceJson.add(difference, json));
        json.add("problems", texts(report.problems()));
        put(json, "mending", report.mending());
        return JsonText.of(json);
    }

    /** The line of a file that says how its run ended. */
    static String status(Report.Status status) {
        return "\"status\": \"" + status.term() + "\"";
    }

    private static JsonObject addon(AddonHint hint) {
        JsonObject json = new JsonObject();
        json.addProperty("package", hint.id().toString());
        json.add("kinds", texts(hint.kinds().stream().map(AddonKind::term).toList()));
        JsonArray evidence = new JsonArray();
        hint.evidence().forEach(one -> evidence.add(evidence(one)));
        json.add("evidence", evidence);
        JsonObject systems = new JsonObject();
        hint.systems().forEach((system, outcome) -> systems.addProperty(system, outcome.term()));
        json.add("systems", systems);
        if (hint.advice().essential()) {
            json.addProperty("essential", true);
        }
        json.add("systemLibraries", texts(hint.buildInputs()));
        json.add("scripts", object(hint.scripts()));
        JsonArray binaries = new JsonArray();
        hint.binaries().forEach(file -> binaries.add(binary(file)));
        json.add("binaries", binaries);
        return json;
    }

    /** What an installer, or the program itself, would fetch and nobody checks; no build does it. */
    private static List<JsonObject> downloads(AddonHint hint) {
        return hint.evidence().stream()
                .filter(one -> one.kind().downloads())
                .map(one -> {
                    JsonObject json = evidence(one);
                    json.addProperty("package", hint.id().toString());
                    return json;
                })
                .toList();
    }

    /** {@code os}, {@code cpu} and {@code libc} are absent where there is no limit. */
    private static JsonObject fetched(FetchedPackage fetched) {
        JsonObject json = new JsonObject();
        json.addProperty("package", fetched.id().toString());
        json.addProperty("kind", fetched.kind());
        json.addProperty("from", fetched.origin().text());
        put(json, "hash", fetched.hash().map(Sri::toString));
        json.addProperty("hashStatus", fetched.status().term());
        put(json, "signature", fetched.signature().map(SignatureStatus::term));
        fetched.size().ifPresent(size -> json.addProperty("size", size));
        put(json, "license", fetched.license());
        fetched.os().ifPresent(names -> json.add("os", texts(names)));
        fetched.cpu().ifPresent(names -> json.add("cpu", texts(names)));
        fetched.libc().ifPresent(names -> json.add("libc", texts(names)));
        return json;
    }

    private static JsonObject scripts(LifecycleScripts of) {
        JsonObject json = new JsonObject();
        json.addProperty("package", of.id().toString());
        put(json, "workspace", of.workspace());
        json.addProperty("trusted", of.trusted());
        json.addProperty("addon", of.hinted());
        json.add("scripts", object(of.scripts()));
        if (!of.run().isEmpty()) {
            json.add("run", texts(of.run()));
        }
        if (!of.leftOut().isEmpty()) {
            json.add("leftOut", object(of.leftOut()));
        }
        return json;
    }

    private static JsonObject object(Map<String, String> texts) {
        JsonObject json = new JsonObject();
        texts.forEach(json::addProperty);
        return json;
    }

    private static JsonObject evidence(Evidence evidence) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", evidence.kind().term());
        json.addProperty("source", evidence.source());
        json.addProperty("detail", evidence.detail());
        return json;
    }

    private static JsonObject binary(BinaryFile file) {
        JsonObject json = new JsonObject();
        json.addProperty("path", file.path());
        json.addProperty("format", file.format());
        json.addProperty("os", file.os());
        json.add("cpus", texts(file.cpus()));
        put(json, "libc", file.libc());
        put(json, "interpreter", file.interpreter());
        json.add("needed", texts(file.needed()));
        put(json, "runpath", file.runpath());
        return json;
    }

    private static JsonArray texts(List<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    private static void put(JsonObject json, String name, Optional<String> value) {
        value.ifPresent(text -> json.addProperty(name, text));
    }
}

package dev.ocnix.report.html;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.addon.AddonHint;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageId;
import dev.ocnix.report.DifferenceJson;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.LifecycleScripts;
import dev.ocnix.report.Report;
import dev.ocnix.report.TreeDifference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page's script draws. */
final class PageData {
    private PageData() {}

    static JsonObject of(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("status", report.status().term());
        put(json, "repository", report.repository());
        put(json, "revision", report.revision());
        put(json, "commit", report.commit());
        put(json, "name", report.inventory().map(Inventory::name));
        put(json, "version", report.inventory().flatMap(Inventory::version));
        json.add("problems", texts(report.problemsBesideChanges()));
        put(json, "mending", report.mending());
        json.add(
                "leftOut",
                texts(report.inventory().map(Inventory::leftOut).orElse(List.of()).stream()
                        .map(PackageId::toString)
                        .toList()));
        put(json, "compared", report.difference().map(PageData::compared));
        json.add("alarms", new JsonArray());
        json.add("changes", new JsonArray());
        report.difference().ifPresent(difference -> DifferenceJson.add(difference, json));
        JsonArray packages = new JsonArray();
        report.inventory()
                .ifPresent(inventory -> inventory.packages().forEach(fetched -> packages.add(fetched(fetched))));
        json.add("packages", packages);
        JsonArray addons = new JsonArray();
        report.addons().forEach(hint -> addons.add(addon(hint)));
        json.add("addons", addons);
        JsonArray scripts = new JsonArray();
        report.scripts().forEach(of -> scripts(of).forEach(scripts::add));
        json.add("scripts", scripts);
        return json;
    }

    private static List<JsonObject> scripts(LifecycleScripts of) {
        return of.scripts().entrySet().stream()
                .map(script -> {
                    JsonObject json = new JsonObject();
                    json.addProperty("id", of.id().toString());
                    put(json, "workspace", of.workspace());
                    json.addProperty("name", script.getKey());
                    json.addProperty("text", script.getValue());
                    json.addProperty("fate", of.fate(script.getKey()));
                    return json;
                })
                .toList();
    }

    private static String compared(TreeDifference difference) {
        return difference.before().equals(difference.after())
                ? "of " + difference.after()
                : "from " + difference.before() + " to " + difference.after();
    }

    private static JsonObject fetched(FetchedPackage fetched) {
        JsonObject json = new JsonObject();
        json.addProperty("id", fetched.id().toString());
        json.addProperty("kind", fetched.kind());
        json.addProperty("url", fetched.origin().text());
        put(json, "sri", fetched.hash().map(Sri::toString));
        json.addProperty("hash", fetched.status().term());
        put(json, "signature", fetched.signature().map(status -> status.term()));
        fetched.size().ifPresent(size -> json.addProperty("size", size));
        put(json, "licence", fetched.license());
        fetched.os().ifPresent(names -> json.add("os", texts(names)));
        fetched.cpu().ifPresent(names -> json.add("cpu", texts(names)));
        fetched.libc().ifPresent(names -> json.add("libc", texts(names)));
        return json;
    }

    private static JsonObject addon(AddonHint hint) {
        JsonObject json = new JsonObject();
        json.addProperty("id", hint.id().toString());
        json.add("kinds", texts(hint.kinds().stream().map(AddonKind::term).toList()));
        JsonArray evidence = new JsonArray();
        for (Evidence one : hint.evidence()) {
            JsonObject trace = new JsonObject();
            trace.addProperty("kind", one.kind().term());
            trace.addProperty("source", one.source());
            trace.addProperty("detail", one.detail());
            evidence.add(trace);
        }
        json.add("evidence", evidence);
        JsonObject systems = new JsonObject();
        hint.systems().forEach((system, outcome) -> systems.addProperty(system, outcome.term()));
        json.add("systems", systems);
        if (hint.advice().essential()) {
            json.addProperty("essential", true);
        }
        json.add("libraries", texts(hint.buildInputs()));
        JsonObject scripts = new JsonObject();
        for (Map.Entry<String, String> script : hint.scripts().entrySet()) {
            scripts.addProperty(script.getKey(), script.getValue());
        }
        json.add("scripts", scripts);
        json.add("binaries", texts(hint.binaries().stream().map(PageData::line).toList()));
        return json;
    }

    private static String line(BinaryFile file) {
        return file.path() + ": " + file.os() + " " + String.join(" ", file.cpus())
                + file.libc().map(libc -> ", " + libc).orElse("");
    }

    private static JsonArray texts(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static void put(JsonObject json, String name, Optional<String> value) {
        value.ifPresent(text -> json.addProperty(name, text));
    }
}

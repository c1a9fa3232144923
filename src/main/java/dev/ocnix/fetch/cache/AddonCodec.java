package dev.ocnix.fetch.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link AddonFacts} as JSON fields. */
final class AddonCodec {
    private AddonCodec() {}

    static void write(JsonObject object, AddonFacts facts) {
        Fields.put(object, "kinds", facts.kinds().stream().map(AddonKind::term).toList());
        Fields.put(object, "gypLibraries", facts.gypLibraries());
        putAll(
                object,
                "evidence",
                facts.evidence().stream().map(AddonCodec::write).toList());
        putAll(
                object,
                "binaries",
                facts.binaries().stream().map(AddonCodec::write).toList());
    }

    private static void putAll(JsonObject object, String key, List<JsonObject> values) {
        if (!values.isEmpty()) {
            JsonArray array = new JsonArray();
            values.forEach(array::add);
            object.add(key, array);
        }
    }

    private static JsonObject write(Evidence evidence) {
        JsonObject object = new JsonObject();
        object.addProperty("kind", evidence.kind().term());
        object.addProperty("source", evidence.source());
        object.addProperty("detail", evidence.detail());
        return object;
    }

    private static JsonObject write(BinaryFile file) {
        JsonObject object = new JsonObject();
        object.addProperty("path", file.path());
        object.addProperty("format", file.format());
        object.addProperty("os", file.os());
        Fields.put(object, "cpus", file.cpus());
        Fields.put(object, "libc", file.libc());
        Fields.put(object, "interpreter", file.interpreter());
        Fields.put(object, "needed", file.needed());
        Fields.put(object, "runpath", file.runpath());
        return object;
    }

    static AddonFacts read(Fields fields) throws FactsFormatException {
        List<AddonKind> kinds = new ArrayList<>();
        for (String term : fields.texts("kinds")) {
            kinds.add(kind(term));
        }
        List<Evidence> evidence = new ArrayList<>();
        for (JsonElement element : fields.elements("evidence")) {
            Fields one = Fields.of(element, "\"evidence\"");
            evidence.add(new Evidence(kind(one.needText("kind")), one.needText("source"), one.needText("detail")));
        }
        List<BinaryFile> binaries = new ArrayList<>();
        for (JsonElement element : fields.elements("binaries")) {
            binaries.add(binary(Fields.of(element, "\"binaries\"")));
        }
        return new AddonFacts(kinds, evidence, binaries, fields.texts("gypLibraries"));
    }

    private static BinaryFile binary(Fields fields) throws FactsFormatException {
        return new BinaryFile(
                fields.needText("path"),
                fields.needText("format"),
                fields.needText("os"),
                fields.texts("cpus"),
                fields.text("libc"),
                fields.text("interpreter"),
                fields.texts("needed"),
                fields.text("runpath"));
    }

    private static AddonKind kind(String term) throws FactsFormatException {
        return Arrays.stream(AddonKind.values())
                .filter(kind -> kind.term().equals(term))
                .findFirst()
                .orElseThrow(() -> new FactsFormatException("names an unknown kind of addon"));
    }
}

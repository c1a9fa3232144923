package dev.ocnix.fetch.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.BuildFile;
import dev.ocnix.model.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link AddonFacts} as JSON fields. */
final class AddonCodec {
    private AddonCodec() {}

    static void write(JsonObject object, AddonFacts facts) {
        Fields.put(object, "kinds", facts.kinds().stream().map(AddonKind::term).toList());
        if (facts.isEssential()) {
            object.addProperty("essential", true);
        }
        write(object, "gyp", facts.gyp());
        write(object, "cmake", facts.cmake());
        Fields.put(object, "foreign", facts.foreign());
        Fields.put(object, "skipVariables", facts.skipVariables());
        putAll(
                object,
                "evidence",
                facts.evidence().stream().map(AddonCodec::write).toList());
        putAll(
                object,
                "binaries",
                facts.binaries().stream().map(AddonCodec::write).toList());
    }

    private static void write(JsonObject object, String name, BuildFile file) {
        Fields.put(object, name, file.path());
        Fields.put(object, name + "Linux", file.linux());
        if (!file.darwin().equals(file.linux())) {
            Fields.put(object, name + "Darwin", file.darwin());
            object.addProperty(name + "Differs", true);
        }
        Fields.put(object, name + "Unknown", file.unknown());
    }

    private static BuildFile buildFile(Fields fields, String name) throws FactsFormatException {
        List<String> linux = fields.texts(name + "Linux");
        List<String> darwin = fields.flag(name + "Differs") ? fields.texts(name + "Darwin") : linux;
        return new BuildFile(fields.text(name), linux, darwin, fields.texts(name + "Unknown"));
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
        Fields.put(object, "glibc", file.glibc());
        Fields.put(object, "glibcxx", file.glibcxx());
        if (file.isStatic()) {
            object.addProperty("static", true);
        }
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
        return new AddonFacts(
                kinds,
                evidence,
                fields.flag("essential"),
                binaries,
                buildFile(fields, "gyp"),
                buildFile(fields, "cmake"),
                fields.texts("foreign"),
                fields.texts("skipVariables"));
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
                fields.text("runpath"),
                fields.text("glibc"),
                fields.text("glibcxx"),
                fields.flag("static"));
    }

    private static AddonKind kind(String term) throws FactsFormatException {
        return Arrays.stream(AddonKind.values())
                .filter(kind -> kind.term().equals(term))
                .findFirst()
                .orElseThrow(() -> new FactsFormatException("names an unknown kind of addon"));
    }
}

package dev.ocnix.report.sbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;

/** What of a package is native, as properties of its component and as components of their own for the files. */
final class NativeParts {
    void describe(AddonHint hint, Properties properties) {
        hint.kinds().stream().map(AddonKind::term).forEach(kind -> properties.add("ocnix:addon:kind", kind));
        hint.systems().forEach((system, outcome) -> properties.add("ocnix:addon:on:" + system, outcome.term()));
        hint.buildInputs().forEach(library -> properties.add("ocnix:addon:systemLibrary", library));
        hint.scripts().forEach((name, script) -> properties.add("ocnix:script:" + name, script));
    }

    JsonArray files(AddonHint hint) {
        JsonArray files = new JsonArray();
        for (BinaryFile file : hint.binaries()) {
            JsonObject json = new JsonObject();
            json.addProperty("type", "file");
            json.addProperty("name", file.path());
            Properties properties = new Properties();
            properties.add("ocnix:binary:format", file.format());
            properties.add("ocnix:binary:os", file.os());
            file.cpus().forEach(cpu -> properties.add("ocnix:binary:cpu", cpu));
            file.libc().ifPresent(libc -> properties.add("ocnix:binary:libc", libc));
            file.needed().forEach(library -> properties.add("ocnix:binary:needs", library));
            properties.addTo(json);
            files.add(json);
        }
        return files;
    }
}

package dev.ocnix.fetch.cache;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.TarballFacts;
import dev.ocnix.model.Visible;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code facts.json} of a tree: sorted, with LF, one line for a package without native parts, so that a changed package is a
 * changed line.
 */
public final class FactsFile {
    /** What the file's fields mean. */
    private static final int SCHEMA = 5;

    /** An earlier one, with the text of each script where its digest is now. */
    private static final int WITH_TEXTS = 4;

    /** A file above this many bytes is not read. */
    public static final int MAX_BYTES = 64 << 20;

    private FactsFile() {}

    /** The file's content. */
    public static byte[] write(Facts facts) {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"schema\": ").append(SCHEMA);
        JsonObject tarballs = new JsonObject();
        facts.tarballs()
                .forEach((sha512, one) ->
                        tarballs.add(sha512.toString(), withDigests(FactsCodec.write(one), facts, sha512.toString())));
        section(out, "tarballs", tarballs);
        JsonObject aliases = new JsonObject();
        facts.aliases().forEach((key, sha512) -> aliases.addProperty(key, sha512.toString()));
        section(out, "aliases", aliases);
        JsonObject checkouts = new JsonObject();
        facts.checkouts().forEach((key, one) -> checkouts.add(key, withDigests(FactsCodec.write(one), facts, key)));
        section(out, "checkouts", checkouts);
        return Visible.json(out.append("\n}\n").toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject withDigests(JsonObject object, Facts facts, String key) {
        Optional.ofNullable(facts.scripts().get(key)).ifPresent(digests -> Fields.put(object, "scripts", digests));
        return object;
    }

    private static void section(StringBuilder out, String name, JsonObject entries) {
        if (entries.isEmpty()) {
            return;
        }
        out.append(",\n  \"").append(name).append("\": ");
        block(out, entries, "  ");
    }

    /** An object with one line for each value that is short by nature, and several for one with native parts. */
    private static void block(StringBuilder out, JsonObject object, String indent) {
        out.append('{');
        Iterator<Map.Entry<String, JsonElement>> entries = object.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonElement> entry = entries.next();
            out.append('\n').append(indent).append("  ");
            out.append(new JsonPrimitive(entry.getKey())).append(": ");
            value(out, entry.getValue(), indent + "  ");
            out.append(entries.hasNext() ? "," : "");
        }
        out.append('\n').append(indent).append('}');
    }

    private static void value(StringBuilder out, JsonElement value, String indent) {
        if (value instanceof JsonObject object && object.has("evidence")) {
            block(out, object, indent);
        } else if (value instanceof JsonArray array
                && !array.isEmpty()
                && array.get(0).isJsonObject()) {
            String separator = "[";
            for (JsonElement element : array) {
                out.append(separator).append('\n').append(indent).append("  ").append(element);
                separator = ",";
            }
            out.append('\n').append(indent).append(']');
        } else {
            out.append(value);
        }
    }

    /**
     * Reads the file's content.
     *
     * @param origin the file, for messages
     * @throws OcnixException if it is damaged or written by a later version
     */
    public static Facts read(byte[] content, String origin) throws OcnixException {
        if (content.length > MAX_BYTES) {
            throw OcnixException.input(origin + " has " + content.length
                    + " bytes, which no tree needs; delete it and run" + " ocnix:generate with network.");
        }
        try {
            Fields fields = Fields.parse(new String(content, StandardCharsets.UTF_8));
            long schema = fields.needNumber("schema");
            if (schema > SCHEMA) {
                throw OcnixException.input(origin + " was written by a later version of the plugin (schema " + schema
                        + "); use that version, or delete the file and run ocnix:generate with network.");
            }
            if (schema < WITH_TEXTS) {
                return Facts.none();
            }
            return schema == WITH_TEXTS
                    ? Facts.of(tarballs(fields), aliases(fields), checkouts(fields))
                    : withDigests(fields);
        } catch (FactsFormatException e) {
            throw OcnixException.input(origin + " " + e.getMessage()
                    + "; restore it from version control, or delete it and run ocnix:generate with network.");
        }
    }

    /** Whatever stands where a digest should be is compared with digests, and nothing else. */
    private static Facts withDigests(Fields file) throws FactsFormatException {
        Facts read = Facts.of(tarballs(file), aliases(file), checkouts(file));
        SortedMap<String, SortedMap<String, String>> scripts = new TreeMap<>();
        for (String section : List.of("tarballs", "checkouts")) {
            for (Map.Entry<String, JsonElement> entry :
                    file.object(section).entries().entrySet()) {
                SortedMap<String, String> digests =
                        Fields.of(entry.getValue(), '"' + section + '"').map("scripts");
                if (!digests.isEmpty()) {
                    String key = section.equals("tarballs")
                            ? Fields.sri(entry.getKey()).toString()
                            : entry.getKey();
                    scripts.put(key, digests(digests));
                }
            }
        }
        return new Facts(read.tarballs(), read.aliases(), read.checkouts(), scripts);
    }

    private static SortedMap<String, String> digests(SortedMap<String, String> read) throws FactsFormatException {
        for (String digest : read.values()) {
            if (!Fields.sri(digest).isSingle()) {
                throw new FactsFormatException("has no digest of a script where there should be one");
            }
        }
        return read;
    }

    private static SortedMap<Sri, TarballFacts> tarballs(Fields file) throws FactsFormatException {
        SortedMap<Sri, TarballFacts> tarballs = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry :
                file.object("tarballs").entries().entrySet()) {
            Sri sha512 = Fields.sri(entry.getKey());
            tarballs.put(sha512, FactsCodec.readTarball(sha512, Fields.of(entry.getValue(), "\"tarballs\"")));
        }
        return tarballs;
    }

    private static SortedMap<String, Sri> aliases(Fields file) throws FactsFormatException {
        SortedMap<String, Sri> aliases = new TreeMap<>();
        for (Map.Entry<String, String> entry : file.map("aliases").entrySet()) {
            Sri sha512 = Fields.sri(entry.getValue());
            if (sha512.algorithm() != HashAlgorithm.SHA512) {
                throw new FactsFormatException("has an alias to something else than a sha512");
            }
            aliases.put(entry.getKey(), sha512);
        }
        return aliases;
    }

    private static SortedMap<String, CheckoutFacts> checkouts(Fields file) throws FactsFormatException {
        SortedMap<String, CheckoutFacts> checkouts = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry :
                file.object("checkouts").entries().entrySet()) {
            checkouts.put(entry.getKey(), FactsCodec.readCheckout(Fields.of(entry.getValue(), "\"checkouts\"")));
        }
        return checkouts;
    }
}

package dev.ocnix.fetch.cache;

import com.google.gson.JsonObject;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.CheckoutFacts;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.TarballFacts;
import java.util.List;
import java.util.TreeSet;

/**
 * Facts as JSON, for the cache and, but for scripts, for {@code facts.json}. Nothing is lost, and what says nothing is left out,
 * so that an ordinary package is its name, version, size and licence.
 */
final class FactsCodec {
    /** What facts mean; raised whenever a tarball would now yield other facts. */
    static final int SCHEMA = 4;

    private FactsCodec() {}

    /** All but the hash, which is the key. */
    static JsonObject write(TarballFacts facts) {
        JsonObject object = new JsonObject();
        writeHead(object, facts.manifest());
        object.addProperty("size", facts.size());
        writeTail(object, facts.manifest());
        AddonCodec.write(object, facts.addon());
        return object;
    }

    static TarballFacts readTarball(Sri sha512, Fields fields) throws FactsFormatException {
        if (sha512.algorithm() != HashAlgorithm.SHA512) {
            throw new FactsFormatException("has a tarball whose key is no sha512");
        }
        return new TarballFacts(sha512, fields.needNumber("size"), readManifest(fields), AddonCodec.read(fields));
    }

    static JsonObject write(AddonFacts facts) {
        JsonObject object = new JsonObject();
        AddonCodec.write(object, facts);
        return object;
    }

    static JsonObject write(CheckoutFacts facts) {
        JsonObject object = new JsonObject();
        writeHead(object, facts.manifest());
        object.addProperty("commit", facts.commit());
        object.addProperty("narHash", facts.narHash().toString());
        if (facts.cloned()) {
            object.addProperty("cloned", true);
        }
        writeTail(object, facts.manifest());
        AddonCodec.write(object, facts.addon());
        return object;
    }

    static CheckoutFacts readCheckout(Fields fields) throws FactsFormatException {
        String commit = fields.needText("commit");
        if (!Revisions.isCommitOfAnyFormat(commit)) {
            throw new FactsFormatException("has a malformed commit");
        }
        return new CheckoutFacts(
                commit,
                fields.needSri("narHash"),
                readManifest(fields),
                AddonCodec.read(fields),
                fields.flag("cloned"));
    }

    private static void writeHead(JsonObject object, PackageManifest manifest) {
        Fields.put(object, "name", manifest.name());
        Fields.put(object, "version", manifest.version());
    }

    private static void writeTail(JsonObject object, PackageManifest manifest) {
        Fields.put(object, "license", manifest.license());
        Fields.put(object, "os", manifest.os());
        Fields.put(object, "cpu", manifest.cpu());
        Fields.put(object, "libc", manifest.libc());
        Fields.put(object, "scripts", manifest.scripts());
        manifest.gypfile().ifPresent(value -> object.addProperty("gypfile", value));
        Fields.put(object, "binary", manifest.binary());
        if (manifest.napi()) {
            object.addProperty("napi", true);
        }
        Fields.put(object, "dependencies", manifest.dependencies());
        Fields.put(object, "optionalDependencies", manifest.optionalDependencies());
    }

    private static PackageManifest readManifest(Fields fields) throws FactsFormatException {
        return new PackageManifest(
                fields.text("name"),
                fields.text("version"),
                fields.texts("os"),
                fields.texts("cpu"),
                fields.texts("libc"),
                fields.map("scripts"),
                fields.optionalFlag("gypfile"),
                new TreeSet<>(fields.texts("binary")),
                fields.flag("napi"),
                new TreeSet<>(fields.texts("dependencies")),
                new TreeSet<>(fields.texts("optionalDependencies")),
                List.of(),
                List.of(),
                fields.text("license"));
    }
}

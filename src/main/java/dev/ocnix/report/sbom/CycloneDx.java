package dev.ocnix.report.sbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.addon.AddonHint;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.JsonText;
import dev.ocnix.report.Origin;
import dev.ocnix.report.Report;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a tree fetches, as a bill of materials in <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>. It has no
 * time stamp, and its serial number follows from its content: the same tree gives the same bytes.
 */
public final class CycloneDx {
    /** The file's name. */
    public static final String FILE_NAME = "sbom.cdx.json";

    private static final String APPLICATION = "application";

    private final NativeParts parts = new NativeParts();
    private final SpdxLicense spdx = new SpdxLicense();
    private final Map<PackageId, AddonHint> addons = new HashMap<>();
    private final Report report;
    private final Inventory inventory;

    private CycloneDx(Report report, Inventory inventory) {
        this.report = report;
        this.inventory = inventory;
        inventory.addons().forEach(hint -> addons.put(hint.id(), hint));
    }

    /** The file's content, with LF and a final line break. */
    public static String print(Report report, Inventory inventory) {
        return new CycloneDx(report, inventory).print();
    }

    private String print() {
        JsonObject json = new JsonObject();
        json.addProperty("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.addProperty("bomFormat", "CycloneDX");
        json.addProperty("specVersion", "1.6");
        json.addProperty("serialNumber", "");
        json.addProperty("version", 1);
        JsonObject metadata = new JsonObject();
        metadata.add("component", application());
        json.add("metadata", metadata);
        JsonArray components = new JsonArray();
        inventory.packages().forEach(fetched -> components.add(component(fetched)));
        json.add("components", components);
        json.add("dependencies", dependencies());
        json.addProperty("serialNumber", "urn:uuid:" + uuid(JsonText.of(json)));
        return JsonText.of(json);
    }

    /** RFC 9562, version 8: made of a digest of the content. */
    private static UUID uuid(String content) {
        ByteBuffer digest =
                ByteBuffer.wrap(Sri.ofContent(HashAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8))
                        .digest());
        long high = digest.getLong() & ~0xF000L | 0x8000L;
        long low = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private JsonObject application() {
        JsonObject json = new JsonObject();
        json.addProperty("type", "application");
        json.addProperty("bom-ref", APPLICATION);
        json.addProperty("name", inventory.name());
        inventory.version().ifPresent(version -> json.addProperty("version", version));
        inventory.license().ifPresent(license -> json.add("licenses", licenses(license)));
        Properties properties = new Properties();
        report.repository().ifPresent(text -> properties.add("ocnix:repository", text));
        report.revision().ifPresent(text -> properties.add("ocnix:revision", text));
        report.commit().ifPresent(text -> properties.add("ocnix:commit", text));
        properties.addTo(json);
        return json;
    }

    private JsonObject component(FetchedPackage fetched) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "library");
        json.addProperty("bom-ref", fetched.id().toString());
        name(json, fetched.id().name());
        fetched.version().ifPresent(version -> json.addProperty("version", version));
        fetched.hash().filter(hash -> !fetched.isNar()).ifPresent(hash -> json.add("hashes", hashes(hash)));
        fetched.license().ifPresent(license -> json.add("licenses", licenses(license)));
        json.addProperty("purl", PackageUrl.of(fetched));
        reference(fetched.origin()).ifPresent(references -> json.add("externalReferences", references));
        Properties properties = new Properties();
        fetched.hash()
                .filter(hash -> fetched.isNar())
                .ifPresent(hash -> properties.add("ocnix:narHash", hash.toString()));
        properties.add("ocnix:hash", fetched.status().term());
        fetched.signature().ifPresent(status -> properties.add("ocnix:signature", status.term()));
        fetched.os().ifPresent(names -> properties.add("ocnix:os", String.join(",", names)));
        fetched.cpu().ifPresent(names -> properties.add("ocnix:cpu", String.join(",", names)));
        fetched.libc().ifPresent(names -> properties.add("ocnix:libc", String.join(",", names)));
        if (fetched.origin() instanceof Origin.Source source) {
            properties.add("ocnix:path", source.path());
        }
        Optional<AddonHint> addon = Optional.ofNullable(addons.get(fetched.id()));
        addon.ifPresent(hint -> parts.describe(hint, properties));
        properties.addTo(json);
        addon.filter(hint -> !hint.binaries().isEmpty()).ifPresent(hint -> json.add("components", parts.files(hint)));
        return json;
    }

    private static void name(JsonObject json, String name) {
        int slash = name.startsWith("@") ? name.indexOf('/') : -1;
        if (slash > 0) {
            json.addProperty("group", name.substring(0, slash));
        }
        json.addProperty("name", name.substring(slash + 1));
    }

    private static JsonArray hashes(Sri hash) {
        JsonObject one = new JsonObject();
        one.addProperty(
                "alg",
                switch (hash.algorithm()) {
                    case SHA1 -> "SHA-1";
                    case SHA256 -> "SHA-256";
                    case SHA384 -> "SHA-384";
                    case SHA512 -> "SHA-512";
                });
        one.addProperty("content", hash.hex());
        return array(List.of(one));
    }

    /** A single licence stands by its id, even where it is written as an expression. */
    private JsonArray licenses(String text) {
        JsonObject choice = new JsonObject();
        JsonObject license = new JsonObject();
        Optional<String> id = spdx.id(text.replaceFirst("^\\(([^()]*)\\)$", "$1"));
        Optional<String> expression = spdx.expression(text);
        if (id.isEmpty() && expression.isPresent()) {
            choice.addProperty("expression", expression.get());
            choice.addProperty("acknowledgement", "declared");
            return array(List.of(choice));
        }
        license.addProperty(id.isPresent() ? "id" : "name", id.orElse(text));
        license.addProperty("acknowledgement", "declared");
        choice.add("license", license);
        return array(List.of(choice));
    }

    private static Optional<JsonArray> reference(Origin origin) {
        boolean isSource = origin instanceof Origin.Source;
        boolean isRepository = origin instanceof Origin.GitHub || origin instanceof Origin.Git;
        // the schema takes what RFC 3987 does, and scp's way to name a repository is none of that
        if (isSource || !origin.text().contains("://")) {
            return Optional.empty();
        }
        JsonObject json = new JsonObject();
        json.addProperty("type", isRepository ? "vcs" : "distribution");
        json.addProperty("url", origin.text());
        return Optional.of(array(List.of(json)));
    }

    private JsonArray dependencies() {
        JsonArray all = new JsonArray();
        all.add(edge(APPLICATION, inventory.direct()));
        inventory.packages().forEach(fetched -> all.add(edge(fetched.id().toString(), fetched.dependencies())));
        return all;
    }

    private static JsonObject edge(String from, List<PackageId> to) {
        JsonObject json = new JsonObject();
        json.addProperty("ref", from);
        JsonArray refs = new JsonArray();
        to.forEach(id -> refs.add(id.toString()));
        if (!refs.isEmpty()) {
            json.add("dependsOn", refs);
        }
        return json;
    }

    static JsonArray array(List<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(array::add);
        return array;
    }
}

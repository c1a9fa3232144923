package dev.ocnix.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The tarball of an npm package, made by a test: the same bytes for the same content. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PackageTarball(String name, String version, JsonObject manifest, byte[] bytes) {

    /** A package whose package.json has at least a name and a version. */
    public static Builder of(String name, String version) {
        return new Builder(name, version);
    }

    /** Its path below a registry, as npm has it. */
    public String path() {
        String base = name.substring(name.indexOf('/') + 1);
        return "/" + name + "/-/" + base + "-" + version + ".tgz";
    }

    /** The sha512 SRI of the bytes. */
    public String integrity() {
        return integrity("SHA-512");
    }

    /** The SRI of the bytes, of any algorithm of the JVM, such as {@code SHA-256}. */
    public String integrity(String algorithm) {
        return algorithm.replace("-", "").toLowerCase(Locale.ROOT)
                + "-"
                + Base64.getEncoder().encodeToString(digest(algorithm));
    }

    /** The sha1 in hexadecimal that old registries give. */
    public String shasum() {
        return HexFormat.of().formatHex(digest("SHA-1"));
    }

    private byte[] digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Collects the files of a package. */
    public static final class Builder {
        private static final int FILE = 0644;
        private static final int PROGRAM = 0755;

        private final JsonObject manifest = new JsonObject();
        private final List<Consumer<TarBuilder>> contents = new ArrayList<>();
        private String top = "package";

        private Builder(String name, String version) {
            manifest.addProperty("name", name);
            manifest.addProperty("version", version);
        }

        /** A field of package.json, its value as JSON text. */
        public Builder field(String name, String json) {
            JsonElement value = JsonParser.parseString(json);
            manifest.add(name, value);
            return this;
        }

        public Builder dependency(String name, String range) {
            if (!manifest.has("dependencies")) {
                manifest.add("dependencies", new JsonObject());
            }
            manifest.getAsJsonObject("dependencies").addProperty(name, range);
            return this;
        }

        /** The name of the folder in the tarball; npm's is {@code package}. */
        public Builder top(String folder) {
            top = folder;
            return this;
        }

        public Builder file(String path, String text) {
            return file(path, text.getBytes(StandardCharsets.UTF_8));
        }

        public Builder file(String path, byte[] content) {
            return file(path, content, FILE);
        }

        public Builder program(String path, String text) {
            return file(path, text.getBytes(StandardCharsets.UTF_8), PROGRAM);
        }

        public Builder file(String path, byte[] content, int mode) {
            contents.add(tar -> tar.file(top + "/" + path, content, mode));
            return this;
        }

        /** A symbolic link, as hostile tarballs have them. */
        public Builder link(String path, String target) {
            contents.add(tar -> tar.link(top + "/" + path, target));
            return this;
        }

        public PackageTarball build() {
            TarBuilder tar = new TarBuilder();
            tar.file(top + "/package.json", manifest.toString().getBytes(StandardCharsets.UTF_8), FILE);
            contents.forEach(content -> content.accept(tar));
            return new PackageTarball(
                    manifest.get("name").getAsString(), manifest.get("version").getAsString(), manifest, tar.tgz());
        }
    }
}

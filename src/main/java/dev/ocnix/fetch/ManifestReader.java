package dev.ocnix.fetch;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.ocnix.model.PackageManifest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the package.json of a dependency. Installers are lenient about it, so fields of a wrong type count as absent, of a
 * key that occurs twice the last one counts, and a byte order mark is skipped.
 */
public final class ManifestReader {
    /** A package.json above this many bytes is not read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_ENTRIES = 20;
    private static final int MAX_EXPORTS_DEPTH = 8;
    private static final Set<String> EXPORTS =
            Set.of(".", "bun", "default", "import", "module", "node", "node-addons", "require");

    private ManifestReader() {}

    /**
     * Reads a package.json.
     *
     * @return empty if it is no JSON object or larger than {@link #MAX_BYTES}
     */
    public static Optional<PackageManifest> read(byte[] json) {
        if (json.length > MAX_BYTES) {
            return Optional.empty();
        }
        String text = new String(json, StandardCharsets.UTF_8);
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonReader reader = new JsonReader(new StringReader(body))) {
            reader.setStrictness(Strictness.LENIENT);
            Fields fields = new Fields();
            fields.read(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(fields.manifest()) : Optional.empty();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What has been read so far. */
    private static final class Fields {
        private Optional<String> name = Optional.empty();
        private Optional<String> version = Optional.empty();
        private Optional<String> license = Optional.empty();
        private Optional<Boolean> gypfile = Optional.empty();
        private List<String> os = List.of();
        private List<String> cpu = List.of();
        private List<String> libc = List.of();
        private final SortedMap<String, String> scripts = new TreeMap<>();
        private SortedSet<String> binary = new TreeSet<>();
        private boolean napi;
        private SortedSet<String> dependencies = new TreeSet<>();
        private SortedSet<String> peers = new TreeSet<>();
        private SortedSet<String> optional = new TreeSet<>();
        private final List<String> exports = new ArrayList<>();
        private Optional<String> main = Optional.empty();
        private List<String> commands = List.of();

        void read(JsonReader reader) throws IOException {
            reader.beginObject();
            while (reader.hasNext()) {
                readField(reader.nextName(), reader);
            }
            reader.endObject();
        }

        private void readField(String key, JsonReader reader) throws IOException {
            switch (key) {
                case "name" -> name = string(reader);
                case "version" -> version = string(reader);
                case "license" -> license = string(reader);
                case "gypfile" -> gypfile = bool(reader);
                case "os" -> os = strings(reader);
                case "cpu" -> cpu = strings(reader);
                case "libc" -> libc = strings(reader);
                case "scripts" -> readScripts(reader);
                case "binary" -> binary = keys(reader);
                case "napi" -> {
                    napi = reader.peek() == JsonToken.BEGIN_OBJECT;
                    reader.skipValue();
                }
                case "dependencies" -> dependencies = keys(reader);
                case "peerDependencies" -> peers = keys(reader);
                case "optionalDependencies" -> optional = keys(reader);
                case "main" -> main = string(reader);
                case "bin" -> commands = values(reader);
                case "exports" -> {
                    exports.clear();
                    readExports(reader, 0);
                }
                default -> reader.skipValue();
            }
        }

        private void readScripts(JsonReader reader) throws IOException {
            scripts.clear();
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                reader.skipValue();
                return;
            }
            reader.beginObject();
            while (reader.hasNext()) {
                String key = reader.nextName();
                Optional<String> script = string(reader);
                script.filter(text -> !text.isBlank())
                        .ifPresentOrElse(text -> scripts.put(whole(key), text), () -> scripts.remove(whole(key)));
            }
            reader.endObject();
        }

        /** What the package itself is, under the conditions of Node and Bun. */
        private void readExports(JsonReader reader, int depth) throws IOException {
            if (reader.peek() == JsonToken.STRING && exports.size() < MAX_ENTRIES) {
                exports.add(whole(reader.nextString()));
            } else if (reader.peek() == JsonToken.BEGIN_OBJECT && depth < MAX_EXPORTS_DEPTH) {
                reader.beginObject();
                while (reader.hasNext()) {
                    if (EXPORTS.contains(reader.nextName())) {
                        readExports(reader, depth + 1);
                    } else {
                        reader.skipValue();
                    }
                }
                reader.endObject();
            } else {
                reader.skipValue();
            }
        }

        private List<String> entries() {
            List<String> entries = new ArrayList<>(exports);
            main.ifPresent(entries::add);
            return entries.isEmpty() ? List.of("index.js") : entries;
        }

        PackageManifest manifest() {
            SortedSet<String> all = new TreeSet<>(dependencies);
            all.addAll(peers);
            all.addAll(optional);
            return new PackageManifest(
                    name, version, os, cpu, libc, scripts, gypfile, binary, napi, all, optional, entries(), commands,
                    license);
        }
    }

    private static Optional<String> string(JsonReader reader) throws IOException {
        if (reader.peek() == JsonToken.STRING) {
            return Optional.of(whole(reader.nextString()));
        }
        reader.skipValue();
        return Optional.empty();
    }

    /** Replaces unpaired surrogates, which an escape can make and a file cannot hold. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static Optional<Boolean> bool(JsonReader reader) throws IOException {
        if (reader.peek() == JsonToken.BOOLEAN) {
            return Optional.of(reader.nextBoolean());
        }
        reader.skipValue();
        return Optional.empty();
    }

    /** A list of strings; a single string stands for a list of one. */
    private static List<String> strings(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            return string(reader).map(List::of).orElse(List.of());
        }
        List<String> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            string(reader).ifPresent(values::add);
        }
        reader.endArray();
        return values;
    }

    /** A string, or the strings in an object. */
    private static List<String> values(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            return string(reader).map(List::of).orElse(List.of());
        }
        List<String> values = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String unused = reader.nextName();
            string(reader).filter(value -> values.size() < MAX_ENTRIES).ifPresent(values::add);
        }
        reader.endObject();
        return values;
    }

    private static SortedSet<String> keys(JsonReader reader) throws IOException {
        SortedSet<String> keys = new TreeSet<>();
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            reader.skipValue();
            return keys;
        }
        reader.beginObject();
        while (reader.hasNext()) {
            keys.add(whole(reader.nextName()));
            reader.skipValue();
        }
        reader.endObject();
        return keys;
    }
}

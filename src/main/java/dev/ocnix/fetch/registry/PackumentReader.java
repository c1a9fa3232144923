package dev.ocnix.fetch.registry;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the two documents in which registries speak of versions, passing over all but signatures and times; that of a package
 * may have a hundred megabytes. Fields of a wrong type count as absent.
 */
final class PackumentReader {
    private final String origin;

    /** @param origin where the documents are from, for messages */
    PackumentReader(String origin) {
        this.origin = origin;
    }

    /** The document of one version, {@code /<name>/<version>}. */
    VersionRecord version(InputStream body) throws IOException, OcnixException {
        return read(body, PackumentReader::version);
    }

    /** The document of a package, {@code /<name>}, of which these versions count. */
    Packument packument(InputStream body, Set<String> wanted) throws IOException, OcnixException {
        return read(body, reader -> packument(reader, wanted));
    }

    private interface Part<T> {
        T read(JsonReader reader) throws IOException;
    }

    private interface Field {
        void read(String name, JsonReader reader) throws IOException;
    }

    private <T> T read(InputStream body, Part<T> part) throws IOException, OcnixException {
        try {
            JsonReader reader = new JsonReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            reader.setStrictness(Strictness.LEGACY_STRICT);
            return part.read(reader);
        } catch (MalformedJsonException | IllegalStateException e) {
            throw OcnixException.outside(
                    "What " + origin + " answers is no JSON; look whether that really is a registry.", e);
        }
    }

    private static Packument packument(JsonReader reader, Set<String> wanted) throws IOException {
        SortedMap<String, VersionRecord> versions = new TreeMap<>();
        SortedMap<String, Instant> published = new TreeMap<>();
        fields(reader, (name, in) -> {
            switch (name) {
                case "versions" ->
                    fields(in, (version, one) -> {
                        if (wanted.contains(version)) {
                            versions.put(version, version(one));
                        } else {
                            one.skipValue();
                        }
                    });
                case "time" ->
                    fields(in, (version, one) -> {
                        Optional<Instant> time = text(one).flatMap(PackumentReader::instant);
                        if (wanted.contains(version)) {
                            time.ifPresent(instant -> published.put(version, instant));
                        }
                    });
                default -> in.skipValue();
            }
        });
        return new Packument(versions, published);
    }

    private static VersionRecord version(JsonReader reader) throws IOException {
        List<String> integrity = new ArrayList<>();
        List<VersionRecord.Signed> signatures = new ArrayList<>();
        fields(reader, (name, in) -> {
            if (!name.equals("dist")) {
                in.skipValue();
                return;
            }
            fields(in, (key, value) -> {
                switch (key) {
                    case "integrity" -> text(value).ifPresent(integrity::add);
                    case "signatures" -> signatures(value, signatures);
                    default -> value.skipValue();
                }
            });
        });
        return new VersionRecord(integrity.stream().findFirst(), signatures);
    }

    private static void signatures(JsonReader reader, List<VersionRecord.Signed> into) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_ARRAY) {
            reader.skipValue();
            return;
        }
        reader.beginArray();
        while (reader.hasNext()) {
            SortedMap<String, String> one = new TreeMap<>();
            fields(reader, (name, in) -> text(in).ifPresent(value -> one.put(name, value)));
            into.add(new VersionRecord.Signed(one.getOrDefault("keyid", ""), one.getOrDefault("sig", "")));
        }
        reader.endArray();
    }

    private static void fields(JsonReader reader, Field field) throws IOException {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            reader.skipValue();
            return;
        }
        reader.beginObject();
        while (reader.hasNext()) {
            field.read(reader.nextName(), reader);
        }
        reader.endObject();
    }

    private static Optional<String> text(JsonReader reader) throws IOException {
        if (reader.peek() == JsonToken.STRING) {
            return Optional.of(reader.nextString());
        }
        reader.skipValue();
        return Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

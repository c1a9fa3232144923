package dev.ocnix.addon;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What {@code src/test/addons/record.py} kept of a published package, shown to the scanner as the tarball would be. */
final class RecordedPackage {
    static final Path FOLDER = Path.of("src/test/addons");

    private final JsonObject json;
    private final PackageManifest manifest;

    private RecordedPackage(JsonObject json) {
        this.json = json;
        String text = json.getAsJsonObject("texts").get("package.json").getAsString();
        this.manifest =
                ManifestReader.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    static RecordedPackage load(PackageId id) {
        return load(FOLDER.resolve("facts").resolve(id.toString().replace('/', '+') + ".json.gz"));
    }

    static RecordedPackage load(Path file) {
        try (Reader reader =
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
            return new RecordedPackage(JsonParser.parseReader(reader).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As its package.json says. */
    PackageManifest manifest() {
        return manifest;
    }

    /** Of the tarball that was recorded. */
    String integrity() {
        return json.get("integrity").getAsString();
    }

    AddonFacts scan() {
        PackageVisitor visitor = new AddonScanner().open(new PackageId("any", "1.0.0"));
        try {
            for (JsonElement element : json.getAsJsonArray("files")) {
                JsonArray file = element.getAsJsonArray();
                String path = file.get(0).getAsString();
                boolean isExecutable = (file.get(2).getAsInt() & 0111) != 0;
                visitor.file(
                        path,
                        isExecutable,
                        file.get(1).getAsLong(),
                        content(path, file.get(1).getAsLong()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return visitor.finish(manifest);
    }

    private InputStream content(String path, long size) {
        JsonObject texts = json.getAsJsonObject("texts");
        if (texts.has(path)) {
            return new ByteArrayInputStream(texts.get(path).getAsString().getBytes(StandardCharsets.UTF_8));
        }
        NavigableMap<Long, byte[]> ranges = new TreeMap<>();
        JsonElement recorded = json.getAsJsonObject("natives").get(path);
        if (recorded != null) {
            recorded.getAsJsonArray()
                    .forEach(range -> ranges.put(
                            range.getAsJsonArray().get(0).getAsLong(),
                            Base64.getDecoder()
                                    .decode(range.getAsJsonArray().get(1).getAsString())));
        }
        return new Sparse(size, ranges);
    }

    /** Zeros with the recorded bytes in their places. */
    private static final class Sparse extends InputStream {
        private final long size;
        private final NavigableMap<Long, byte[]> ranges;
        private long at;

        Sparse(long size, NavigableMap<Long, byte[]> ranges) {
            this.size = size;
            this.ranges = ranges;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - at);
            java.util.Arrays.fill(buffer, offset, offset + count, (byte) 0);
            Long first = ranges.floorKey(at);
            for (Map.Entry<Long, byte[]> range :
                    ranges.subMap(first == null ? at : first, at + count).entrySet()) {
                long from = Math.max(at, range.getKey());
                long to = Math.min(at + count, range.getKey() + range.getValue().length);
                if (from < to) {
                    System.arraycopy(
                            range.getValue(), (int) (from - range.getKey()), buffer, offset + (int) (from - at), (int)
                                    (to - from));
                }
            }
            at += count;
            return count;
        }
    }
}

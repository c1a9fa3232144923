package dev.ocnix.project;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A source of texts, which counts how often each is read. */
final class FilesInMemory implements SourceFiles {
    final Map<String, Integer> reads = new HashMap<>();
    private final SortedMap<String, String> texts;

    FilesInMemory(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) {
        reads.merge(path, 1, Integer::sum);
        return Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SortedSet<String> list(String folder) {
        SortedSet<String> paths = new TreeSet<>();
        texts.keySet().stream()
                .filter(path -> folder.isEmpty() || path.startsWith(folder + "/"))
                .forEach(paths::add);
        return paths;
    }

    @Override
    public Optional<Sri> narHash(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> head(String path, int bytes) {
        return Optional.ofNullable(texts.get(path))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(content -> Arrays.copyOf(content, Math.min(bytes, content.length)));
    }

    @Override
    public void visit(String folder, PackageVisitor visitor) {
        throw new UnsupportedOperationException("no test looks into a folder");
    }
}

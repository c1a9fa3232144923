package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.NarNode;
import dev.ocnix.hash.Sri;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Trees as one comparable line per entry. */
final class Trees {
    private Trees() {}

    static SortedMap<String, String> of(SourceTree tree) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        add(tree.root(), "", lines);
        return lines;
    }

    private static void add(NarNode.Directory folder, String prefix, SortedMap<String, String> lines)
            throws IOException {
        for (Map.Entry<ByteName, NarNode> entry : folder.children().entrySet()) {
            String path = prefix + entry.getKey();
            if (entry.getValue() instanceof NarNode.Directory directory) {
                lines.put(path, "folder");
                add(directory, path + "/", lines);
            } else if (entry.getValue() instanceof NarNode.Symlink link) {
                lines.put(path, "link to " + new String(link.target(), java.nio.charset.StandardCharsets.UTF_8));
            } else if (entry.getValue() instanceof NarNode.Regular file) {
                try (InputStream in = file.content().open()) {
                    lines.put(path, file(file.executable(), in.readAllBytes()));
                }
            }
        }
    }

    static SortedMap<String, String> of(Path folder) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) walk.filter(p -> !p.equals(folder))::iterator) {
                String name = folder.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    lines.put(name, "link to " + Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    lines.put(name, "folder");
                } else {
                    lines.put(name, file(Files.isExecutable(path), Files.readAllBytes(path)));
                }
            }
        }
        return lines;
    }

    /** One line per entry that differs; nothing if the trees are equal. */
    static String difference(SortedMap<String, String> expected, SortedMap<String, String> actual) {
        SortedSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(actual.keySet());
        StringBuilder lines = new StringBuilder();
        for (String path : paths) {
            String wanted = expected.getOrDefault(path, "nothing");
            String found = actual.getOrDefault(path, "nothing");
            if (!wanted.equals(found)) {
                lines.append(path + ": expected " + wanted + ", got " + found + "\n");
            }
        }
        return lines.toString();
    }

    private static String file(boolean executable, byte[] content) {
        String kind = executable ? "program" : "file";
        return kind + " of " + content.length + " " + Sri.ofContent(HashAlgorithm.SHA256, content);
    }
}

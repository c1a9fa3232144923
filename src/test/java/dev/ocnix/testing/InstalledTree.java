package dev.ocnix.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folder as an installer left it: each file's bytes and executable bit, each link's text, each empty folder. */
public record InstalledTree(SortedMap<String, Entry> entries) {
    private static final Set<PosixFilePermission> EXECUTABLE = Set.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    /** What stands at a path: {@code file}, {@code program}, {@code link} or {@code folder}, and its bytes or target as Latin-1. */
    public record Entry(String kind, String content) {
        @Override
        public String toString() {
            String text = content.replace("\r", "\\r").replace("\n", "\\n");
            return kind + " " + (text.length() > 120 ? text.substring(0, 120) + "…" : text);
        }
    }

    /** A path at which two trees are not alike. */
    public record Difference(String path, Optional<Entry> expected, Optional<Entry> actual) {
        @Override
        public String toString() {
            return path + ": expected " + expected.map(Entry::toString).orElse("nothing") + ", found "
                    + actual.map(Entry::toString).orElse("nothing");
        }
    }

    public static InstalledTree of(Path folder) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    entries.put(folder.relativize(file).toString(), entry(file, attributes));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    try (var children = Files.list(directory)) {
                        if (children.findAny().isEmpty()) {
                            entries.put(folder.relativize(directory).toString(), new Entry("folder", ""));
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new InstalledTree(entries);
    }

    private static Entry entry(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return new Entry("link", Files.readSymbolicLink(file).toString());
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        boolean isProgram = permissions.stream().anyMatch(EXECUTABLE::contains);
        return new Entry(
                isProgram ? "program" : "file", new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    /** Where another tree is not like this one; by path. */
    public List<Difference> differences(InstalledTree actual) {
        SortedMap<String, Entry> others = actual.entries();
        TreeSet<String> paths = new TreeSet<>(entries.keySet());
        paths.addAll(others.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(entries.get(path), others.get(path))) {
                differences.add(new Difference(
                        path, Optional.ofNullable(entries.get(path)), Optional.ofNullable(others.get(path))));
            }
        }
        return differences;
    }
}

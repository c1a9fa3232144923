package dev.ocnix.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a project that Bun and we install. A path that ends in {@code *} is a program, one with {@code @} before it a link. */
final class ParityProject {
    private final String name;
    private Optional<String> former = Optional.empty();
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<String, String> links = new TreeMap<>();
    private final SortedMap<String, byte[]> programs = new TreeMap<>();

    ParityProject(String name, String manifest) {
        this.name = name;
        file("package.json", named(manifest));
    }

    private String named(String manifest) {
        return manifest.replaceFirst("\\{", "{ \"name\": \"" + name + "\", \"version\": \"1.0.0\",");
    }

    /** The manifest with which the project was locked first. */
    ParityProject formerly(String manifest) {
        former = Optional.of(named(manifest));
        return this;
    }

    Optional<String> former() {
        return former;
    }

    String name() {
        return name;
    }

    ParityProject file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    ParityProject file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    ParityProject program(String path, String text) {
        programs.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ParityProject link(String path, String target) {
        links.put(path, target);
        return this;
    }

    Path write(Path folder) throws IOException {
        files.putAll(programs);
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
            if (programs.containsKey(file.getKey())) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        for (var link : links.entrySet()) {
            Files.createDirectories(folder.resolve(link.getKey()).getParent());
            Files.createSymbolicLink(folder.resolve(link.getKey()), Path.of(link.getValue()));
        }
        return folder;
    }
}

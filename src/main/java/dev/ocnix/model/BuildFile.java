package dev.ocnix.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What a package's {@code binding.gyp} or {@code CMakeLists.txt} asks for, with what it includes.
 *
 * @param path of the file, if there is one
 * @param linux what is asked of Linux, sorted: linked ({@code -lutil}), a module of pkg-config ({@code libsecret-1}), a fixed folder of
 *     headers ({@code -I/usr/include/libxml2}), CMake's own searches ({@code find_package(OpenSSL)})
 * @param darwin the same on macOS
 * @param unknown what it says that we do not understand, for people, sorted
 */
public record BuildFile(Optional<String> path, List<String> linux, List<String> darwin, List<String> unknown) {
    private static final int MAX_UNKNOWN = 20;
    private static final BuildFile NONE = new BuildFile(Optional.empty(), List.of(), List.of(), List.of());

    public BuildFile {
        linux = List.copyOf(linux);
        darwin = List.copyOf(darwin);
        unknown = List.copyOf(unknown);
    }

    /** A package without such a file. */
    public static BuildFile none() {
        return NONE;
    }

    /** The folder of the file, relative to the package's; empty at the top. */
    public String directory() {
        String known = path.orElse("");
        return known.substring(0, Math.max(0, known.lastIndexOf('/')));
    }

    /**
     * A file that was read once for each system.
     *
     * @param unknown of both systems; the first of them are kept
     */
    public static BuildFile of(String path, SortedSet<String> linux, SortedSet<String> darwin, Stream<String> unknown) {
        return new BuildFile(
                Optional.of(path),
                List.copyOf(linux),
                List.copyOf(darwin),
                unknown.sorted().distinct().limit(MAX_UNKNOWN).toList());
    }
}

package dev.ocnix.addon;

import com.google.gson.Gson;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What no tarball says of a few packages: the plugin's own table {@code packages.json}. It adds libraries, variables and tools to
 * what the evidence shows and decides no kind, but for downloads on first use, which leave no trace in a tarball.
 */
final class PackageTable {
    private static final String RESOURCE = "packages.json";
    private static final int SCHEMA = 2;

    private final List<Entry> entries;

    private PackageTable(List<Entry> entries) {
        this.entries = entries;
    }

    static PackageTable load() {
        Content content = new Gson().fromJson(Resources.text(PackageTable.class, RESOURCE), Content.class);
        if (content.schema != SCHEMA) {
            throw new IllegalStateException(RESOURCE + " has schema " + content.schema);
        }
        return new PackageTable(content.packages.stream().map(Row::entry).toList());
    }

    /** All entries, in the order of the table. */
    List<Entry> entries() {
        return entries;
    }

    /** The entry for a version of a package. */
    Optional<Entry> find(String name, String version) {
        return entries.stream()
                .filter(entry -> entry.name.equals(name) && entry.admits(version))
                .findFirst();
    }

    boolean downloadsOnFirstUse(String name, String version) {
        return find(name, version).filter(Entry::firstUse).isPresent();
    }

    /**
     * What is known of a range of versions.
     *
     * @param linux attribute names of nixpkgs that a compile on Linux needs beyond what its sources name; likewise {@code darwin} for
     *     macOS, and {@code tools} for both
     * @param force variables that make its install script compile
     * @param paths variables that tell it where its native part is, or which one to take
     * @param skip variables that keep it from downloading
     * @param instead what in nixpkgs can stand in for what it brings or downloads
     * @param optional whether its users work without its native part
     */
    record Entry(
            String name,
            BunRange versions,
            boolean firstUse,
            List<String> linux,
            List<String> darwin,
            List<String> tools,
            SortedMap<String, String> force,
            SortedMap<String, String> skip,
            List<String> paths,
            Optional<Substitute> instead,
            boolean optional) {
        /** A pre-release counts as the release that it precedes. */
        private boolean admits(String version) {
            BunVersion.Core core = BunVersion.scan(version, 0).lowest();
            return versions.admits(new BunVersion.Core(core.major(), core.minor(), core.patch(), ""));
        }
    }

    private record Content(int schema, List<Row> packages) {}

    /** As the file has it; what does not apply is left out there. */
    private record Row(
            String name,
            String versions,
            boolean firstUse,
            Map<String, List<String>> libraries,
            List<String> tools,
            Map<String, String> force,
            Map<String, String> skip,
            List<String> paths,
            Instead instead,
            boolean optional) {
        Entry entry() {
            return new Entry(
                    name,
                    BunRange.parse(versions),
                    firstUse,
                    libraries("linux"),
                    libraries("darwin"),
                    Objects.requireNonNullElse(tools, List.of()),
                    new TreeMap<>(Objects.requireNonNullElse(force, Map.of())),
                    new TreeMap<>(Objects.requireNonNullElse(skip, Map.of())),
                    Objects.requireNonNullElse(paths, List.of()),
                    Optional.ofNullable(instead).map(Instead::substitute),
                    optional);
        }

        /** Those of all systems, and those of one. */
        private List<String> libraries(String system) {
            return Stream.of("all", system)
                    .flatMap(key -> Objects.requireNonNullElse(libraries, Map.<String, List<String>>of())
                            .getOrDefault(key, List.of())
                            .stream())
                    .toList();
        }
    }

    private record Instead(String attribute, String path, String variable, boolean sameVersion) {
        Substitute substitute() {
            return new Substitute(attribute, Optional.ofNullable(path), Optional.ofNullable(variable), sameVersion);
        }
    }
}

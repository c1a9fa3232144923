package dev.ocnix.addon;

import com.google.gson.Gson;
import dev.ocnix.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * From what addons ask for to the names of nixpkgs: the plugin's own table {@code libraries.json}.
 *
 * @param pkgConfig by module
 * @param link by the name behind {@code -l}
 * @param soname by what a library calls itself
 * @param headers npm packages that only bring headers for a compile
 */
record LibraryMap(
        Map<String, List<String>> pkgConfig,
        Map<String, List<String>> link,
        Map<String, List<String>> soname,
        Set<String> headers) {
    private static final String RESOURCE = "libraries.json";

    static LibraryMap load() {
        return new Gson().fromJson(Resources.text(LibraryMap.class, RESOURCE), LibraryMap.class);
    }

    /** What a compile links, in nixpkgs. */
    SortedSet<String> forCompile(List<String> gypLibraries) {
        SortedSet<String> found = new TreeSet<>();
        gypLibraries.forEach(library -> forCompile(library).ifPresent(names -> found.addAll(names)));
        return found;
    }

    /** What a compile links that this table does not know. */
    List<String> unknown(List<String> gypLibraries) {
        return gypLibraries.stream()
                .filter(library -> forCompile(library).isEmpty())
                .toList();
    }

    private Optional<List<String>> forCompile(String library) {
        return Optional.ofNullable(library.startsWith("-l") ? link.get(library.substring(2)) : pkgConfig.get(library));
    }

    /** Whether pkg-config is asked for it: neither a flag nor the library's own program. */
    static boolean isModule(String library) {
        return !library.startsWith("-l") && !library.endsWith("-config") && !library.endsWith("_config");
    }

    /** Who in nixpkgs has a shared library; empty for those of every standard environment and for unknown ones. */
    List<String> forSoname(String name) {
        return soname.getOrDefault(name, List.of());
    }
}

package dev.ocnix.addon;

import com.google.gson.Gson;
import dev.ocnix.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * From what addons ask for to the names of nixpkgs: the plugin's own table {@code libraries.json}.
 *
 * @param pkgConfig by module
 * @param link by the name behind {@code -l}
 * @param include by a folder below one of the system's folders of headers
 * @param cmake by what {@code find_package} is asked for
 * @param soname by what a library calls itself
 * @param headers npm packages that only bring headers for a compile
 * @param linuxOnly names of nixpkgs that it has for Linux alone, or that macOS brings itself
 */
record LibraryMap(
        Map<String, List<String>> pkgConfig,
        Map<String, List<String>> link,
        Map<String, List<String>> include,
        Map<String, List<String>> cmake,
        Map<String, List<String>> soname,
        Set<String> headers,
        Set<String> linuxOnly) {
    private static final String RESOURCE = "libraries.json";

    static LibraryMap load() {
        return new Gson().fromJson(Resources.text(LibraryMap.class, RESOURCE), LibraryMap.class);
    }

    /** What a compile asks for, in nixpkgs. */
    SortedSet<String> forCompile(List<String> asked) {
        SortedSet<String> found = new TreeSet<>();
        asked.forEach(library -> forCompile(library).ifPresent(found::addAll));
        return found;
    }

    /** What a compile asks for that this table does not know. */
    List<String> unknown(List<String> asked) {
        return asked.stream().filter(library -> forCompile(library).isEmpty()).toList();
    }

    private Optional<List<String>> forCompile(String asked) {
        if (asked.startsWith("-l")) {
            return Optional.ofNullable(link.get(asked.substring(2)));
        }
        if (asked.startsWith("-I")) {
            return Stream.of(asked.split("/", -1))
                    .map(folder -> folder.replaceAll("@.*", ""))
                    .filter(include::containsKey)
                    .findFirst()
                    .map(include::get);
        }
        return CmakeSearch.read(asked)
                .map(search -> search.find(this))
                .orElseGet(() -> Optional.ofNullable(pkgConfig.get(asked)));
    }

    /** Whether pkg-config is asked for it: neither a flag nor the library's own program. */
    static boolean isModule(String asked) {
        return !asked.startsWith("-")
                && !asked.endsWith("-config")
                && !asked.endsWith("_config")
                && CmakeSearch.read(asked).isEmpty();
    }

    /** Who in nixpkgs has a shared library; empty for those of every standard environment and for unknown ones. */
    List<String> forSoname(String name) {
        return soname.getOrDefault(name, List.of());
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name of nixpkgs that a hint may carry can be evaluated on the system that it is for, so that no tree fails as a whole. */
@NeedsNix
class LibraryNamesTest {
    private static final Path NAMES = Path.of(System.getProperty("basedir", ""))
            .resolve("nix/lib/nixpkgs-names.nix")
            .toAbsolutePath();
    private static final Pattern FORMERLY = Pattern.compile("(?m)^    ([\\w-]+) = \"[\\w.-]+\";$");

    private final List<String> formerly;
    private final LibraryMap libraries = LibraryMap.load();
    private final List<PackageTable.Entry> packages = PackageTable.load().entries();

    LibraryNamesTest() throws IOException {
        formerly = FORMERLY.matcher(Files.readString(NAMES))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** What a hint names for a system, by the tables alone. */
    private SortedSet<String> named(NixSystem system) {
        SortedSet<String> names = Stream.of(
                        libraries.pkgConfig(),
                        libraries.link(),
                        libraries.include(),
                        libraries.cmake(),
                        libraries.soname())
                .flatMap(map -> map.values().stream())
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        packages.forEach(entry -> {
            names.addAll(system.isLinux() ? entry.linux() : entry.darwin());
            names.addAll(entry.tools());
            entry.instead().ifPresent(instead -> names.add(instead.attribute()));
        });
        names.addAll(formerly);
        names.addAll(List.of("cmake", "ninja", "patchelf", "pkg-config", "python3", "stdenv.cc.cc.lib"));
        if (!system.isLinux()) {
            names.removeAll(libraries.linuxOnly());
        }
        return names;
    }

    @Test
    void everyNameIsADerivationOnEachSystem() {
        String all = NixSystem.USUAL.stream()
                .map(system -> system.name() + " = of \"" + system.name() + "\" [ "
                        + named(system).stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" "))
                        + " ];")
                .collect(Collectors.joining("\n"));
        JsonObject found =
                Nix.get().eval("""
                        let
                          of = system: names:
                            let
                              pkgs = import %s { inherit system; };
                              find = import %s { inherit (pkgs) lib; inherit pkgs; };
                              one = name: let value = find "the test" name; in
                                { inherit name; value = if value == null then "nothing" else builtins.substring 0 0 value.drvPath; };
                            in builtins.listToAttrs (map one names);
                        in { %s }""".formatted(NixStore.standIn(), NAMES, all)).getAsJsonObject();
        for (NixSystem system : NixSystem.USUAL) {
            SortedMap<String, String> nothing = new TreeMap<>();
            for (var entry : found.getAsJsonObject(system.name()).entrySet()) {
                nothing.put(entry.getKey(), entry.getValue().getAsString());
            }
            assertEquals(named(system), nothing.keySet());
            nothing.values().removeIf(String::isEmpty);
            assertEquals("{}", nothing.toString(), system.name());
        }
    }

    /** What the table calls Linux' own, the stand-in refuses elsewhere or has nothing for, as nixpkgs does. */
    @Test
    void whatIsLinuxAloneIsRefusedOnMacOs() {
        String names =
                libraries.linuxOnly().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" "));
        SortedSet<String> refused = new TreeSet<>();
        Nix.get()
                .eval("let pkgs = import " + NixStore.standIn() + " { system = \"aarch64-darwin\"; }; "
                        + "isThere = name: let it = builtins.tryEval (pkgs.${name} or null); in it.success && it.value != null; "
                        + "in builtins.filter (name: !isThere name) [ " + names + " ]")
                .getAsJsonArray()
                .forEach(name -> refused.add(name.getAsString()));
        SortedSet<String> expected = new TreeSet<>(libraries.linuxOnly());
        // nixpkgs has only stubs for linking there, or another one's in place of what macOS brings itself
        expected.removeAll(List.of("fuse", "pam"));
        assertEquals(expected, refused);
    }
}

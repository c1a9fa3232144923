package dev.ocnix.nix;

import dev.ocnix.model.Resources;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The hand-written files that a tree gets a copy of. */
final class BuilderFiles {
    /** The files of {@code nix/lib}; a test compares them with the folder. */
    static final List<String> LIBRARY = List.of(
            "addons.nix",
            "application.nix",
            "application.sh",
            "assemble.sh",
            "bins.nix",
            "compile.sh",
            "consume.nix",
            "consume.sh",
            "default.nix",
            "dev-shell.nix",
            "gyp-arguments.js",
            "isolated.nix",
            "links.js",
            "module.nix",
            "nixpkgs-names.nix",
            "node-modules.nix",
            "packages.nix",
            "patch.js",
            "platform.nix",
            "post-assembly.nix",
            "scope.nix",
            "settings.nix",
            "shebang.sh",
            "supports.nix",
            "tests.nix",
            "unpack.sh");

    private BuilderFiles() {}

    /** The builder, by path in the tree. */
    static SortedMap<String, FileContent> library() {
        SortedMap<String, FileContent> files = new TreeMap<>();
        LIBRARY.forEach(name -> files.put("lib/" + name, resource("lib/" + name)));
        return files;
    }

    /** A file of the tree itself, with its places to fill in. */
    static FileContent template(String name) {
        return resource("tree/" + name);
    }

    private static FileContent resource(String name) {
        return FileContent.of(Resources.bytes(BuilderFiles.class, name));
    }
}

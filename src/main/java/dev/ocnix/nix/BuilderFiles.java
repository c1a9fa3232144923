package dev.ocnix.nix;

import dev.ocnix.model.Resources;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The hand-written files that a tree gets a copy of. */
public final class BuilderFiles {
    /** The files of {@code nix/lib}; a test compares them with the folder. */
    static final List<String> LIBRARY = List.of(
            "addons.nix",
            "application.nix",
            "application.sh",
            "assemble.sh",
            "binaries.sh",
            "bins.nix",
            "build-steps.nix",
            "compile.sh",
            "consume.nix",
            "consume.sh",
            "default.nix",
            "dev-shell.nix",
            "forms.nix",
            "generated.sh",
            "generators.json",
            "gyp-arguments.js",
            "install-list.js",
            "isolated.nix",
            "left-out-commands.json",
            "links.js",
            "local-source.nix",
            "module.nix",
            "names.nix",
            "nixpkgs-names.nix",
            "node-modules.nix",
            "own-addons.nix",
            "own-scripts.js",
            "own-scripts.nix",
            "own-tools.sh",
            "packages.nix",
            "patch.js",
            "platform.nix",
            "post-assembly.nix",
            "programs.nix",
            "programs.sh",
            "scope.nix",
            "secrets.json",
            "secrets.nix",
            "settings.nix",
            "shebang.sh",
            "supports.nix",
            "taken-names.json",
            "tests.nix",
            "unpack.sh",
            "writable.js",
            "writable.nix");

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

    /** Commands of lifecycle scripts that no build runs, as JSON. */
    public static String leftOutCommands() {
        return resource("lib/left-out-commands.json").toString();
    }

    /** Names of files with secrets, as JSON. */
    public static String secretNames() {
        return resource("lib/secrets.json").toString();
    }

    private static FileContent resource(String name) {
        return FileContent.of(Resources.bytes(BuilderFiles.class, name));
    }
}

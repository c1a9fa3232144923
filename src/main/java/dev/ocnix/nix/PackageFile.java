package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code package.nix}, and the files that know no more than the application's name. */
final class PackageFile {
    private static final Set<String> TAKEN = Set.of(
            "lib",
            "stdenv",
            "pkgs",
            "buildPackages",
            "fetchurl",
            "fetchgit",
            "fetchFromGitHub",
            "makeWrapper",
            "nodejs",
            "bun",
            "src",
            "overrides",
            "preferSource",
            "runtime",
            "mode",
            "bunRules");
    private static final String RULES =
            "\n  # the release of Bun whose isolated layout this is: \"1.3\" or \"1.4\"\n  bunRules ? \"1.4\",";

    private PackageFile() {}

    static FileContent named(String template, Application application) throws OcnixException {
        String name = NixPrinter.print(NixExpr.text(nameOf(application)));
        return FileContent.of(BuilderFiles.template(template).toString().replace("@NAME@", name));
    }

    static FileContent of(Application application, boolean isolated) throws OcnixException {
        StringBuilder formals = new StringBuilder();
        for (String tool : new TreeSet<>(application.runtimePath())) {
            if (!NixPrinter.isIdentifier(tool) || TAKEN.contains(tool)) {
                throw OcnixException.input("The profile's runtimePath names " + Shown.of(tool)
                        + ", which cannot be an argument of package.nix; correct the profile.");
            }
            formals.append("\n  ").append(tool).append(" ? null,");
        }
        List<NixExpr> tools = new TreeSet<>(application.runtimePath())
                .stream().<NixExpr>map(NixExpr.Ident::new).toList();
        // one pass per place, the one with foreign text last: what is filled in is never searched again
        return FileContent.of(BuilderFiles.template("package.nix")
                .toString()
                .replace("@LINKER_FORMALS@", isolated ? RULES : "")
                .replace("@LINKER_ARGUMENTS@", isolated ? "\n    bunRules" : "")
                .replace("@LINKER_FILES@", isolated ? "\n    isolated = ./isolated.nix;" : "")
                .replace("@TOOL_FORMALS@", formals)
                .replace("@TOOLS@", NixPrinter.print(new NixExpr.ListOf(tools), 1))
                .replace("@APPLICATION@", NixPrinter.print(application(application, isolated), 1)));
    }

    private static NixExpr application(Application application, boolean isolated) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        entries.put("name", NixExpr.text(nameOf(application)));
        entries.put("version", NixExpr.text(FetchName.sanitise(application.version())));
        application.meta().description().ifPresent(text -> entries.put("description", NixExpr.text(text)));
        application.meta().homepage().ifPresent(url -> entries.put("homepage", NixExpr.text(url)));
        application.meta().license().ifPresent(terms -> entries.put("license", NixExpr.text(terms)));
        entries.put("workspace", NixExpr.text(relative(application.workspace(), "workspace")));
        entries.put("linker", NixExpr.text(isolated ? "isolated" : "hoisted"));
        application.mainProgram().ifPresent(program -> entries.put("mainProgram", NixExpr.text(program)));
        SortedMap<String, String> programs = new TreeMap<>();
        for (Map.Entry<String, String> program : application.programs().entrySet()) {
            programs.put(commandName(program.getKey()), relative(program.getValue(), "program"));
        }
        entries.put("programs", NixExpr.texts(programs));
        entries.put("sourcePaths", paths(application.sourcePaths(), "sourcePaths"));
        entries.put("installPaths", paths(application.installPaths(), "installPaths"));
        entries.put("buildWorkspaces", paths(application.buildWorkspaces(), "buildWorkspaces"));
        entries.put("buildCommands", NixExpr.texts(application.buildCommands()));
        entries.put("environment", NixExpr.texts(application.environment()));
        return new NixExpr.Attrs(entries);
    }

    private static String nameOf(Application application) {
        String name = application.name();
        String plain = FetchName.sanitise(name.substring(name.lastIndexOf('/') + 1));
        // an overlay's package of that name would stand in for what it is made of
        return TAKEN.contains(plain) || application.runtimePath().contains(plain) ? plain + "-app" : plain;
    }

    private static NixExpr paths(List<String> paths, String field) throws OcnixException {
        for (String path : paths) {
            relative(path, field);
        }
        return NixExpr.texts(paths);
    }

    private static String relative(String path, String field) throws OcnixException {
        return SafePath.inSource(path, "the application's " + field);
    }

    private static String commandName(String command) throws OcnixException {
        if (!Application.isProgramName(command)) {
            throw OcnixException.input("The application offers a command named " + Shown.of(command)
                    + ", which is no plain file name; correct its package.json or the profile.");
        }
        return command;
    }
}

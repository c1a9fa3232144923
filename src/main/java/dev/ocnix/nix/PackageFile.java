package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.List;
import java.util.Set;
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
        for (String tool : new TreeSet<>(application.running().path())) {
            if (!NixPrinter.isIdentifier(tool) || TAKEN.contains(tool)) {
                throw OcnixException.input("The profile's runtimePath names " + Visible.quoted(tool)
                        + ", which cannot be an argument of package.nix; correct the profile.");
            }
            formals.append("\n  ").append(tool).append(" ? null,");
        }
        List<NixExpr> tools = new TreeSet<>(application.running().path())
                .stream().<NixExpr>map(NixExpr.Ident::new).toList();
        // one pass per place, the one with foreign text last: what is filled in is never searched again
        return FileContent.of(BuilderFiles.template("package.nix")
                .toString()
                .replace("@LINKER_FORMALS@", isolated ? RULES : "")
                .replace("@LINKER_ARGUMENTS@", isolated ? "\n    bunRules" : "")
                .replace("@LINKER_FILES@", isolated ? "\n    isolated = ./isolated.nix;" : "")
                .replace("@TOOL_FORMALS@", formals)
                .replace("@TOOLS@", NixPrinter.print(new NixExpr.ListOf(tools), 1))
                .replace(
                        "@APPLICATION@",
                        NixPrinter.print(ApplicationExpr.of(nameOf(application), application, isolated), 1)));
    }

    private static String nameOf(Application application) {
        String name = application.name();
        String plain = FetchName.sanitise(name.substring(name.lastIndexOf('/') + 1));
        // an overlay's package of that name would stand in for what it is made of
        return TAKEN.contains(plain) || application.running().path().contains(plain) ? plain + "-app" : plain;
    }
}

package dev.ocnix.nix;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code package.nix} tells the builder of the application. */
final class ApplicationExpr {
    private ApplicationExpr() {}

    /** @param name as a store path can have it */
    static NixExpr of(String name, Application application, boolean isolated) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        entries.put("name", NixExpr.text(name));
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
        entries.put("leaveOut", NixExpr.texts(application.leaveOut()));
        entries.put("buildDependencies", NixExpr.texts(application.buildDependencies()));
        entries.put("postAssembly", postAssembly(application.postAssembly()));
        Running running = application.running();
        SortedMap<String, NixExpr> variables = new TreeMap<>();
        running.environment().forEach((runtime, values) -> variables.put(runtime, NixExpr.texts(values)));
        entries.put("wrapperEnvironment", new NixExpr.Attrs(variables));
        entries.put("installCheck", NixExpr.texts(running.installCheck()));
        if (running.service().isPresent()) {
            entries.put("service", service(running.service().get()));
        }
        addBuilding(entries, application.building());
        return new NixExpr.Attrs(entries);
    }

    /** Most applications have none of it. */
    private static void addBuilding(SortedMap<String, NixExpr> entries, Building building) throws OcnixException {
        if (!building.ownScripts().isEmpty()) {
            List<NixExpr> steps = new ArrayList<>();
            for (Building.Scripts scripts : building.ownScripts()) {
                steps.add(new NixExpr.Attrs(new TreeMap<>(Map.of(
                        "path", NixExpr.text(relative(scripts.path(), "ownScripts")),
                        "scripts", NixExpr.texts(scripts.names())))));
            }
            entries.put("ownScripts", new NixExpr.ListOf(steps));
        }
        if (!building.dependencyScripts().isEmpty()) {
            SortedMap<String, NixExpr> scripts = new TreeMap<>();
            building.dependencyScripts().forEach((id, names) -> scripts.put(id, NixExpr.texts(names)));
            entries.put("dependencyScripts", new NixExpr.Attrs(scripts));
        }
        if (!building.writable().isEmpty()) {
            entries.put("writable", NixExpr.texts(building.writable()));
        }
        if (!building.packageTools().isEmpty()) {
            entries.put("packageTools", NixExpr.texts(building.packageTools()));
        }
    }

    private static NixExpr postAssembly(PostAssembly steps) throws OcnixException {
        SortedMap<String, NixExpr> files = new TreeMap<>();
        for (Map.Entry<String, String> file : filePaths(steps).entrySet()) {
            files.put(relative(file.getKey(), "postAssembly"), new NixExpr.RelativePath("./" + file.getValue()));
        }
        return new NixExpr.Attrs(new TreeMap<>(Map.of(
                "files",
                new NixExpr.Attrs(files),
                "commands",
                NixExpr.texts(steps.commands()),
                "productionCommands",
                NixExpr.texts(steps.productionCommands()))));
    }

    /** Where the tree holds the files that the commands need: by path in the source. */
    static SortedMap<String, String> filePaths(PostAssembly steps) {
        TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        SortedMap<String, String> paths = new TreeMap<>();
        for (String file : steps.files().keySet()) {
            String stem = FetchName.plainFile(file);
            String path = "steps/" + stem;
            for (int n = 2; !taken.add(path); n++) {
                path = "steps/" + n + "-" + stem;
            }
            paths.put(file, path);
        }
        return paths;
    }

    private static NixExpr service(Service service) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        if (service.script().isPresent()) {
            entries.put("script", NixExpr.text(relative(service.script().get(), "service")));
        }
        entries.put("arguments", NixExpr.texts(service.arguments()));
        entries.put("environment", NixExpr.texts(service.environment()));
        entries.put("host", NixExpr.text(service.host()));
        entries.put("port", NixExpr.text(Integer.toString(service.port())));
        service.test()
                .ifPresent(test -> entries.put(
                        "test",
                        new NixExpr.Attrs(new TreeMap<>(Map.of(
                                "programs", NixExpr.texts(test.programs()),
                                "environment", NixExpr.texts(test.environment()),
                                "answers", NixExpr.texts(test.answers()))))));
        return new NixExpr.Attrs(entries);
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
            throw OcnixException.input("The application offers a command named " + Visible.quoted(command)
                    + ", which is no plain file name; correct its package.json or the profile.");
        }
        return command;
    }
}

package dev.ocnix.pipeline;

import com.google.gson.JsonObject;
import dev.ocnix.model.BunRange;
import dev.ocnix.model.BunVersion;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.RangeSyntax;
import dev.ocnix.nix.Running;
import dev.ocnix.nix.Service;
import dev.ocnix.project.script.OwnScriptChoice;
import dev.ocnix.project.script.ToolPackages;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a profile says of one version of its project. */
final class ProfileReader {
    private static final Set<String> FIELDS = Set.of(
            "name",
            "workspace",
            "linker",
            "mainProgram",
            "sourcePaths",
            "installPaths",
            "buildWorkspaces",
            "buildCommands",
            "environment",
            "buildDependencies",
            "leaveOut",
            "leaveOutPatches",
            "postAssemble",
            "runtimePath",
            "wrapperEnvironment",
            "installCheck",
            "service",
            "ownScripts",
            "dependencyScripts",
            "writable",
            "packageTools",
            "versions");
    private static final Set<String> OF_A_VERSION = ofAVersion();
    private static final Set<String> RUNTIMES = Set.of("bun", "node");
    private static final Set<String> POST_ASSEMBLE = Set.of("files", "commands", "productionCommands");
    private static final Set<String> SERVICE = Set.of("script", "arguments", "environment", "host", "port", "test");
    private static final Set<String> TEST = Set.of("programs", "environment", "answers");

    private static final List<String> LINKERS = List.of("hoisted", "isolated");

    private final String where;

    /** @param where the profile's name, for messages */
    ProfileReader(String where) {
        this.where = where;
    }

    private static Set<String> ofAVersion() {
        Set<String> fields = new HashSet<>(FIELDS);
        fields.remove("versions");
        fields.add("range");
        return Set.copyOf(fields);
    }

    /** @throws OcnixException if a field is unknown, of the wrong type or of a value that it cannot have */
    Profile read(JsonObject json, Optional<String> version) throws OcnixException {
        return profile(merged(ProfileFields.of(where, json, FIELDS), version));
    }

    /** With what the profile says of this version in the place of what it says of all. */
    private ProfileFields merged(ProfileFields all, Optional<String> version) throws OcnixException {
        ProfileFields merged = all;
        for (ProfileFields change : all.objects("versions", OF_A_VERSION)) {
            String range = change.text("range")
                    .orElseThrow(() ->
                            OcnixException.input("The profile " + where + " has versions without a range; say which."));
            if (!RangeSyntax.isRange(range)) {
                throw change.refusal("range", "a range such as \">=1.2.0 <2\"");
            }
            // read also where it does not hold, so that a mistake shows on every version
            profile(change);
            if (version.isPresent()
                    && BunRange.parse(range)
                            .admits(BunVersion.scan(version.get(), 0).lowest())) {
                merged = merged.replacedBy(change);
            }
        }
        return merged;
    }

    private Profile profile(ProfileFields fields) throws OcnixException {
        ProfileFields steps = fields.object("postAssemble", POST_ASSEMBLE);
        return new Profile(
                fields.text("name"),
                fields.text("workspace"),
                fields.word("linker", LINKERS),
                fields.text("mainProgram"),
                fields.texts("sourcePaths"),
                fields.texts("installPaths"),
                fields.texts("buildWorkspaces"),
                fields.has("buildCommands") ? Optional.of(fields.texts("buildCommands")) : Optional.empty(),
                fields.variables("environment"),
                fields.texts("buildDependencies"),
                fields.texts("leaveOut"),
                fields.texts("leaveOutPatches"),
                new Profile.PostAssemble(
                        steps.texts("files"), steps.texts("commands"), steps.texts("productionCommands")),
                running(fields),
                new Profile.Build(
                        ownScripts(fields),
                        fields.texts("dependencyScripts"),
                        fields.texts("writable"),
                        fields.words("packageTools", ToolPackages.TOOLS)));
    }

    private static OwnScriptChoice ownScripts(ProfileFields fields) throws OcnixException {
        if (!fields.has("ownScripts")) {
            return OwnScriptChoice.undecided();
        }
        Optional<Boolean> flag = fields.flag("ownScripts");
        if (flag.isPresent()) {
            return OwnScriptChoice.of(flag.get());
        }
        if (!fields.isList("ownScripts")) {
            throw fields.refusal(
                    "ownScripts", "true, false, or a list of workspaces and of scripts such as \"packages/a#prepare\"");
        }
        return OwnScriptChoice.of(fields.texts("ownScripts"));
    }

    private static Running running(ProfileFields fields) throws OcnixException {
        SortedMap<String, SortedMap<String, String>> environment = new TreeMap<>();
        ProfileFields byRuntime = fields.object("wrapperEnvironment", RUNTIMES);
        for (String runtime : RUNTIMES) {
            if (byRuntime.has(runtime)) {
                environment.put(runtime, byRuntime.variables(runtime));
            }
        }
        Optional<Service> service = fields.has("service") ? Optional.of(service(fields)) : Optional.empty();
        return new Running(fields.texts("runtimePath"), environment, fields.texts("installCheck"), service);
    }

    private static Service service(ProfileFields fields) throws OcnixException {
        ProfileFields service = fields.object("service", SERVICE);
        ProfileFields test = service.object("test", TEST);
        return new Service(
                service.text("script"),
                service.texts("arguments"),
                service.variables("environment"),
                service.text("host").orElse(Service.LOOPBACK),
                service.number("port", 1, 65_535).orElse(Service.USUAL_PORT),
                service.has("test")
                        ? Optional.of(new Service.Test(
                                test.texts("programs"), test.variables("environment"), test.map("answers")))
                        : Optional.empty());
    }
}

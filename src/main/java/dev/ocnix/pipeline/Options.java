package dev.ocnix.pipeline;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What of a request decides what the tree says; transport, cache and speed do not. */
final class Options {
    private Options() {}

    static SortedMap<String, String> of(ConversionRequest request) {
        SortedMap<String, String> options = new TreeMap<>();
        options.put("prefetch", request.prefetch().name().toLowerCase(Locale.ROOT));
        options.put("profile", profile(request.profile()));
        request.registry().ifPresent(url -> options.put("registry", url));
        request.scopedRegistries().forEach((scope, url) -> options.put("registry." + scope, url));
        if (request.source() instanceof SourceChoice.Pinned pinned && pinned.omitsSubmodules()) {
            options.put("submodules", "omit");
        }
        request.lockfile().ifPresent(path -> options.put("lockfile", path));
        request.workspace().ifPresent(path -> options.put("workspace", path));
        request.ownScripts().ifPresent(run -> options.put("ownScripts", run.toString()));
        request.linker().ifPresent(linker -> options.put("linker", linker));
        return options;
    }

    private static String profile(ProfileChoice choice) {
        if (choice instanceof ProfileChoice.File file) {
            return String.valueOf(file.path().getFileName());
        }
        if (choice instanceof ProfileChoice.BuiltIn builtIn) {
            return builtIn.name();
        }
        return choice instanceof ProfileChoice.Auto ? "auto" : "none";
    }
}

package dev.ocnix.addon;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageManifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Weighs what a package's files and its package.json show. Kinds are found in the order in which they matter. */
final class Verdict {
    private static final int MAX_DETAIL = 200;

    private final Traces traces;
    private final PackageManifest manifest;
    private final InstallScripts scripts;
    private final Set<AddonKind> kinds = new LinkedHashSet<>();
    private final List<Evidence> evidence = new ArrayList<>();

    Verdict(Traces traces, PackageManifest manifest) {
        this.traces = traces;
        this.manifest = manifest;
        this.scripts = new InstallScripts(manifest.scripts());
    }

    AddonFacts facts() {
        judgeDownloaders();
        judgePrebuilds();
        judgePlatformPackages();
        judgeOwnFiles();
        judgeSources();
        judgeDownloads();
        if (kinds.isEmpty() && !traces.wasm().isEmpty()) {
            add(AddonKind.WASM, traces.wasm().first(), traces.wasm().size() + " file(s)");
        }
        if (kinds.isEmpty()) {
            scripts.all().forEach((name, script) -> add(AddonKind.SCRIPT_ONLY, InstallScripts.source(name), script));
        }
        if (kinds.isEmpty()) {
            return AddonFacts.nothing();
        }
        noteSources();
        List<BinaryFile> binaries =
                traces.natives().stream().map(NativeFile::file).toList();
        List<String> libraries =
                List.copyOf(traces.gyp().map(GypFile::linuxLibraries).orElseGet(TreeSet::new));
        return new AddonFacts(List.copyOf(kinds), evidence, binaries, libraries);
    }

    /** Helpers that fetch a release asset, else compile. */
    private void judgeDownloaders() {
        scripts.running("prebuild-install").ifPresent(name -> addScript(AddonKind.PREBUILD_INSTALL, name));
        scripts.running("node-pre-gyp").ifPresent(name -> addScript(AddonKind.NODE_PRE_GYP, name));
        boolean hasBinary = manifest.binary().contains("module_name")
                && (manifest.binary().contains("host") || manifest.binary().contains("module_path"));
        Stream.of("node-pre-gyp", "@mapbox/node-pre-gyp")
                .filter(helper -> hasBinary && manifest.dependencies().contains(helper))
                .forEach(helper -> add(AddonKind.NODE_PRE_GYP, "package.json#binary", "with the dependency " + helper));
        scripts.running("install-from-cache").ifPresent(name -> addScript(AddonKind.INSTALL_FROM_CACHE, name));
    }

    private void judgePrebuilds() {
        List<NativeFile> inFolders = traces.prebuilds(false);
        if (!inFolders.isEmpty()) {
            String folders = inFolders.stream()
                    .map(file -> file.file().path().split("/", 3)[1])
                    .distinct()
                    .collect(Collectors.joining(", "));
            add(AddonKind.PREBUILDIFY, "prebuilds/", folders);
        }
        List<NativeFile> flat = traces.prebuilds(true);
        if (!flat.isEmpty()) {
            add(AddonKind.PREBUILD_FLAT, "prebuilds/", names(flat));
        }
    }

    /** A package with a child for each platform, or such a child. */
    private void judgePlatformPackages() {
        List<String> children = PlatformNames.family(manifest.optionalDependencies());
        if (!children.isEmpty()) {
            add(AddonKind.NAPI_PLATFORM, "package.json#optionalDependencies", String.join(", ", children));
        } else if (manifest.napi()
                && traces.natives().isEmpty()
                && !manifest.optionalDependencies().isEmpty()) {
            add(AddonKind.NAPI_PLATFORM, "package.json#napi", "with optional dependencies");
        }
        List<NativeFile> own = traces.ownNatives();
        if (!isPlatformChild(own)) {
            return;
        }
        String limits = "os " + manifest.os() + ", cpu " + manifest.cpu() + ": " + names(own);
        add(has(own, Role.NODE) ? AddonKind.NAPI_PLATFORM : programOrLibrary(own), "package.json#os", limits);
    }

    private boolean isPlatformChild(List<NativeFile> own) {
        boolean isLimited = manifest.os().size() == 1 || manifest.cpu().size() == 1;
        return isLimited
                && own.stream().map(file -> file.file().os()).distinct().count() == 1;
    }

    private static AddonKind programOrLibrary(List<NativeFile> files) {
        return has(files, Role.EXECUTABLE) ? AddonKind.EXE_PLATFORM : AddonKind.DYLIB_FFI;
    }

    private void judgeOwnFiles() {
        List<NativeFile> own = traces.ownNatives();
        boolean isBesidePrebuilds = kinds.contains(AddonKind.PREBUILDIFY) || kinds.contains(AddonKind.PREBUILD_FLAT);
        if (own.isEmpty() || isPlatformChild(own) || (isBesidePrebuilds && !has(own, Role.NODE))) {
            return;
        }
        boolean isLibrary = !has(own, Role.NODE) && !has(own, Role.EXECUTABLE);
        String platforms =
                own.stream().map(NativeFile::platform).distinct().sorted().collect(Collectors.joining(", "));
        add(
                isLibrary ? AddonKind.DYLIB_FFI : AddonKind.BUNDLED_MULTI,
                own.get(0).file().path(),
                own.size() + " file(s) for " + platforms);
    }

    private void judgeSources() {
        scripts.running("node-gyp").ifPresent(name -> addScript(AddonKind.GYP_SCRIPT, name));
        boolean isImplicit = traces.gyp().isPresent()
                && manifest.gypfile().orElse(true)
                && !manifest.scripts().containsKey("install")
                && !manifest.scripts().containsKey("preinstall");
        if (isImplicit) {
            add(AddonKind.GYP_IMPLICIT, GypFile.PATH, "and neither an install nor a preinstall script");
        }
        Optional<String> cmake = scripts.running("cmake-js").or(() -> scripts.running("cmake-ts"));
        boolean hasHelper = Stream.of("cmake-js", "cmake-ts")
                .anyMatch(name -> manifest.dependencies().contains(name));
        if (cmake.isPresent()) {
            addScript(AddonKind.CMAKE, cmake.get());
        } else if (hasHelper && traces.hasCmake()) {
            add(AddonKind.CMAKE, "CMakeLists.txt", "with the dependency cmake-js or cmake-ts");
        }
        if (!traces.cargo().isEmpty()) {
            add(AddonKind.RUST_SOURCE, traces.cargo().first(), "Rust sources");
        }
    }

    private void judgeDownloads() {
        for (String name : scripts.all().keySet()) {
            for (String path : scripts.localFiles(name)) {
                Optional<LocalScript> script = traces.script(path).filter(LocalScript::downloads);
                if (script.isPresent()) {
                    String variable = script.get()
                            .skipVariable()
                            .map(text -> "; " + text + " skips it")
                            .orElse("");
                    add(AddonKind.DOWNLOAD_POSTINSTALL, path, "run by " + name + ", fetches something" + variable);
                    return;
                }
            }
        }
        if (scripts.all().isEmpty()) {
            Stream.of("install.js", "install.cjs", "install.mjs")
                    .filter(path ->
                            traces.script(path).filter(LocalScript::downloads).isPresent())
                    .findFirst()
                    .ifPresent(path -> add(
                            AddonKind.DOWNLOAD_ON_FIRST_USE, path, "fetches something, and no install script runs it"));
        }
    }

    /** Says that sources are there, for whoever wants to compile in spite of a prebuilt file. */
    private void noteSources() {
        boolean isNoted = evidence.stream().anyMatch(one -> one.source().equals(GypFile.PATH));
        if (traces.gyp().isPresent() && !isNoted) {
            add(kinds.iterator().next(), GypFile.PATH, "sources are in the tarball");
        }
    }

    private static boolean has(List<NativeFile> files, Role role) {
        return files.stream().anyMatch(file -> file.role() == role);
    }

    private static String names(List<NativeFile> files) {
        return files.stream().map(file -> file.file().path()).collect(Collectors.joining(", "));
    }

    private void addScript(AddonKind kind, String name) {
        add(kind, InstallScripts.source(name), String.valueOf(manifest.scripts().get(name)));
    }

    private void add(AddonKind kind, String source, String detail) {
        kinds.add(kind);
        evidence.add(new Evidence(kind, source, shorten(detail)));
    }

    private static String shorten(String detail) {
        String line = detail.replaceAll("\\p{Cntrl}", " ");
        if (line.length() <= MAX_DETAIL) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_DETAIL - 2)) ? MAX_DETAIL - 2 : MAX_DETAIL - 1;
        return line.substring(0, end) + "…";
    }
}

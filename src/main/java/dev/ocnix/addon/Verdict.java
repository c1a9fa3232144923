package dev.ocnix.addon;

import dev.ocnix.addon.NativeFile.Role;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.BuildFile;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Weighs what a package's files and its package.json show. Kinds are found in the order in which they matter. */
final class Verdict {
    private static final int MAX_DETAIL = 200;
    private static final List<AddonKind> DOWNLOADERS =
            List.of(AddonKind.PREBUILD_INSTALL, AddonKind.NODE_PRE_GYP, AddonKind.INSTALL_FROM_CACHE);
    private static final Set<String> USUAL = Set.of("linux", "darwin");
    private static final Set<String> ADDON_HELPERS = Set.of(
            "@neon-rs/load", "bindings", "nan", "node-addon-api", "node-gyp-build", "node-gyp-build-optional-packages");

    private final Traces traces;
    private final PackageManifest manifest;
    private final PackageTable table;
    private final InstallScripts scripts;
    private final ScriptFindings findings;
    private final Set<AddonKind> kinds = new LinkedHashSet<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private boolean isEssential;

    Verdict(Traces traces, PackageManifest manifest, PackageTable table) {
        this.traces = traces;
        this.manifest = manifest;
        this.table = table;
        this.scripts = new InstallScripts(manifest.scripts());
        this.findings = new ScriptFindings(scripts, traces);
    }

    AddonFacts facts() {
        judgePlatformPackages();
        judgePrebuilds();
        judgeDownloaders();
        judgeOwnFiles(true);
        findings.all().forEach(finding -> add(finding.kind(), finding.source(), finding.detail()));
        judgeSources();
        judgeOwnFiles(false);
        judgeFirstUse();
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
        BuildFile gyp =
                traces.gypPath().map(path -> GypFile.read(path, traces.gyps())).orElseGet(BuildFile::none);
        BuildFile cmake = traces.cmake()
                .filter(path -> kinds.contains(AddonKind.CMAKE))
                .map(path -> CmakeFile.read(path, traces.cmakes()))
                .orElseGet(BuildFile::none);
        return new AddonFacts(
                List.copyOf(kinds),
                evidence,
                isEssential || (!binaries.isEmpty() && EntryCode.needsNative(traces, manifest)),
                binaries,
                gyp,
                cmake,
                traces.foreign(),
                List.copyOf(findings.skipVariables()));
    }

    /** Helpers that fetch a release asset, else compile. */
    private void judgeDownloaders() {
        for (AddonKind kind : DOWNLOADERS) {
            findings.first(kind).ifPresent(finding -> add(kind, finding.source(), finding.detail()));
        }
        boolean hasBinary = manifest.binary().contains("module_name")
                && (manifest.binary().contains("host") || manifest.binary().contains("module_path"));
        manifest.dependencies().stream()
                .filter(helper -> hasBinary && (helper.equals("node-pre-gyp") || helper.endsWith("/node-pre-gyp")))
                .forEach(helper -> add(AddonKind.NODE_PRE_GYP, "package.json#binary", "with the dependency " + helper));
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
        boolean isOurs = manifest.napi()
                || manifest.name()
                        .filter(name -> PlatformNames.areRelated(name, children))
                        .isPresent();
        if (!children.isEmpty() && isOurs) {
            AddonKind kind = isAddonFamily(children) ? AddonKind.NAPI_PLATFORM : AddonKind.EXE_PLATFORM;
            add(kind, "package.json#optionalDependencies", String.join(", ", children));
            // a helper for one system says nothing of the others
            isEssential = PlatformNames.systems(children).size() > 1 && isWithoutOwnPart();
        } else if (manifest.napi()
                && traces.natives().isEmpty()
                && PlatformNames.haveScheme(manifest.optionalDependencies())) {
            add(AddonKind.NAPI_PLATFORM, "package.json#napi", "with optional dependencies");
            isEssential = isWithoutOwnPart();
        }
        List<NativeFile> own = traces.ownNatives();
        if (!isPlatformChild(own)) {
            return;
        }
        String limits = "os " + manifest.os() + ", cpu " + manifest.cpu() + ": " + names(own);
        add(has(own, Role.NODE) ? AddonKind.NAPI_PLATFORM : programOrLibrary(own), "package.json#os", limits);
    }

    private boolean isWithoutOwnPart() {
        return traces.wasm().isEmpty() && traces.natives().isEmpty();
    }

    /** Names alone are those of programs as well; an addon's family shows itself by more. */
    private boolean isAddonFamily(List<String> children) {
        return manifest.napi()
                || (manifest.commands().isEmpty()
                        && (PlatformNames.areAddons(children)
                                || manifest.dependencies().contains("detect-libc")))
                || traces.gypPath().isPresent()
                || traces.cmake().isPresent()
                || manifest.dependencies().stream().anyMatch(ADDON_HELPERS::contains)
                || PlatformNames.stem(children).filter(traces::requires).isPresent();
    }

    /** A package for one platform has limits and files of that system only; limits to a system alone are not enough. */
    private boolean isPlatformChild(List<NativeFile> own) {
        boolean isLimited = !manifest.os().isEmpty()
                && (manifest.cpu().size() == 1
                        || (manifest.os().size() == 1
                                && manifest.name()
                                        .filter(PlatformNames::namesSystem)
                                        .isPresent()));
        return isLimited
                && own.stream().map(file -> file.file().os()).distinct().count() == 1;
    }

    private static AddonKind programOrLibrary(List<NativeFile> files) {
        return has(files, Role.EXECUTABLE) ? AddonKind.EXE_PLATFORM : AddonKind.DYLIB_FFI;
    }

    /** Files for other systems than Linux and macOS may be somebody's helpers and say least. */
    private void judgeOwnFiles(boolean isUsable) {
        List<NativeFile> own = traces.ownNatives();
        boolean isBesidePrebuilds = kinds.contains(AddonKind.PREBUILDIFY) || kinds.contains(AddonKind.PREBUILD_FLAT);
        // what a compile links or starts beside the addon that it makes
        boolean isBesideCompile = !has(own, Role.NODE)
                && (isCompiledImplicitly()
                        || findings.first(AddonKind.GYP_SCRIPT).isPresent());
        boolean runsHere = !isBesideCompile
                && own.stream().anyMatch(file -> USUAL.contains(file.file().os()));
        // what lies in prebuilds for no platform is made anew where there are sources
        own.removeIf(file ->
                file.file().path().startsWith("prebuilds/") && traces.gypPath().isPresent());
        if (own.isEmpty()
                || runsHere != isUsable
                || isPlatformChild(own)
                || (isBesidePrebuilds && !has(own, Role.NODE))) {
            return;
        }
        boolean isLeftover = isCompiledImplicitly()
                && own.stream().allMatch(file -> file.file().path().startsWith("build/"));
        if (isLeftover) {
            judgeImplicit();
        }
        boolean isLibrary = !has(own, Role.NODE) && !has(own, Role.EXECUTABLE);
        String platforms =
                own.stream().map(NativeFile::platform).distinct().sorted().collect(Collectors.joining(", "));
        add(
                isLibrary ? AddonKind.DYLIB_FFI : AddonKind.BUNDLED_MULTI,
                own.get(0).file().path(),
                own.size() + " file(s) for " + platforms);
    }

    private boolean isCompiledImplicitly() {
        return traces.hasGypAtTop()
                && manifest.gypfile().orElse(true)
                && !manifest.scripts().containsKey("install")
                && !manifest.scripts().containsKey("preinstall");
    }

    private void judgeImplicit() {
        if (isCompiledImplicitly() && !kinds.contains(AddonKind.GYP_IMPLICIT)) {
            add(AddonKind.GYP_IMPLICIT, GypFile.PATH, "and neither an install nor a preinstall script");
        }
    }

    private void judgeSources() {
        judgeImplicit();
        boolean hasHelper = Stream.of("cmake-js", "cmake-ts")
                .anyMatch(name -> manifest.dependencies().contains(name));
        if (hasHelper && traces.cmake().isPresent() && !kinds.contains(AddonKind.CMAKE)) {
            add(AddonKind.CMAKE, traces.cmake().orElseThrow(), "with the dependency cmake-js or cmake-ts");
        }
        if (!traces.cargo().isEmpty() && !kinds.contains(AddonKind.RUST_SOURCE)) {
            add(AddonKind.RUST_SOURCE, traces.cargo().first(), "Rust sources");
        }
    }

    /** A downloader that nobody runs at installation runs later; of some packages only their names tell. */
    private void judgeFirstUse() {
        boolean isKnown = manifest.name().isPresent()
                && table.downloadsOnFirstUse(
                        manifest.name().orElseThrow(), manifest.version().orElse(""));
        if (isKnown) {
            add(AddonKind.DOWNLOAD_ON_FIRST_USE, "package.json#name", "known to download when it is first used");
        } else if (scripts.all().isEmpty() && kinds.isEmpty()) {
            Stream.of("install.js", "install.cjs", "install.mjs")
                    .filter(path -> traces.script(path)
                            .filter(found -> found.getValue().downloads())
                            .isPresent())
                    .findFirst()
                    .ifPresent(path -> add(
                            AddonKind.DOWNLOAD_ON_FIRST_USE, path, "fetches something, and no install script runs it"));
        }
    }

    /** Says that sources are there, for whoever wants to compile in spite of a prebuilt file. */
    private void noteSources() {
        traces.gypPath()
                .filter(path -> evidence.stream().noneMatch(one -> one.source().equals(path)))
                .ifPresent(path -> add(kinds.iterator().next(), path, "sources are in the tarball"));
    }

    private static boolean has(List<NativeFile> files, Role role) {
        return files.stream().anyMatch(file -> file.role() == role);
    }

    private static String names(List<NativeFile> files) {
        return files.stream().map(file -> file.file().path()).collect(Collectors.joining(", "));
    }

    private void add(AddonKind kind, String source, String detail) {
        Evidence one = new Evidence(kind, source, shorten(detail));
        kinds.add(kind);
        if (!evidence.contains(one)) {
            evidence.add(one);
        }
    }

    private static String shorten(String detail) {
        String line = Visible.of(detail.replaceAll("\\s", " "));
        if (line.length() <= MAX_DETAIL) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_DETAIL - 2)) ? MAX_DETAIL - 2 : MAX_DETAIL - 1;
        return line.substring(0, end) + "…";
    }
}

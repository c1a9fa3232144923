package dev.ocnix.report.inspect;

import dev.ocnix.addon.Outcome;
import dev.ocnix.model.AddonKind;

/** The terms of hints in plain words. */
final class KindWords {
    private KindWords() {}

    /** How the native part arrives where a package is installed in the usual way. */
    static String of(AddonKind kind) {
        return switch (kind) {
            case GYP_IMPLICIT -> "sources with a binding.gyp, which an installer compiles without being told";
            case GYP_SCRIPT -> "sources that an install script compiles with node-gyp";
            case PREBUILDIFY -> "prebuilt files of several platforms, one of which is chosen when it is loaded";
            case PREBUILD_FLAT -> "prebuilt files of several platforms in one folder, without an install script";
            case PREBUILD_INSTALL -> "a file that an install script downloads from a release, or else compiles";
            case NODE_PRE_GYP -> "a file that node-pre-gyp downloads from its host, or else compiles";
            case INSTALL_FROM_CACHE -> "a file that an install script downloads from GitHub, or else compiles";
            case NAPI_PLATFORM -> "an addon in a package for each platform";
            case EXE_PLATFORM -> "a program in a package for each platform";
            case DYLIB_FFI -> "a shared library, loaded through FFI";
            case BUNDLED_MULTI -> "native files of its own";
            case DOWNLOAD_POSTINSTALL -> "something that an install script downloads";
            case DOWNLOAD_ON_FIRST_USE -> "something that it downloads when it is first used";
            case CMAKE -> "sources for CMake";
            case RUST_SOURCE -> "sources in Rust";
            case WASM -> "WebAssembly, the same on every platform";
            case SCRIPT_ONLY -> "an install script that touches nothing native";
        };
    }

    /** What becomes of it in a build with Nix. */
    static String of(Outcome outcome) {
        return switch (outcome) {
            case PREBUILT -> "its prebuilt files are taken, with loader and search path set";
            case COMPILE -> "compiled from the sources in its tarball";
            case DOWNLOAD -> "would be downloaded, which no build does: nothing native is there";
            case CHILD_PACKAGE -> "another package of the lockfile, the one for this system, brings it";
            case NONE -> "nothing native";
        };
    }
}

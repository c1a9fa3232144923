package dev.ocnix.model;

import java.util.Locale;

/** How the native part of an npm package arrives on a machine. */
public enum AddonKind {
    GYP_IMPLICIT,
    GYP_SCRIPT,
    PREBUILDIFY,
    PREBUILD_FLAT,
    PREBUILD_INSTALL,
    NODE_PRE_GYP,
    INSTALL_FROM_CACHE,
    NAPI_PLATFORM,
    EXE_PLATFORM,
    DYLIB_FFI,
    BUNDLED_MULTI,
    DOWNLOAD_POSTINSTALL,
    DOWNLOAD_ON_FIRST_USE,
    CMAKE,
    RUST_SOURCE,
    WASM,
    SCRIPT_ONLY;

    /** Whether an install script, or the program itself, would fetch something from the network. */
    public boolean downloads() {
        return switch (this) {
            case PREBUILD_INSTALL, NODE_PRE_GYP, INSTALL_FROM_CACHE, DOWNLOAD_POSTINSTALL, DOWNLOAD_ON_FIRST_USE ->
                true;
            default -> false;
        };
    }

    /** The term in files and reports, such as {@code gyp-implicit}. */
    public String term() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.ocnix.addon;

import dev.ocnix.model.AddonKind;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programs that install scripts call to get a native part.
 *
 * @param kind what a call shows
 * @param needs what must be in the package for the call to show that
 */
record Helper(String program, AddonKind kind, Needs needs) {
    /** What must be in the package. */
    enum Needs {
        NOTHING,
        /** A {@code binding.gyp}, and nothing prebuilt that the program would rather take. */
        GYP_ALONE,
        CMAKE,
        CARGO
    }

    private static final List<Helper> ALL = List.of(
            new Helper("prebuild-install", AddonKind.PREBUILD_INSTALL, Needs.NOTHING),
            new Helper("node-pre-gyp", AddonKind.NODE_PRE_GYP, Needs.NOTHING),
            new Helper("install-from-cache", AddonKind.INSTALL_FROM_CACHE, Needs.NOTHING),
            new Helper("node-gyp", AddonKind.GYP_SCRIPT, Needs.NOTHING),
            new Helper("node-gyp-build", AddonKind.GYP_SCRIPT, Needs.GYP_ALONE),
            new Helper("node-gyp-build-optional-packages", AddonKind.GYP_SCRIPT, Needs.GYP_ALONE),
            new Helper("pkg-prebuilds-verify", AddonKind.GYP_SCRIPT, Needs.GYP_ALONE),
            new Helper("cmake-js", AddonKind.CMAKE, Needs.NOTHING),
            new Helper("cmake-ts", AddonKind.CMAKE, Needs.NOTHING),
            new Helper("cmake", AddonKind.CMAKE, Needs.CMAKE),
            new Helper("cargo-cp-artifact", AddonKind.RUST_SOURCE, Needs.CARGO),
            new Helper("cargo", AddonKind.RUST_SOURCE, Needs.CARGO),
            new Helper("neon", AddonKind.RUST_SOURCE, Needs.CARGO),
            new Helper("napi", AddonKind.RUST_SOURCE, Needs.CARGO),
            new Helper("napi-postinstall", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING),
            new Helper("binwrap-install", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING),
            new Helper("go-npm", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING),
            new Helper("playwright", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING),
            new Helper("curl", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING),
            new Helper("wget", AddonKind.DOWNLOAD_POSTINSTALL, Needs.NOTHING));

    private static final String NAMES = String.join(
            "|", ALL.stream().map(Helper::program).map(Pattern::quote).toList());
    /** A word of its own, not a part of a longer one. */
    private static final Pattern COMMAND =
            Pattern.compile("(?<![\\w@.-])(" + NAMES + ")(?:\\.cmd|\\.js|\\.exe)?(?![\\w.-])");
    /** A text that is a program's name, or a command that begins with it. */
    private static final Pattern QUOTED = Pattern.compile("[\"'`](?:npx\\s+(?:-\\w+\\s+){0,3}|[^\"'`\\s]{0,200}/)?("
            + NAMES + ")(?:\\.cmd|\\.js|\\.exe)?(?:[\"'`/]|\\s+(?:-|\\$|re|con|build|install|clean|comp))");

    /** The helpers that a command line calls, by the place of the first call of each. */
    static SortedMap<Integer, Helper> inCommand(String command) {
        return find(COMMAND, command);
    }

    /** The helpers that a script's code seems to call. */
    static SortedMap<Integer, Helper> inCode(String code) {
        return find(QUOTED, code);
    }

    private static SortedMap<Integer, Helper> find(Pattern pattern, String text) {
        SortedMap<Integer, Helper> found = new TreeMap<>();
        Matcher matcher = BoundedText.matcher(pattern, text);
        while (matcher.find()) {
            String program = matcher.group(1);
            ALL.stream()
                    .filter(helper -> helper.program.equals(program) && !found.containsValue(helper))
                    .forEach(helper -> found.put(matcher.start(1), helper));
        }
        return found;
    }
}

package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The command lines that a package's own scripts would run to compile it, without those that would download something or only ask
 * whether a prebuilt file will do.
 */
final class BuildSteps {
    private static final Pattern GYP = Pattern.compile("(?<![\\w@./-])node-gyp(?![\\w-])");
    private static final Pattern CMAKE = Pattern.compile("(?<![\\w@./-])cmake-(?:js|ts)(?![\\w-])");

    private final List<String> build = new ArrayList<>();
    private final List<String> install = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param scripts that an installer would run
     */
    BuildSteps(AddonFacts facts, SortedMap<String, String> scripts) {
        boolean isCmake = facts.isCmake();
        Pattern compiler = isCmake ? CMAKE : GYP;
        scripts.values().stream()
                .flatMap(script -> chain(script, compiler).stream())
                .findFirst()
                .ifPresent(chain -> take(chain, compiler));
        if (build.isEmpty()) {
            build.add(isCmake ? "cmake-js compile" : plain(facts.gyp().directory()));
        }
        boolean downloads = facts.kinds().contains(AddonKind.DOWNLOAD_POSTINSTALL);
        Optional.ofNullable(scripts.get("postinstall"))
                .filter(script -> !downloads && !compiler.matcher(script).find())
                .ifPresent(install::add);
    }

    private static String plain(String directory) {
        return directory.isEmpty() ? "node-gyp rebuild" : "node-gyp rebuild --directory=" + Words.shell(directory);
    }

    /** The commands joined by {@code &&} around the first call of the compiler, one of the alternatives of a script. */
    private static Optional<List<String>> chain(String script, Pattern compiler) {
        for (String alternative : script.replaceAll("[()]", " ").split("\\|\\||;", -1)) {
            if (compiler.matcher(alternative).find()) {
                return Optional.of(List.of(alternative.split("&&", -1)));
            }
        }
        return Optional.empty();
    }

    private void take(List<String> chain, Pattern compiler) {
        boolean isBuilt = false;
        for (String command : chain) {
            String line = command.strip();
            boolean isCompiler = compiler.matcher(line).find();
            if (!line.isEmpty()) {
                (isBuilt && !isCompiler ? install : build).add(line);
            }
            isBuilt |= isCompiler;
        }
    }

    /** Up to the compile. */
    List<String> build() {
        return build;
    }

    /** What comes after it. */
    List<String> install() {
        return install;
    }
}

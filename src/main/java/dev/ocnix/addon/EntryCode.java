package dev.ocnix.addon;

import dev.ocnix.model.PackageManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether loading a package loads its native part and fails without, as far as its own code shows; nothing is run. In doubt it does
 * not: of a package that may work without, an application is not kept from a system.
 */
final class EntryCode {
    private static final int MAX_FILES = 60;
    private static final int MAX_CALLS = 500;
    private static final int MAX_ARGUMENT = 300;

    private static final Pattern CALL =
            Pattern.compile("(?<![\\w$.])(?:require|import|__require)\\s*\\(|(?<![\\w$])(?:process\\.)?dlopen\\s*\\("
                    + "|(?<![\\w$.])(?:ffi\\.Library|koffi\\.load)\\s*\\(");
    private static final Pattern FROM =
            Pattern.compile("(?m)^[ \\t]*(?:import|export)\\b[^;'\"`]{0,2000}['\"]([^'\"\\n]{1,200})['\"]");
    private static final Pattern STRING = Pattern.compile("^\\s*['\"`]([^'\"`\\n]{1,200})['\"`]\\s*,?\\s*$");
    private static final Pattern LOADER = Pattern.compile(
            "['\"`](?:bindings|node-gyp-build|node-gyp-build-optional-packages|require-addon|pkg-prebuilds)['\"`]");
    private static final Pattern NODE_FILE = Pattern.compile("\\.node['\"`]");
    private static final Pattern VARIABLE = Pattern.compile("^\\s*[\\w$.]+\\s*$");
    private static final Pattern ASSIGNED = Pattern.compile("(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*$");
    /** What an error speaks of that tells of a native part that is not there. */
    private static final Pattern NATIVE_WORDS =
            Pattern.compile("(?i)native|binding|binar|addon|loaderror|unsupported|platform|architecture|\\.node\\b");

    private static final Pattern THROW = Pattern.compile("(?<![\\w$.])throw(?![\\w$])");

    private final Traces traces;
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    private EntryCode(Traces traces) {
        this.traces = traces;
    }

    /** Whether a package cannot be loaded, or its only program not be started, without its native part. */
    static boolean needsNative(Traces traces, PackageManifest manifest) {
        Set<String> natives = new HashSet<>();
        traces.natives().forEach(file -> natives.add(file.file().path()));
        EntryCode code = new EntryCode(traces);
        boolean isNative = Stream.concat(manifest.entries().stream(), manifest.commands().stream())
                .flatMap(path -> Traces.normalized(path).stream())
                .anyMatch(natives::contains);
        return isNative
                || code.reaches(manifest.entries())
                || (code.seen.isEmpty() && code.reaches(manifest.commands()));
    }

    /** Follows what is certainly loaded, from the entries on. */
    private boolean reaches(List<String> entries) {
        open.addAll(entries);
        while (!open.isEmpty() && seen.size() < MAX_FILES) {
            Optional<Traces.Text> file = traces.text(open.pop()).filter(found -> seen.add(found.path()));
            if (file.isPresent() && needs(file.get())) {
                return true;
            }
        }
        return false;
    }

    /** A place that loads something native, or a file of the package. */
    private record Site(int at, CodeText.Around around) {}

    private boolean needs(Traces.Text file) {
        CodeText code = new CodeText(file.content());
        List<Site> sites = new ArrayList<>();
        String folder = file.path().substring(0, file.path().lastIndexOf('/') + 1);
        Matcher calls = BoundedText.matcher(CALL, code.bare());
        for (int count = 0; count < MAX_CALLS && calls.find(); count++) {
            visit(code, calls, folder, sites);
        }
        BoundedText.matcher(FROM, code.text())
                .results()
                .limit(MAX_CALLS)
                .map(match -> match.group(1))
                .filter(path -> path.startsWith("."))
                .forEach(path -> open.add(folder + path));
        return sites.stream().anyMatch(site -> isCertain(code, site));
    }

    private void visit(CodeText code, Matcher call, String folder, List<Site> sites) {
        int end = closing(code.bare(), call.end());
        String argument = code.text().substring(call.end(), end);
        boolean isLibrary = call.group().contains("dlopen")
                || call.group().contains("Library")
                || call.group().contains("koffi");
        Matcher string = STRING.matcher(argument);
        boolean isNative = isLibrary
                || BoundedText.matcher(NODE_FILE, argument).find()
                || (VARIABLE.matcher(argument).matches()
                        && BoundedText.matcher(NODE_FILE, code.text()).find());
        if (isNative) {
            sites.add(new Site(call.start(), code.around(call.start())));
        } else if (BoundedText.matcher(LOADER, argument).find()) {
            addLoader(code, call.start(), end, sites);
        } else if (string.matches() && string.group(1).startsWith(".")) {
            if (code.around(call.start()).isCertain()) {
                open.add(folder + string.group(1));
            }
        }
    }

    /** A helper that looks for the addon: called where it is loaded, or later by the name that it was given. */
    private static void addLoader(CodeText code, int start, int end, List<Site> sites) {
        String rest = code.bare().substring(Math.min(end + 1, code.bare().length()));
        if (rest.stripLeading().startsWith("(")) {
            sites.add(new Site(start, code.around(start)));
            return;
        }
        Matcher assigned = ASSIGNED.matcher(code.bare().substring(Math.max(0, start - MAX_ARGUMENT), start));
        if (assigned.find()) {
            calls(code, assigned.group(1)).forEach(at -> sites.add(new Site(at, code.around(at))));
        }
    }

    private static List<Integer> calls(CodeText code, String name) {
        return Pattern.compile("(?<![\\w$.])(?<!function )" + Pattern.quote(name) + "\\s*\\(")
                .matcher(code.bare())
                .results()
                .limit(20)
                .map(match -> match.start())
                .toList();
    }

    /**
     * A load that nothing guards; or one among several that are tried, if what is tried last is to throw; or either in a function that
     * the file itself calls.
     */
    private static boolean isCertain(CodeText code, Site site) {
        CodeText.Around around = site.around;
        if (!around.isInFunction()) {
            return around.isCertain() || throwsInTheEnd(code, Optional.empty());
        }
        return around.function()
                .filter(name -> calls(code, name).stream()
                        .anyMatch(at -> code.around(at).isCertain()))
                .filter(name -> (!around.isCaught() && !around.isChosen() && !around.isRescue())
                        || throwsInTheEnd(code, Optional.of(name)))
                .isPresent();
    }

    /** Whether a file, or a function in it, gives up with an error of its own. */
    private static boolean throwsInTheEnd(CodeText code, Optional<String> function) {
        return BoundedText.matcher(THROW, code.bare())
                .results()
                .limit(MAX_CALLS)
                .filter(match -> speaksOfNative(code, match.start()))
                .map(match -> code.around(match.start()))
                .anyMatch(around -> around.isInFunction() == function.isPresent()
                        && !around.isCaught()
                        && around.function().equals(function));
    }

    private static boolean speaksOfNative(CodeText code, int at) {
        int from = Math.max(0, at - 100);
        int to = Math.min(code.text().length(), at + 200);
        return BoundedText.matcher(NATIVE_WORDS, code.text()).region(from, to).find();
    }

    private static int closing(String bare, int from) {
        int depth = 1;
        int at = from;
        int limit = Math.min(bare.length(), from + MAX_ARGUMENT);
        while (at < limit) {
            char c = bare.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
            at++;
        }
        return limit;
    }
}

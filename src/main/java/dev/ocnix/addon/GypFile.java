package dev.ocnix.addon;

import dev.ocnix.model.BuildFile;
import dev.ocnix.model.Visible;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code binding.gyp}, what node-gyp builds from, with the files of the package that it includes or depends on: what it links on one
 * operating system. Commands are read, never run.
 */
final class GypFile {
    /** Its path in a package, as a rule. */
    static final String PATH = "binding.gyp";

    /** A file above this many bytes is not read. */
    static final int MAX_BYTES = 256 << 10;

    private static final int MAX_FILES = 64;

    private final Map<String, String> texts;
    private final String os;
    private final SortedSet<String> found = new TreeSet<>();
    private final SortedSet<String> unknown = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Object> open = new ArrayDeque<>();
    private final GypVariables variables = new GypVariables();
    private String folder = "";

    private GypFile(Map<String, String> texts, String os) {
        this.texts = texts;
        this.os = os;
    }

    /**
     * Reads a package's file.
     *
     * @param texts of all {@code .gyp} and {@code .gypi} files of the package, by path
     */
    static BuildFile read(String path, Map<String, String> texts) {
        GypFile linux = new GypFile(texts, "linux");
        linux.follow(path);
        GypFile mac = new GypFile(texts, "mac");
        mac.follow(path);
        return BuildFile.of(path, linux.found, mac.found, Stream.concat(linux.unknown.stream(), mac.unknown.stream()));
    }

    private void follow(String start) {
        Deque<String> files = new ArrayDeque<>(List.of(start));
        while (!files.isEmpty() && seen.size() < MAX_FILES) {
            String path = files.pop();
            if (!seen.add(path)) {
                continue;
            }
            Optional<String> text = Optional.ofNullable(texts.get(path));
            Optional<Object> value = text.flatMap(GypLiteral::read);
            if (value.isEmpty()) {
                note(text.isEmpty() ? path + " is not in the package" : path + " is no literal that we can read");
                continue;
            }
            folder = path.substring(0, path.lastIndexOf('/') + 1);
            variables.read(value.get());
            open.push(value.get());
            walk(files);
        }
    }

    private void walk(Deque<String> files) {
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof Map<?, ?> map) {
                map.forEach((key, value) -> visit(String.valueOf(key), value, files));
            } else if (next instanceof List<?> list) {
                list.forEach(open::push);
            } else if (next instanceof String written) {
                String text = variables.expand(written);
                found.addAll(GypCommand.modules(text));
                found.addAll(SystemPath.folders(text));
                GypCommand.unknown(text).forEach(this::note);
            }
        }
    }

    private void visit(String key, Object value, Deque<String> files) {
        if (isOfOtherTool(key)) {
            return;
        }
        switch (key) {
            case "conditions", "target_conditions" -> {
                if (value instanceof List<?> conditions) {
                    conditions.forEach(this::choose);
                }
                return;
            }
            case "includes", "dependencies" -> GypLiteral.texts(value).forEach(text -> depend(text, files));
            case "libraries", "ldflags", "OTHER_LDFLAGS" ->
                GypLiteral.texts(value).forEach(this::link);
            default -> {
                if (key.startsWith("libraries") || key.startsWith("ldflags")) {
                    GypLiteral.texts(value).forEach(this::link);
                }
            }
        }
        open.push(value);
    }

    /** What only Windows' or macOS' compilers read, and lists of what is left out. */
    private boolean isOfOtherTool(String key) {
        return key.endsWith("!")
                || key.endsWith("/")
                || key.startsWith("msvs_")
                || key.startsWith("msbuild_")
                || (key.startsWith("xcode_") && !os.equals("mac"));
    }

    private void link(String written) {
        String text = variables.expand(written);
        found.addAll(GypCommand.links(text));
        found.addAll(SystemPath.libraries(text));
        GypCommand.unknownLinks(text).forEach(this::note);
    }

    /** {@code deps/sqlite3.gyp:target}, {@code common.gypi}; a name without a file is a target of the same file. */
    private void depend(String text, Deque<String> files) {
        if (text.contains("<!") || text.contains("<(") || text.contains("..")) {
            return;
        }
        int colon = text.indexOf(':');
        String path = colon < 0 ? text : text.substring(0, colon);
        if (path.endsWith(".gyp") || path.endsWith(".gypi")) {
            files.push(folder + (path.startsWith("./") ? path.substring(2) : path));
        }
    }

    /** A condition is a list of a test, what holds if it is true, perhaps more such pairs, and perhaps what holds otherwise. */
    private void choose(Object condition) {
        if (!(condition instanceof List<?> parts)) {
            return;
        }
        for (int i = 0; i < parts.size(); i += 2) {
            if (!(parts.get(i) instanceof String test)) {
                open.push(parts.get(i));
                return;
            }
            Optional<Holds> holds = GypCondition.read(test, os);
            if (holds.isEmpty()) {
                note("the condition " + test);
            }
            Holds known = holds.orElse(Holds.PERHAPS);
            if (known != Holds.NEVER && i + 1 < parts.size()) {
                open.push(parts.get(i + 1));
            }
            if (known == Holds.ALWAYS) {
                return;
            }
        }
    }

    private void note(String text) {
        String line = Visible.of(text.replaceAll("\\s+", " "));
        unknown.add(line.length() > 160 ? line.substring(0, 160) + "…" : line);
    }
}

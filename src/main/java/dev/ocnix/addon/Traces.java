package dev.ocnix.addon;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the files of a package showed, before its package.json says what to make of them. */
final class Traces {
    private static final int MAX_FILES = 2000;
    private static final int MAX_SCRIPT_BYTES = 2 << 20;
    private static final int MAX_OTHER_BYTES = 128 << 10;

    private static final Set<String> ASIDE = Set.of(
            "test",
            "tests",
            "__tests__",
            "fixture",
            "fixtures",
            "__fixtures__",
            "spec",
            "example",
            "examples",
            "node_modules");
    /** Folders whose build files are those of bundled libraries. */
    private static final Pattern VENDORED = Pattern.compile(
            "(?i)(?:.*/)?(?:deps|vendor|third[-_]?party|external|examples?|native-example|tests?|node_modules)/.*");

    private final SortedMap<String, NativeFile> natives = new TreeMap<>();
    private final SortedMap<String, byte[]> scripts = new TreeMap<>();
    private final SortedMap<String, String> gyps = new TreeMap<>();
    private final SortedSet<String> wasm = new TreeSet<>();
    private final SortedSet<String> cargo = new TreeSet<>();
    private final SortedSet<String> cmake = new TreeSet<>();
    private final SortedSet<String> symbols = new TreeSet<>();
    private int scriptBytes;
    private int otherBytes;

    /** Whether a file is a test's, an example's or a bundled package's rather than this package's own. */
    static boolean isAside(String path) {
        int start = 0;
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
            if (ASIDE.contains(path.substring(start, end))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    void add(NativeFile file) {
        if (natives.size() < MAX_FILES) {
            natives.put(file.file().path(), file);
        }
    }

    /** Whether there is room for one more script; those that an installer is likely to run have more of it. */
    boolean hasRoom(boolean isPlausible, long size) {
        return scripts.size() < MAX_FILES
                && (isPlausible ? scriptBytes + size <= MAX_SCRIPT_BYTES : otherBytes + size <= MAX_OTHER_BYTES);
    }

    void addScript(String path, boolean isPlausible, byte[] content) {
        scripts.put(path, content);
        if (isPlausible) {
            scriptBytes += content.length;
        } else {
            otherBytes += content.length;
        }
    }

    void addGyp(String path, String text) {
        if (gyps.size() < MAX_FILES) {
            gyps.put(path, text);
        }
    }

    void addWasm(String path) {
        add(wasm, path);
    }

    void addCargo(String path) {
        add(cargo, path);
    }

    void addCmake(String path) {
        add(cmake, path);
    }

    /** Debug symbols of Windows. */
    void addSymbols(String path) {
        add(symbols, path);
    }

    private static void add(SortedSet<String> paths, String path) {
        if (paths.size() < MAX_FILES) {
            paths.add(path);
        }
    }

    /** The {@code binding.gyp} at the top, else the only likely one below. */
    Optional<String> gypPath() {
        if (gyps.containsKey(GypFile.PATH)) {
            return Optional.of(GypFile.PATH);
        }
        List<String> below = gyps.keySet().stream()
                .filter(path -> path.endsWith("/" + GypFile.PATH)
                        && !VENDORED.matcher(path).matches())
                .toList();
        return below.size() == 1 ? Optional.of(below.get(0)) : Optional.empty();
    }

    boolean hasGypAtTop() {
        return gyps.containsKey(GypFile.PATH);
    }

    /** All {@code .gyp} and {@code .gypi} files. */
    SortedMap<String, String> gyps() {
        return gyps;
    }

    /** The {@code CMakeLists.txt} of the package itself that is nearest to the top. */
    Optional<String> cmake() {
        return cmake.stream()
                .filter(path -> !VENDORED.matcher(path).matches())
                .min(Comparator.comparingLong(
                        path -> path.chars().filter(c -> c == '/').count()));
    }

    SortedSet<String> wasm() {
        return wasm;
    }

    SortedSet<String> cargo() {
        return cargo;
    }

    /** A file that an install script may run, with the endings that node tries. */
    Optional<Map.Entry<String, LocalScript>> script(String name) {
        return normalized(name).stream()
                .flatMap(path -> InstallScripts.candidates(path).stream())
                .filter(scripts::containsKey)
                .findFirst()
                .map(path -> Map.entry(
                        path,
                        LocalScript.read(new String(scripts.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8))));
    }

    /** Without {@code .} and {@code ..}; empty if it leads out of the package. */
    private static Optional<String> normalized(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** All native files, sorted by path. */
    List<NativeFile> natives() {
        return List.copyOf(natives.values());
    }

    /** Native files outside {@code prebuilds/}. */
    List<NativeFile> ownNatives() {
        List<NativeFile> own = new ArrayList<>(natives.values());
        own.removeIf(file -> file.file().path().startsWith("prebuilds/"));
        return own;
    }

    boolean hasPrebuilds() {
        return !prebuilds(false).isEmpty() || !prebuilds(true).isEmpty();
    }

    /** Node addons below {@code prebuilds/}, either directly in it or in one of its folders. */
    List<NativeFile> prebuilds(boolean directly) {
        List<NativeFile> found = new ArrayList<>();
        for (NativeFile file : natives.values()) {
            String path = file.file().path();
            boolean isDirect = path.indexOf('/') == path.lastIndexOf('/');
            if (path.startsWith("prebuilds/") && file.role() == NativeFile.Role.NODE && isDirect == directly) {
                found.add(file);
            }
        }
        return found;
    }

    /** What neither Linux nor macOS ever opens: other systems' folders and debug symbols. */
    List<String> foreign() {
        return ForeignFiles.of(natives.values(), symbols);
    }
}

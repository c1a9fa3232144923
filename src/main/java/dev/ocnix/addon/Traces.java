package dev.ocnix.addon;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
    private static final int MAX_CMAKE_FILES = 100;

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
    private final SortedMap<String, String> cmakes = new TreeMap<>();
    private final SortedSet<String> symbols = new TreeSet<>();
    private final Map<LocalScript.Use, Integer> scriptBytes = new EnumMap<>(LocalScript.Use.class);
    private boolean isMobile;

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

    /** Whether a build file is a bundled library's, an example's or a test's. */
    static boolean isVendored(String path) {
        return VENDORED.matcher(path).matches();
    }

    void add(NativeFile file) {
        if (natives.size() < MAX_FILES) {
            natives.put(file.file().path(), MobileFiles.told(file));
        }
    }

    /** Notes that a file is there which only packages for telephones have. */
    void note(String path) {
        isMobile |= MobileFiles.isSign(path);
    }

    /** Whether there is room for one more script. */
    boolean hasRoom(LocalScript.Use use, long size) {
        return scripts.size() < MAX_FILES && scriptBytes.getOrDefault(use, 0) + size <= use.maxBytes();
    }

    void addScript(String path, LocalScript.Use use, byte[] content) {
        scripts.put(path, content);
        scriptBytes.merge(use, content.length, Integer::sum);
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

    void addCmake(String path, String text) {
        if (cmakes.size() < MAX_CMAKE_FILES) {
            cmakes.put(path, text);
        }
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
                .filter(path -> path.endsWith("/" + GypFile.PATH) && !isVendored(path))
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
        return cmakes.keySet().stream()
                .filter(path -> !isVendored(path))
                .min(Comparator.comparingLong(
                        path -> path.chars().filter(c -> c == '/').count()));
    }

    /** All {@code CMakeLists.txt}. */
    SortedMap<String, String> cmakes() {
        return cmakes;
    }

    SortedSet<String> wasm() {
        return wasm;
    }

    SortedSet<String> cargo() {
        return cargo;
    }

    /** A file that an install script may run, with the endings that node tries. */
    Optional<Map.Entry<String, LocalScript>> script(String name) {
        return text(name).map(found -> Map.entry(found.path(), LocalScript.read(found.content())));
    }

    /** A file of code. */
    record Text(String path, String content) {}

    /** A file of code, with the endings that node tries. */
    Optional<Text> text(String name) {
        return normalized(name).stream()
                .flatMap(path -> InstallScripts.candidates(path).stream())
                .filter(scripts::containsKey)
                .findFirst()
                .map(path ->
                        new Text(path, new String(scripts.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8)));
    }

    /** Whether some code loads an addon of a package whose name begins so. */
    boolean requires(String stem) {
        Pattern use = Pattern.compile("(?:(?<![.\\w])(?:require|import)\\s*\\(\\s*[\"'`]" + Pattern.quote(stem)
                + ")|(?:[\"'`][^\"'`\\n]{0,100}" + Pattern.quote(stem) + "[^\"'`\\n]{0,200}\\.node[\"'`])");
        return scripts.values().stream()
                .anyMatch(content -> BoundedText.matcher(use, new String(content, StandardCharsets.UTF_8))
                        .find());
    }

    /** Without {@code .} and {@code ..}; empty if it leads out of the package. */
    static Optional<String> normalized(String path) {
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

    /** Native files of the package itself: neither prebuilt ones for a platform of their own, nor parts for telephones. */
    List<NativeFile> ownNatives() {
        List<NativeFile> own = new ArrayList<>(natives.values());
        own.removeIf(file -> isPrebuilt(file) || MobileFiles.isPart(file, isMobile));
        return own;
    }

    /** Below {@code prebuilds/}, in a folder or by a name that is a platform's; what a folder for a kernel or a runtime holds is none. */
    private static boolean isPrebuilt(NativeFile file) {
        String path = file.file().path();
        int end = path.indexOf('/') == path.lastIndexOf('/') ? path.length() : path.lastIndexOf('/');
        return path.startsWith("prebuilds/") && PlatformNames.hasPlatform(path.substring(0, end));
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
            if (isPrebuilt(file) && file.role() == NativeFile.Role.NODE && isDirect == directly) {
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

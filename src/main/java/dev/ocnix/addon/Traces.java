package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the files of a package showed, before its package.json says what to make of them. */
final class Traces {
    private static final int MAX_FILES = 2000;
    private static final Pattern ASIDE =
            Pattern.compile("(.*/)?(tests?|__tests__|fixtures?|__fixtures__|spec|examples?|node_modules)/.*");

    private final SortedMap<String, NativeFile> natives = new TreeMap<>();
    private final SortedMap<String, LocalScript> scripts = new TreeMap<>();
    private final SortedSet<String> wasm = new TreeSet<>();
    private final SortedSet<String> cargo = new TreeSet<>();
    private Optional<String> gyp = Optional.empty();
    private boolean hasCmake;

    /** Whether a file is a test's, an example's or a bundled package's rather than this package's own. */
    static boolean isAside(String path) {
        return ASIDE.matcher(path).matches();
    }

    void add(NativeFile file) {
        if (natives.size() < MAX_FILES) {
            natives.put(file.file().path(), file);
        }
    }

    void addScript(String path, LocalScript script) {
        if (scripts.size() < MAX_FILES) {
            scripts.put(path, script);
        }
    }

    void addWasm(String path) {
        if (wasm.size() < MAX_FILES) {
            wasm.add(path);
        }
    }

    void addCargo(String path) {
        if (cargo.size() < MAX_FILES) {
            cargo.add(path);
        }
    }

    void setGyp(String text) {
        gyp = Optional.of(text);
    }

    void setCmake() {
        hasCmake = true;
    }

    /** The text of {@code binding.gyp} at the top. */
    Optional<String> gyp() {
        return gyp;
    }

    boolean hasCmake() {
        return hasCmake;
    }

    SortedSet<String> wasm() {
        return wasm;
    }

    SortedSet<String> cargo() {
        return cargo;
    }

    /** A file that an install script may run. */
    Optional<LocalScript> script(String path) {
        return Optional.ofNullable(scripts.get(path));
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
}

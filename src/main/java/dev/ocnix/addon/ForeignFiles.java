package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files in a package that no Linux and no macOS ever opens. */
final class ForeignFiles {
    private static final int MAX = 200;
    /** Words in the names of folders for other systems: {@code prebuilds/win32-x64}, {@code bin/android}. */
    private static final Set<String> SYSTEMS =
            Set.of("win32", "windows", "win", "android", "freebsd", "openbsd", "netbsd", "sunos", "aix");

    private ForeignFiles() {}

    /**
     * Folders that are named for other systems and hold native files for those alone, and other systems' debug symbols elsewhere.
     *
     * @param symbols paths of files with the debug symbols of Windows
     */
    static List<String> of(Collection<NativeFile> natives, SortedSet<String> symbols) {
        SortedMap<String, Boolean> folders = new TreeMap<>();
        for (NativeFile file : natives) {
            boolean isForeign =
                    !file.file().os().equals("linux") && !file.file().os().equals("darwin");
            folder(file.file().path()).ifPresent(folder -> folders.merge(folder, isForeign, Boolean::logicalAnd));
        }
        folders.values().removeIf(isForeign -> !isForeign);
        SortedSet<String> found = new TreeSet<>(folders.keySet());
        for (String path : symbols) {
            if (folder(path).filter(folders::containsKey).isEmpty()) {
                found.add(path);
            }
        }
        List<String> paths = new ArrayList<>(found);
        return paths.subList(0, Math.min(MAX, paths.size()));
    }

    private static Optional<String> folder(String path) {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
            if (Stream.of(name.split("[-_.]", -1)).anyMatch(SYSTEMS::contains)) {
                return Optional.of(path.substring(0, end));
            }
        }
        return Optional.empty();
    }
}

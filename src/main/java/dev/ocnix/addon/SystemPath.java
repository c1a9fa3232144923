package dev.ocnix.addon;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fixed paths of a usual Linux or macOS in build files, which nixpkgs has nowhere: folders of headers and libraries by their file. */
final class SystemPath {
    private static final Pattern PATH =
            Pattern.compile("(?:^|[\\s'\",=]|-I|-isystem)(/(?:usr|opt|lib)/[A-Za-z0-9@_+./-]{1,200})");
    private static final Pattern LIBRARY =
            Pattern.compile("lib([A-Za-z0-9_][A-Za-z0-9_+.-]*?)\\.(?:so|a|dylib|tbd)(?:\\.[0-9.]+)?");
    /** Folders that say nothing of the library. */
    private static final Pattern PLAIN =
            Pattern.compile("usr|opt|lib(?:32|64)?|local|homebrew|Cellar|include|[a-z0-9_]+-linux-gnu\\w*|[0-9._]+");

    private SystemPath() {}

    /** Folders of headers, as a compiler would be told: {@code -I/usr/include/libxml2}. */
    static SortedSet<String> folders(String text) {
        SortedSet<String> folders = new TreeSet<>();
        Matcher matcher = PATH.matcher(text);
        while (matcher.find()) {
            String path = matcher.group(1).replaceAll("/+$", "");
            if (path.contains("/include") && !path.endsWith(".h") && isNamed(path)) {
                folders.add("-I" + path);
            }
        }
        return folders;
    }

    private static boolean isNamed(String path) {
        for (String folder : path.substring(1).split("/", -1)) {
            if (!PLAIN.matcher(folder).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Libraries that stand there by their file, as a linker would be told: {@code -lpcap} for {@code /usr/lib/libpcap.so}. */
    static SortedSet<String> libraries(String text) {
        SortedSet<String> libraries = new TreeSet<>();
        Matcher matcher = PATH.matcher(text);
        while (matcher.find()) {
            String path = matcher.group(1);
            Matcher file = LIBRARY.matcher(path.substring(path.lastIndexOf('/') + 1));
            if (file.matches()) {
                libraries.add("-l" + file.group(1));
            }
        }
        return libraries;
    }
}

package dev.ocnix.addon;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of packages that say for which platform they are: {@code @esbuild/linux-x64}, {@code lightningcss-linux-x64-gnu}. */
final class PlatformNames {
    private static final String SYSTEM =
            "(?:aix|android|darwin|freebsd|linux|linuxmusl|macos|netbsd|openbsd|openharmony|osx|sunos|win|win32|windows)";
    private static final String PROCESSOR =
            "(?:32|64|386|aarch64|amd64|arm|arm64|armhf|armv[67]l?|i386|i686|ia32|loong64|mips64el|ppc64|ppc64le|riscv64|s390x|universal|x64|x86|x86_64)";
    private static final Pattern NAME = Pattern.compile("(.*?[/_-])(?:" + SYSTEM + "[_-]" + PROCESSOR + "|" + PROCESSOR
            + "[_-](?:(?:apple|pc|unknown)[_-])?" + SYSTEM + ")(?:[_.-].*)?");
    private static final Pattern SYSTEM_ONLY = Pattern.compile(".*[/_-]" + SYSTEM + "(?:[_.-].*)?");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

    private PlatformNames() {}

    /** The largest group of names that differ in the platform only; empty if it has less than two. */
    static List<String> family(Collection<String> names) {
        SortedMap<String, List<String>> families = new TreeMap<>();
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (name.length() < 256 && matcher.matches()) {
                families.merge(matcher.group(1), List.of(name), PlatformNames::both);
            }
        }
        return families.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(Map.Entry::getValue)
                .filter(family -> family.size() > 1)
                .orElse(List.of());
    }

    /** Whether a package's name has a word in common with the names of its family, so that they are its children. */
    static boolean areRelated(String parent, List<String> family) {
        Set<String> words = words(parent);
        return family.stream().limit(1).anyMatch(child -> {
            Matcher matcher = NAME.matcher(child);
            Set<String> shared = words(matcher.matches() ? matcher.group(1) : child);
            shared.retainAll(words);
            return !shared.isEmpty();
        });
    }

    /** Whether a name says for which system the package is. */
    static boolean namesSystem(String name) {
        return name.length() < 256 && SYSTEM_ONLY.matcher(name).matches();
    }

    private static Set<String> words(String name) {
        Set<String> words = new HashSet<>();
        WORD.matcher(name.toLowerCase(Locale.ROOT)).results().forEach(match -> words.add(match.group()));
        return words;
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}

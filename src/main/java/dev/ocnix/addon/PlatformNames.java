package dev.ocnix.addon;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of packages that say for which platform they are: {@code @esbuild/linux-x64}, {@code lightningcss-linux-x64-gnu}. */
final class PlatformNames {
    private static final Set<String> SYSTEMS = Set.of(
            "aix",
            "android",
            "darwin",
            "freebsd",
            "linux",
            "linuxmusl",
            "macos",
            "netbsd",
            "openbsd",
            "openharmony",
            "osx",
            "sunos",
            "win",
            "win32",
            "windows");
    private static final String SYSTEM = "(?:" + String.join("|", new TreeSet<>(SYSTEMS)) + ")";
    /** Words for processors that some name has, and npm's names of them. */
    private static final Map<String, String> PROCESSORS = Map.ofEntries(
            Map.entry("64", "x64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("amd64", "x64"),
            Map.entry("arm", "arm"),
            Map.entry("arm64", "arm64"),
            Map.entry("armhf", "arm"),
            Map.entry("armv6l", "arm"),
            Map.entry("armv7", "arm"),
            Map.entry("armv7l", "arm"),
            Map.entry("ia32", "ia32"),
            Map.entry("loong64", "loong64"),
            Map.entry("ppc64", "ppc64"),
            Map.entry("ppc64le", "ppc64"),
            Map.entry("riscv64", "riscv64"),
            Map.entry("s390x", "s390x"),
            Map.entry("universal", "universal"),
            Map.entry("x64", "x64"),
            Map.entry("x86", "ia32"));

    private static final Pattern ABI = Pattern.compile(".*[-_](?:gnu|musl|msvc|glibc|gnueabihf|musleabihf|eabi|ohos)");
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

    /** Whether a path names a system in one of its folders: {@code prebuilds/HID-linux-x64}, not {@code prebuilds/6.1}. */
    static boolean hasPlatform(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)).anyMatch(SYSTEMS::contains);
    }

    /** npm's names of the systems that a family's names speak of. */
    static Set<String> systems(Collection<String> family) {
        return family.stream().flatMap(name -> system(name).stream()).collect(Collectors.toSet());
    }

    private static Optional<String> system(String name) {
        return words(name, SYSTEMS::contains)
                .map(word -> word.startsWith("win")
                        ? "win32"
                        : word.startsWith("linux")
                                ? "linux"
                                : Set.of("macos", "osx").contains(word) ? "darwin" : word);
    }

    /** Whether a name says that the package is for a system, and not for another C library than it has. */
    static boolean isFor(String name, NixSystem system) {
        String cpu = words(name.replace("x86_64", "x64"), PROCESSORS::containsKey)
                .map(word -> PROCESSORS.getOrDefault(word, word))
                .orElse(system.cpu());
        return system(name).filter(system.os()::equals).isPresent()
                && (cpu.equals(system.cpu()) || cpu.equals("universal"))
                && !name.contains("musl");
    }

    /** The last word of a name that is one of those meant. */
    private static Optional<String> words(String name, Predicate<String> isMeant) {
        return Stream.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1))
                .filter(isMeant)
                .reduce((first, second) -> second);
    }

    /** Whether two names or more differ in their last part alone, as those of one scheme do. */
    static boolean haveScheme(Collection<String> names) {
        return names.stream()
                .collect(Collectors.groupingBy(name -> name.replaceFirst("[-/_][^-/_]*$", ""), Collectors.counting()))
                .values()
                .stream()
                .anyMatch(count -> count > 1);
    }

    /** What comes before the platform in the names of a family. */
    static Optional<String> stem(List<String> family) {
        return family.stream()
                .limit(1)
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Whether names have the endings that only addons' have: which C library or compiler they are for. */
    static boolean areAddons(Collection<String> family) {
        return family.stream().anyMatch(name -> ABI.matcher(name).matches());
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

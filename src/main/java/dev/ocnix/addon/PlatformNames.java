package dev.ocnix.addon;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of packages that say for which platform they are: {@code @esbuild/linux-x64}, {@code lightningcss-linux-x64-gnu}. */
final class PlatformNames {
    private static final Pattern NAME = Pattern.compile("(.*[/-])"
            + "(aix|android|darwin|freebsd|linux|linuxmusl|macos|netbsd|openbsd|openharmony|sunos|win|win32|windows)"
            + "-(64|aarch64|arm|arm64|armv7|ia32|loong64|mips64el|ppc64|ppc64le|riscv64|s390x|universal|x64|x86_64)"
            + "([-.].*)?");

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

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}

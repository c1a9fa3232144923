package dev.ocnix.addon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code readelf} says of a file, the other opinion on {@link ElfHeader}.
 *
 * @param wide whether it is a 64-bit file
 * @param machine as readelf words it
 * @param glibc the highest version, likewise {@code glibcxx}
 */
record Readelf(
        boolean wide,
        String machine,
        boolean isShared,
        Optional<String> interpreter,
        List<String> needed,
        Optional<String> runpath,
        Optional<String> glibc,
        Optional<String> glibcxx) {
    private static final Pattern VERSION = Pattern.compile("Name: (GLIBC|GLIBCXX)_([0-9.]+) ");

    static Readelf of(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("readelf", "-W", "-h", "-l", "-d", "-V", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String needs =
                text.contains("Version needs section") ? text.substring(text.indexOf("Version needs section")) : "";
        return new Readelf(
                text.contains("Class:                             ELF64"),
                first(text, "Machine: +(.*)").orElse("?"),
                text.contains("Type:                              DYN"),
                first(text, "\\[Requesting program interpreter: (.*)\\]"),
                all(text, "\\(NEEDED\\) +Shared library: \\[(.*)\\]"),
                first(text, "\\(RUNPATH\\) +Library runpath: \\[(.*)\\]")
                        .or(() -> first(text, "\\(RPATH\\) +Library rpath: \\[(.*)\\]")),
                highest(needs, "GLIBC"),
                highest(needs, "GLIBCXX"));
    }

    private static Optional<String> first(String text, String regex) {
        return all(text, regex).stream().findFirst();
    }

    private static List<String> all(String text, String regex) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Optional<String> highest(String text, String library) {
        return VERSION.matcher(text)
                .results()
                .filter(match -> match.group(1).equals(library))
                .map(match -> match.group(2))
                .max((a, b) -> {
                    String[] some = a.split("\\.", -1);
                    String[] others = b.split("\\.", -1);
                    for (int i = 0; i < Math.min(some.length, others.length); i++) {
                        int order = Integer.compare(Integer.parseInt(some[i]), Integer.parseInt(others[i]));
                        if (order != 0) {
                            return order;
                        }
                    }
                    return Integer.compare(some.length, others.length);
                });
    }

    /** npm's name of the processor. */
    String cpu() {
        if (machine.contains("X86-64")) {
            return wide ? "x64" : "x32";
        }
        return switch (machine) {
            case "AArch64" -> "arm64";
            case "ARM" -> "arm";
            case "Intel 80386" -> "ia32";
            case "RISC-V" -> wide ? "riscv64" : "?";
            case "LoongArch" -> "loong64";
            case "PowerPC64" -> "ppc64";
            case "IBM S/390" -> wide ? "s390x" : "s390";
            default -> machine;
        };
    }
}

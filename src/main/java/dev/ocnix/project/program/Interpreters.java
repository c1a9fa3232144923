package dev.ocnix.project.program;

import static java.util.Map.entry;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What programs need that are neither JavaScript nor a shell's: packages of nixpkgs, by the first lines of their files. */
public final class Interpreters {
    /** As long as Linux reads. */
    private static final int LINE = 256;

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            entry("deno", "deno"),
            entry("fish", "fish"),
            entry("lua", "lua"),
            entry("nu", "nushell"),
            entry("perl", "perl"),
            entry("php", "php"),
            entry("pwsh", "powershell"),
            entry("python", "python3"),
            entry("python3", "python3"),
            entry("ruby", "ruby"),
            entry("tclsh", "tcl"),
            entry("zsh", "zsh"));

    private final SourceFiles files;

    public Interpreters(SourceFiles files) {
        this.files = files;
    }

    /**
     * Attributes of nixpkgs, sorted.
     *
     * @param programs paths of files in the source; one that only a build makes says nothing
     */
    public SortedSet<String> of(Collection<String> programs) throws OcnixException {
        SortedSet<String> packages = new TreeSet<>();
        for (String path : programs) {
            Optional<byte[]> head = files.head(path, LINE);
            if (head.isPresent()) {
                String line = new String(head.get(), StandardCharsets.ISO_8859_1).split("[\r\n]", 2)[0];
                Optional.ofNullable(PACKAGES.get(interpreter(path, line))).ifPresent(packages::add);
            }
        }
        return packages;
    }

    private static String interpreter(String path, String line) {
        if (!line.startsWith("#!")) {
            return path.endsWith(".py") ? "python3" : "";
        }
        List<String> words = Arrays.stream(line.substring(2).split("[ \t]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "";
        }
        String first = name(words.get(0));
        return first.equals("env") ? startedByEnv(words.subList(1, words.size()).iterator()) : first;
    }

    /** The first word that is neither an option of env nor a variable. */
    private static String startedByEnv(Iterator<String> words) {
        while (words.hasNext()) {
            String word = words.next().replaceFirst("^(-[iv]*S|--split-string=)", "");
            if (word.equals("-u") || word.equals("-C")) {
                if (words.hasNext()) {
                    words.next();
                }
            } else if (!word.isEmpty() && !word.startsWith("-") && !word.contains("=")) {
                return name(word.replaceAll("[\"']", ""));
            }
        }
        return "";
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

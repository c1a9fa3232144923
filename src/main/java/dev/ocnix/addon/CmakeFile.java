package dev.ocnix.addon;

import dev.ocnix.model.BuildFile;
import dev.ocnix.model.Visible;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code CMakeLists.txt} with the files of the package's own folders that it adds: what it looks for and links on one operating
 * system. Nothing is run; what a variable decides counts both ways.
 */
final class CmakeFile {
    /** A file above this many bytes is not read. */
    static final int MAX_BYTES = 256 << 10;

    private static final int MAX_FILES = 32;
    private static final int MAX_VALUES = 200;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.-]{0,100}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w{1,100})}");
    private static final Pattern MODULE = Pattern.compile("([A-Za-z][A-Za-z0-9._+-]{0,100}?)(?:[<>=].*)?");
    private static final String FETCHES = "), which fetches sources";
    private static final Set<String> MODULE_WORDS =
            Set.of("REQUIRED", "QUIET", "IMPORTED_TARGET", "GLOBAL", "NO_CMAKE_PATH", "NO_CMAKE_ENVIRONMENT_PATH");
    private static final Set<String> LINK_WORDS =
            Set.of("PRIVATE", "PUBLIC", "INTERFACE", "LINK_PRIVATE", "LINK_PUBLIC", "debug", "optimized", "general");
    private static final Set<String> SEARCH_END = Set.of(
            "HINTS",
            "PATHS",
            "PATH_SUFFIXES",
            "DOC",
            "NAMES_PER_DIR",
            "REQUIRED",
            "ENV",
            "NO_CACHE",
            "NO_DEFAULT_PATH");
    private static final Set<String> DOWNLOADS =
            Set.of("fetchcontent_declare", "fetchcontent_populate", "externalproject_add", "cpmaddpackage");

    private final Map<String, String> texts;
    private final Set<String> targets;
    private final String os;
    private final SortedSet<String> found = new TreeSet<>();
    private final SortedSet<String> unknown = new TreeSet<>();
    private final Map<String, List<String>> variables = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    /** Of each {@code if} around: whether its branch here holds, and whether no branch before did. */
    private final Deque<Branch> branches = new ArrayDeque<>();

    private record Branch(Holds here, Holds noneBefore) {}

    private CmakeFile(Map<String, String> texts, Set<String> targets, String os) {
        this.texts = texts;
        this.targets = targets;
        this.os = os;
    }

    /**
     * Reads a package's file.
     *
     * @param texts of all {@code CMakeLists.txt} of the package, by path
     */
    static BuildFile read(String path, Map<String, String> texts) {
        Set<String> targets = targets(texts.values());
        CmakeFile linux = new CmakeFile(texts, targets, "linux");
        linux.follow(path);
        CmakeFile mac = new CmakeFile(texts, targets, "mac");
        mac.follow(path);
        return BuildFile.of(path, linux.found, mac.found, Stream.concat(linux.unknown.stream(), mac.unknown.stream()));
    }

    /** Whether it fetches sources while it is configured, which no sandbox allows. */
    static boolean fetches(BuildFile file) {
        return file.unknown().stream().anyMatch(text -> text.endsWith(FETCHES));
    }

    private void enter(String folder) {
        String path = folder + "/CMakeLists.txt";
        if (texts.containsKey(path)) {
            open.add(path);
        } else if (!path.contains("$")) {
            note("add_subdirectory(" + folder + "), which is not in the package");
        }
    }

    /** What the package builds itself, bundled libraries included. */
    private static Set<String> targets(Collection<String> texts) {
        Set<String> targets = new HashSet<>();
        texts.stream()
                .flatMap(text -> CmakeLexer.read(text).stream())
                .filter(command ->
                        command.name().equals("add_library") || command.name().equals("add_executable"))
                .flatMap(command -> command.arguments().stream().limit(1))
                .forEach(targets::add);
        return targets;
    }

    private void follow(String start) {
        open.add(start);
        while (!open.isEmpty() && seen.size() < MAX_FILES) {
            String path = open.pop();
            String text = texts.get(path);
            if (text != null && seen.add(path)) {
                branches.clear();
                String folder = path.substring(0, path.lastIndexOf('/') + 1);
                CmakeLexer.read(text).forEach(command -> read(command, folder));
            }
        }
    }

    private void read(CmakeLexer.Command command, String folder) {
        if (branch(command) || branches.stream().anyMatch(branch -> branch.here == Holds.NEVER)) {
            return;
        }
        List<String> arguments = command.arguments();
        switch (command.name()) {
            case "set" -> set(arguments, false);
            case "list" -> {
                if (arguments.size() > 2 && arguments.get(0).equals("APPEND")) {
                    set(arguments.subList(1, arguments.size()), true);
                }
            }
            case "find_package" -> findPackage(command);
            case "pkg_check_modules", "pkg_search_module" ->
                arguments.stream().skip(1).forEach(this::module);
            case "find_library" -> findLibrary(command);
            case "target_link_libraries" -> link(arguments.stream().skip(1));
            case "link_libraries" -> link(arguments.stream());
            case "include_directories", "target_include_directories" ->
                arguments.forEach(argument -> found.addAll(SystemPath.folders(argument)));
            case "add_subdirectory" -> arguments.stream().limit(1).forEach(name -> enter(folder + name));
            default -> {
                if (DOWNLOADS.contains(command.name()) && !arguments.isEmpty()) {
                    note(command.name() + "(" + arguments.get(0) + FETCHES);
                }
            }
        }
    }

    /** Whether it is a part of an {@code if}, which is then noted. */
    private boolean branch(CmakeLexer.Command command) {
        switch (command.name()) {
            case "if" -> {
                Holds holds = CmakeCondition.read(command.arguments(), os);
                branches.push(new Branch(holds, holds.not()));
            }
            case "elseif" -> {
                if (!branches.isEmpty()) {
                    Holds before = branches.pop().noneBefore;
                    Holds holds = CmakeCondition.read(command.arguments(), os);
                    branches.push(new Branch(before.and(holds), before.and(holds.not())));
                }
            }
            case "else" -> {
                if (!branches.isEmpty()) {
                    Holds before = branches.pop().noneBefore;
                    branches.push(new Branch(before, Holds.NEVER));
                }
            }
            case "endif" -> branches.poll();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void set(List<String> arguments, boolean isMore) {
        if (arguments.isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>(variables.getOrDefault(arguments.get(0), List.of()));
        arguments.stream()
                .skip(1)
                .takeWhile(value -> !value.equals("CACHE") && !value.equals("PARENT_SCOPE"))
                .flatMap(value -> Stream.of(value.split(";", -1)))
                .limit(isMore ? MAX_VALUES : MAX_VALUES / 2)
                .forEach(values::add);
        variables.put(arguments.get(0), values.subList(0, Math.min(values.size(), MAX_VALUES)));
    }

    private void findPackage(CmakeLexer.Command command) {
        command.arguments().stream()
                .limit(1)
                .filter(name -> PLAIN.matcher(name).matches())
                .forEach(name -> found.add(
                        new CmakeSearch(CmakeSearch.Command.FIND_PACKAGE, List.of(name), !command.has("REQUIRED"))
                                .toString()));
    }

    private void module(String word) {
        Matcher matcher = MODULE.matcher(word);
        if (!MODULE_WORDS.contains(word) && matcher.matches()) {
            found.add(matcher.group(1));
        }
    }

    /** {@code find_library(VARIABLE name places…)} or {@code find_library(VARIABLE NAMES names… HINTS …)}; not in the package itself. */
    private void findLibrary(CmakeLexer.Command command) {
        List<String> arguments = command.arguments();
        boolean isOwn = arguments.stream().anyMatch(argument -> argument.contains("_SOURCE_DIR"))
                || command.has("NO_DEFAULT_PATH");
        if (arguments.size() < 2 || isOwn) {
            return;
        }
        List<String> names = arguments.get(1).equals("NAMES")
                ? arguments.stream()
                        .skip(2)
                        .takeWhile(word -> !SEARCH_END.contains(word))
                        .toList()
                : List.of(arguments.get(1));
        List<String> plain = names.stream()
                .filter(name -> PLAIN.matcher(name).matches())
                .limit(10)
                .toList();
        if (!plain.isEmpty()) {
            found.add(new CmakeSearch(CmakeSearch.Command.FIND_LIBRARY, plain, !command.has("REQUIRED")).toString());
        }
    }

    private void link(Stream<String> items) {
        items.flatMap(this::expand).limit(MAX_VALUES).forEach(item -> {
            found.addAll(GypCommand.links(item));
            found.addAll(SystemPath.libraries(item));
            if (PLAIN.matcher(item).matches()
                    && !item.contains(".")
                    && !LINK_WORDS.contains(item)
                    && !targets.contains(item)) {
                // a target of sources that are fetched looks the same
                found.add(new CmakeSearch(CmakeSearch.Command.FIND_LIBRARY, List.of(item), true).toString());
            }
        });
    }

    private Stream<String> expand(String item) {
        Matcher matcher = VARIABLE.matcher(item);
        return matcher.matches() ? variables.getOrDefault(matcher.group(1), List.of()).stream() : Stream.of(item);
    }

    private void note(String text) {
        String line = Visible.of(text.replaceAll("\\s+", " "));
        unknown.add(line.length() > 160 ? line.substring(0, 160) + "…" : line);
    }
}

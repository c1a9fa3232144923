package dev.ocnix.project.script;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Workspace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members in whose folders the commands of a script work: those that a task runner or a filter chooses, and those that are
 * named or whose folders are. A filter that is not understood means all of them.
 */
public final class WorkspaceReach {
    private static final int MAX_FILES = 50;
    private static final Set<String> RUNNERS = Set.of(
            "turbo",
            "nx",
            "lerna",
            "lage",
            "wsrun",
            "moon",
            "rush",
            "ultra",
            "preconstruct",
            "bolt",
            "wireit",
            "ws-run");
    private static final Set<String> FILTERS =
            Set.of("--filter", "-F", "--scope", "--workspace", "-w", "--projects", "-p");
    private static final Pattern MENTIONS_ALL =
            Pattern.compile("--filter|--workspaces|\\bworkspaces\\b|\\bturbo\\b|\\blerna\\b");
    private static final Pattern LOCAL_FILE = Pattern.compile("[\\w@./-]{1,200}\\.(?:[cm]?[jt]sx?|sh|bash)");

    private final List<Workspace> members;
    private final SortedSet<String> all;
    private final Files files;

    /** The source's text files. */
    @FunctionalInterface
    public interface Files {
        /** A file by its path from the project's root, if it is there and no more than a script. */
        Optional<String> text(String path) throws OcnixException;
    }

    public WorkspaceReach(List<Workspace> workspaces, Files files) {
        this.members = workspaces.stream().filter(one -> !one.isRoot()).toList();
        this.all = members.stream().map(Workspace::path).collect(Collectors.toCollection(TreeSet::new));
        this.files = files;
    }

    /** Paths of all members. */
    public SortedSet<String> all() {
        return new TreeSet<>(all);
    }

    /**
     * Paths of the members that commands reach.
     *
     * @param folder in which they run, from the project's root
     */
    public SortedSet<String> of(String folder, List<ShellCommand> commands) throws OcnixException {
        SortedSet<String> reached = new TreeSet<>();
        Deque<ShellCommand> open = new ArrayDeque<>(commands);
        Set<String> read = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            ShellCommand command = open.pop();
            reached.addAll(byTool(command));
            for (String word : command.words()) {
                if (word.indexOf(' ') > 0) {
                    // what concurrently and its like are given
                    open.addAll(ShellCommand.in(word));
                }
                String value = word.substring(word.indexOf('=') + 1);
                reached.addAll(named(folder, value));
                if (LOCAL_FILE.matcher(value).matches() && read.size() < MAX_FILES && read.add(value)) {
                    reached.addAll(mentioned(resolved(folder, value)));
                }
            }
        }
        return reached;
    }

    private SortedSet<String> byTool(ShellCommand command) {
        List<String> words = command.words();
        boolean isRunner = RUNNERS.contains(command.program());
        boolean isBuild = command.program().equals("tsc") && (words.contains("-b") || words.contains("--build"));
        boolean isManager = Set.of("npm", "pnpm", "yarn", "bun").contains(command.program());
        if (!isRunner && !isBuild && !(isManager && ScriptCalls.isElsewhere(words))) {
            return new TreeSet<>();
        }
        boolean isInFolder = words.stream()
                .anyMatch(word -> word.equals("-C") || word.startsWith("--cwd") || word.startsWith("--prefix"));
        if (isManager && isInFolder || words.contains("workspace")) {
            // its path or name is a word
            return new TreeSet<>();
        }
        SortedSet<String> chosen = new TreeSet<>();
        filters(words).forEach(filter -> chosen.addAll(matching(filter)));
        return chosen.isEmpty() ? all() : chosen;
    }

    private static List<String> filters(List<String> words) {
        Stream<String> joined = words.stream()
                .filter(word -> word.indexOf('=') > 0 && FILTERS.contains(word.substring(0, word.indexOf('='))))
                .map(word -> word.substring(word.indexOf('=') + 1));
        Stream<String> following = Stream.iterate(0, at -> at + 1 < words.size(), at -> at + 1)
                .filter(at -> FILTERS.contains(words.get(at)))
                .map(at -> words.get(at + 1));
        return Stream.concat(joined, following)
                .flatMap(value -> Stream.of(value.split(",")))
                .filter(value -> !value.startsWith("!"))
                .toList();
    }

    private List<String> matching(String filter) {
        String plain =
                filter.replace("...", "").replace("^", "").replace("{", "").replace("}", "");
        boolean isPath = plain.startsWith(".") || plain.startsWith("/");
        String wanted = isPath ? resolved("", plain) : plain;
        return members.stream()
                .filter(member -> isPath
                        ? glob(wanted, member.path())
                        : member.name()
                                .filter(name ->
                                        glob(wanted, name) || glob(wanted, name.substring(name.indexOf('/') + 1)))
                                .isPresent())
                .map(Workspace::path)
                .toList();
    }

    /** Whether a text is like a pattern in which stars stand for anything; in one pass. */
    static boolean glob(String pattern, String text) {
        String[] parts = pattern.split("\\*+", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || text.length() < parts[0].length() + last.length() || !text.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= text.length() - last.length();
    }

    private List<String> named(String folder, String word) {
        if (word.isEmpty() || word.startsWith("-")) {
            return List.of();
        }
        String path = resolved(folder, word);
        return members.stream()
                .filter(member -> member.name().filter(word::equals).isPresent()
                        || path.equals(member.path())
                        || path.startsWith(member.path() + "/"))
                .map(Workspace::path)
                .toList();
    }

    private List<String> mentioned(String path) throws OcnixException {
        Optional<String> text =
                all.stream().anyMatch(member -> path.startsWith(member + "/")) ? Optional.empty() : files.text(path);
        if (text.isEmpty()) {
            return List.of();
        }
        if (MENTIONS_ALL.matcher(text.get()).find()) {
            return List.copyOf(all);
        }
        return members.stream()
                .filter(member -> text.get().contains(member.path())
                        || member.name()
                                .filter(name -> text.get().contains("\"" + name + "\""))
                                .isPresent())
                .map(Workspace::path)
                .toList();
    }

    /** A path from the root, without {@code .} and {@code ..}. */
    private static String resolved(String folder, String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + path).split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }
}

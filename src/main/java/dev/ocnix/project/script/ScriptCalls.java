package dev.ocnix.project.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The commands that a script of a package.json comes to, with those of the scripts that it runs by name. */
public final class ScriptCalls {
    private static final int MAX_SCRIPTS = 200;
    private static final Set<String> MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");
    private static final Set<String> RUN = Set.of("run", "run-script", "rum", "urn");
    private static final Set<String> RUN_MANY = Set.of("run-s", "run-p", "npm-run-all", "npm-run-all2");

    /** Commands of package managers that are no names of scripts. */
    private static final Set<String> OWN =
            Set.of("install", "i", "ci", "add", "x", "exec", "dlx", "build", "workspace", "workspaces");

    private final Map<String, String> scripts;

    /** @param scripts all scripts of the package */
    public ScriptCalls(Map<String, String> scripts) {
        this.scripts = Map.copyOf(scripts);
    }

    /** The commands of the script of this name, and of its {@code pre} and {@code post}; each script once. */
    public List<ShellCommand> of(String name) {
        return commands(Stream.of("pre" + name, name, "post" + name).toList());
    }

    /** The commands of this script alone, and of those that it runs. */
    public List<ShellCommand> ofEvent(String name) {
        return commands(List.of(name));
    }

    /** The commands of a text, and of the scripts that it runs. */
    public List<ShellCommand> in(String text) {
        List<ShellCommand> commands = new ArrayList<>(ShellCommand.in(text));
        commands.addAll(commands(ShellCommand.in(text).stream()
                .flatMap(command -> called(command).stream())
                .flatMap(ScriptCalls::withHooks)
                .toList()));
        return commands;
    }

    private List<ShellCommand> commands(List<String> names) {
        Deque<String> open = new ArrayDeque<>(names);
        Set<String> seen = new HashSet<>();
        List<ShellCommand> commands = new ArrayList<>();
        while (!open.isEmpty() && seen.size() < MAX_SCRIPTS) {
            String name = open.pop();
            String script = scripts.get(name);
            if (script == null || !seen.add(name)) {
                continue;
            }
            for (ShellCommand command : ShellCommand.in(script)) {
                List<String> called = called(command);
                if (called.isEmpty()) {
                    commands.add(command);
                }
                called.stream().flatMap(ScriptCalls::withHooks).forEach(open::add);
            }
        }
        return commands;
    }

    private static Stream<String> withHooks(String name) {
        return Stream.of("pre" + name, name, "post" + name);
    }

    /** The scripts of the same package that a command runs by name. */
    List<String> called(ShellCommand command) {
        List<String> words = command.words();
        String program = command.program();
        if (RUN_MANY.contains(program)) {
            return words.stream()
                    .skip(1)
                    .flatMap(word -> matching(word).stream())
                    .toList();
        }
        if (program.equals("node") && words.size() > 2 && words.get(1).equals("--run")) {
            return matching(words.get(2));
        }
        if (!MANAGERS.contains(program) || isElsewhere(words)) {
            return List.of();
        }
        List<String> plain =
                words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        if (plain.isEmpty()) {
            return List.of();
        }
        boolean isRun = RUN.contains(plain.get(0));
        String name = isRun && plain.size() > 1 ? plain.get(1) : plain.get(0);
        boolean isName = isRun || (!program.equals("npm") && !(OWN.contains(name) && !program.equals("yarn")));
        boolean isShort = program.equals("npm")
                && Set.of("test", "start", "stop", "restart").contains(name);
        return (isName || isShort) && scripts.containsKey(name) ? List.of(name) : List.of();
    }

    /** Whether a package manager is told to run in other folders than this one. */
    static boolean isElsewhere(List<String> words) {
        return words.stream()
                .anyMatch(word -> word.startsWith("--filter")
                        || word.startsWith("--workspace")
                        || word.startsWith("--cwd")
                        || word.startsWith("--prefix")
                        || Set.of("-F", "-w", "-ws", "-C", "-r", "--recursive", "workspace", "workspaces")
                                .contains(word));
    }

    private List<String> matching(String pattern) {
        if (scripts.containsKey(pattern)) {
            return List.of(pattern);
        }
        int star = pattern.indexOf('*');
        return star < 0
                ? List.of()
                : scripts.keySet().stream()
                        .filter(name -> name.startsWith(pattern.substring(0, star)))
                        .sorted()
                        .toList();
    }
}

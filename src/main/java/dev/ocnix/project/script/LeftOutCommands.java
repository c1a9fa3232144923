package dev.ocnix.project.script;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Commands of lifecycle scripts that a build of Nix leaves out by name, because they set up a checkout or a machine rather
 * than the project, or because the tree has done their work.
 */
public final class LeftOutCommands {
    private final SortedMap<String, String> reasons;

    private LeftOutCommands(SortedMap<String, String> reasons) {
        this.reasons = Collections.unmodifiableSortedMap(reasons);
    }

    /**
     * The commands of a table.
     *
     * @param table a JSON object of beginnings of commands and of what each is for
     */
    public static LeftOutCommands of(String table) {
        SortedMap<String, String> reasons = new TreeMap<>();
        JsonParser.parseString(table)
                .getAsJsonObject()
                .entrySet()
                .forEach(entry -> reasons.put(entry.getKey(), entry.getValue().getAsString()));
        return new LeftOutCommands(reasons);
    }

    /** Why a command is left out; empty of one that is run. */
    public Optional<String> reason(ShellCommand command) {
        return reasons.entrySet().stream()
                .filter(entry -> command.startsWith(List.of(entry.getKey().split(" "))))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Why nothing is left of these commands, in words; empty if something is. */
    public Optional<String> reason(List<ShellCommand> commands) {
        List<String> found = new ArrayList<>();
        for (ShellCommand command : commands) {
            Optional<String> reason = reason(command);
            if (reason.isPresent()) {
                found.add(command.program() + ": " + reason.get());
            } else if (!isNothing(command)) {
                return Optional.empty();
            }
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", found.stream().distinct().toList()));
    }

    /** Whether a command says something, or decides whether others run, and does nothing itself. */
    private static boolean isNothing(ShellCommand command) {
        return List.of("true", ":", "echo", "exit", "is-ci", "test", "[", "[[", "fi", "done", "cd", "which")
                .contains(command.program());
    }
}

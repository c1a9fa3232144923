package dev.ocnix.project.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a package runs before it is published, as far as it builds and does not check. */
public final class PublishScripts {
    private static final List<String> EVENTS = List.of("prepack", "prepublishOnly", "prepare");
    private static final Pattern CHECK = Pattern.compile(
            "(?i)test|lint|check|format|prettier|audit|valid|coverage|release|version|changelog|docs?\\b");

    private PublishScripts() {}

    /** Names of the scripts that build, in their order; none where no script says how. */
    public static List<String> building(Map<String, String> scripts, LeftOutCommands leftOut) {
        ScriptCalls calls = new ScriptCalls(scripts);
        return EVENTS.stream()
                .flatMap(event ->
                        Optional.ofNullable(scripts.get(event))
                                .map(script -> building(event, script, calls, leftOut))
                                .stream())
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> building(String event, String script, ScriptCalls calls, LeftOutCommands leftOut) {
        List<String> called = new ArrayList<>();
        boolean isMixed = false;
        for (ShellCommand command : ShellCommand.in(script)) {
            List<String> names = calls.called(command);
            called.addAll(
                    names.stream().filter(name -> !CHECK.matcher(name).find()).toList());
            isMixed |= names.isEmpty()
                    && leftOut.reason(command).isEmpty()
                    && !CHECK.matcher(command.program()).find();
        }
        return isMixed ? List.of(event) : called.stream().distinct().toList();
    }
}

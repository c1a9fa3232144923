package dev.ocnix.addon;

import dev.ocnix.model.AddonKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a package's install scripts do for its native part, in the order in which they would do it; nothing is run. */
final class ScriptFindings {
    private static final int MAX_FILES = 40;

    /**
     * One thing that a script does.
     *
     * @param source the script or file that shows it
     */
    record Finding(AddonKind kind, String source, String detail) {}

    private final InstallScripts scripts;
    private final Traces traces;
    private final List<Finding> findings = new ArrayList<>();
    private final SortedSet<String> skipVariables = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();

    ScriptFindings(InstallScripts scripts, Traces traces) {
        this.scripts = scripts;
        this.traces = traces;
        for (String name : scripts.names()) {
            readCommand(
                    name,
                    scripts.expanded(name),
                    InstallScripts.source(name),
                    scripts.all().getOrDefault(name, ""));
        }
    }

    List<Finding> all() {
        return findings;
    }

    Optional<Finding> first(AddonKind kind) {
        return findings.stream().filter(finding -> finding.kind == kind).findFirst();
    }

    SortedSet<String> skipVariables() {
        return skipVariables;
    }

    private void readCommand(String name, String command, String source, String detail) {
        SortedMap<Integer, Object> calls = new TreeMap<>(Helper.inCommand(command));
        InstallScripts.localFiles(command).forEach(calls::putIfAbsent);
        for (Object call : calls.values()) {
            if (call instanceof Helper helper) {
                add(helper, source, detail);
            } else if (call instanceof String file) {
                readFile(name, file);
            }
        }
    }

    /** Downloads count before compiles: a script that does both falls back to the compile. */
    private void readFile(String name, String start) {
        Deque<String> open = new ArrayDeque<>(List.of(start));
        List<Map.Entry<String, LocalScript>> read = new ArrayList<>();
        while (!open.isEmpty() && read.size() < MAX_FILES) {
            traces.script(open.pop()).filter(found -> seen.add(found.getKey())).ifPresent(found -> {
                read.add(found);
                String folder = found.getKey().substring(0, found.getKey().lastIndexOf('/') + 1);
                found.getValue().requires().forEach(path -> open.add(folder + path));
            });
        }
        read.stream()
                .filter(found -> found.getValue().downloads())
                .findFirst()
                .ifPresent(found -> addDownload(name, found));
        for (Map.Entry<String, LocalScript> found : read) {
            String detail = "run by " + name;
            found.getValue().helpers().forEach(helper -> addInCode(helper, found.getKey(), detail));
            found.getValue().runs().stream()
                    .flatMap(script -> scripts.named(script).stream())
                    .forEach(script ->
                            readCommand(name, scripts.expand(script), found.getKey(), detail + ": " + script));
        }
    }

    private void addDownload(String name, Map.Entry<String, LocalScript> found) {
        SortedSet<String> skip = found.getValue().skipVariables();
        skipVariables.addAll(skip);
        String variable = skip.stream()
                .filter(text -> text.contains("DOWNLOAD"))
                .findFirst()
                .or(() -> skip.stream().findFirst())
                .map(text -> "; " + text + " skips it")
                .orElse("");
        findings.add(new Finding(
                AddonKind.DOWNLOAD_POSTINSTALL, found.getKey(), "run by " + name + ", fetches something" + variable));
    }

    /** Code may speak of a compiler without calling it; there must be something to compile, too. */
    private void addInCode(Helper helper, String source, String detail) {
        boolean isCompile = helper.kind() == AddonKind.GYP_SCRIPT;
        if (!isCompile || traces.gypPath().isPresent()) {
            add(helper, source, detail + ", calls " + helper.program());
        }
    }

    private void add(Helper helper, String source, String detail) {
        boolean isMet = switch (helper.needs()) {
            case NOTHING -> true;
            case GYP_ALONE -> traces.gypPath().isPresent() && !traces.hasPrebuilds();
            case CMAKE -> traces.cmake().isPresent();
            case CARGO -> !traces.cargo().isEmpty();
        };
        if (isMet) {
            findings.add(new Finding(helper.kind(), source, detail));
        }
    }
}

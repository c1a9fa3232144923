package dev.ocnix.report.inspect;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.BuildAdvice;
import dev.ocnix.addon.Outcome;
import dev.ocnix.addon.Substitute;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What is known of native parts, for people: evidence, what happens on each system, what a build is told. */
public final class AddonPrint {
    private static final String GAP = "  ";

    private final Appendable out;

    private AddonPrint(Appendable out) {
        this.out = out;
    }

    /** A package that was looked into; without a hint it has neither native parts nor install scripts. */
    public record Subject(PackageId id, Optional<AddonHint> hint) {}

    /** Prints one package after the other, with an empty line between. */
    public static void print(List<Subject> subjects, Appendable out) throws IOException {
        AddonPrint print = new AddonPrint(out);
        for (int i = 0; i < subjects.size(); i++) {
            if (i > 0) {
                out.append('\n');
            }
            print.subject(subjects.get(i));
        }
    }

    private void subject(Subject subject) throws IOException {
        out.append(Visible.of(subject.id().toString())).append('\n');
        if (subject.hint().isEmpty()) {
            line("neither native parts nor install scripts: its files are taken as they are");
            return;
        }
        AddonHint hint = subject.hint().get();
        for (AddonKind kind : hint.kinds()) {
            line(kind.term() + ": " + KindWords.of(kind));
        }
        rows("evidence", evidence(hint));
        rows("on each system", systems(hint));
        rows("a build is told", advice(hint));
        rows("native files", files(hint));
        rows("scripts, which no build runs", pairs(hint.scripts()));
    }

    private static List<List<String>> evidence(AddonHint hint) {
        return hint.evidence().stream()
                .map(one -> List.of(one.source(), one.kind().term(), one.detail()))
                .toList();
    }

    private static List<List<String>> systems(AddonHint hint) {
        List<List<String>> rows = new ArrayList<>();
        hint.systems()
                .forEach((system, outcome) -> rows.add(
                        List.of(system, outcome.term(), KindWords.of(outcome) + choice(hint, system, outcome))));
        return rows;
    }

    /** What {@code preferSource} would change. */
    private static String choice(AddonHint hint, String system, Outcome outcome) {
        if (outcome == Outcome.COMPILE) {
            boolean hasFile = hint.binaries().stream().anyMatch(file -> isFor(file, system));
            return hasFile ? "; preferSource = false takes its prebuilt file" : "";
        }
        boolean hasSources = !hint.nativeBuildInputs().isEmpty();
        return hasSources && outcome != Outcome.NONE ? "; preferSource = true compiles it" : "";
    }

    /** Whether a file is for one of Nix's systems, such as {@code aarch64-linux}. */
    private static boolean isFor(BinaryFile file, String system) {
        String cpu = system.startsWith("aarch64-") ? "arm64" : "x64";
        return system.endsWith("-" + file.os())
                && file.cpus().contains(cpu)
                && !file.libc().filter("musl"::equals).isPresent();
    }

    private static List<List<String>> advice(AddonHint hint) {
        List<List<String>> rows = new ArrayList<>();
        BuildAdvice more = hint.advice();
        add(rows, "tools", hint.nativeBuildInputs());
        add(rows, "libraries", hint.buildInputs());
        more.darwinBuildInputs().ifPresent(inputs -> rows.add(List.of("on macOS", none(inputs))));
        add(rows, "headers of", hint.siblings());
        add(rows, "variables", assignments(hint.environment()));
        more.buildSteps().forEach(step -> rows.add(List.of("step", step)));
        more.installSteps().forEach(step -> rows.add(List.of("then", step)));
        add(rows, "left out", more.drop());
        add(rows, "check", more.check().isEmpty() ? List.of() : List.of(more.check()));
        more.instead().ifPresent(instead -> rows.add(List.of("instead", instead(instead))));
        add(rows, "no download", assignments(more.skipDownload()));
        add(rows, "found by", more.pathVariables());
        add(rows, "unknown", more.unknown());
        if (more.optional()) {
            rows.add(List.of("optional", "it works without its native part, so a compile may fail"));
        }
        if (more.essential()) {
            rows.add(List.of("essential", "it cannot work on a system that there is no native part for"));
        }
        return rows;
    }

    private static String none(List<String> inputs) {
        return inputs.isEmpty() ? "no libraries" : String.join(", ", inputs);
    }

    private static String instead(Substitute instead) {
        return "nixpkgs' " + instead.attribute()
                + (instead.sameVersion() ? " of the same version" : "")
                + instead.variable().map(name -> ", which " + name + " names").orElse("");
    }

    private static List<String> assignments(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private static void add(List<List<String>> rows, String title, List<String> values) {
        if (!values.isEmpty()) {
            rows.add(List.of(title, String.join(", ", values)));
        }
    }

    private static List<List<String>> pairs(SortedMap<String, String> pairs) {
        List<List<String>> rows = new ArrayList<>();
        pairs.forEach((name, text) -> rows.add(List.of(name, text)));
        return rows;
    }

    private static List<List<String>> files(AddonHint hint) {
        return hint.binaries().stream()
                .map(file -> List.of(file.path(), platform(file), needs(file)))
                .toList();
    }

    private static String platform(BinaryFile file) {
        String cpus = String.join("+", file.cpus());
        return file.os() + " " + (cpus.isEmpty() ? "?" : cpus)
                + file.libc().map(libc -> " " + libc).orElse("");
    }

    private static String needs(BinaryFile file) {
        String versions = file.glibc().map(version -> ", glibc " + version).orElse("")
                + file.glibcxx().map(version -> ", GLIBCXX " + version).orElse("");
        return file.needed().isEmpty() ? "" : "needs " + String.join(" ", file.needed()) + versions;
    }

    private void rows(String title, List<List<String>> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        out.append('\n');
        line(title);
        int columns = rows.get(0).size() - 1;
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Visible.of(row.get(i)).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder(GAP);
            for (int i = 0; i < columns; i++) {
                String cell = Visible.of(row.get(i));
                text.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
            }
            line(text.append(Visible.of(row.get(columns))).toString());
        }
    }

    private void line(String text) throws IOException {
        out.append(GAP).append(text.stripTrailing()).append('\n');
    }
}

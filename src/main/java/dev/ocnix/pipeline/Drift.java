package dev.ocnix.pipeline;

import dev.ocnix.nix.FileDrift;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.DifferenceText;
import dev.ocnix.report.TreeDifference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * How a tree on disk differs from what its pin gives.
 *
 * @param findings sentences about the pin and the tree as a whole, such as a tag that moved
 * @param files sorted
 * @param packages how the packages differ, as far as the tree on disk tells
 * @param total how many files the tree has
 */
public record Drift(List<String> findings, List<FileDrift> files, Optional<TreeDifference> packages, int total) {
    public Drift {
        findings = List.copyOf(findings);
        files = List.copyOf(files);
    }

    /** Whether the tree is what its pin gives. */
    public boolean isEmpty() {
        return findings.isEmpty() && files.isEmpty();
    }

    /** Whether generating the tree anew needs {@code ocnix.force}. */
    public boolean needsForce() {
        return files.stream()
                .map(FileDrift::kind)
                .anyMatch(kind -> kind == FileDrift.Kind.CONFLICTED
                        || kind == FileDrift.Kind.EDITED
                        || kind == FileDrift.Kind.FOREIGN);
    }

    /** One line for each difference: findings, alarms, packages, files. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(findings);
        packages.ifPresent(difference -> lines.addAll(DifferenceText.lines(difference)));
        files.forEach(file -> lines.add(line(file)));
        return lines;
    }

    private static String line(FileDrift file) {
        return file.path()
                + switch (file.kind()) {
                    case CONFLICTED -> " holds a merge conflict";
                    case EDITED -> " was edited by hand";
                    case FOREIGN -> " is not a file of ocnix and stands where one belongs";
                    case MISSING -> " is missing";
                    case STALE -> " is no part of the tree any more";
                    case OUTDATED -> " has another content";
                };
    }

    /** How much differs, such as {@code 1 alarm, 1 upgraded; of 40 files 1 edited, 3 outdated}. */
    public String counts() {
        Map<FileDrift.Kind, Integer> kinds = new EnumMap<>(FileDrift.Kind.class);
        files.forEach(file -> kinds.merge(file.kind(), 1, Integer::sum));
        StringJoiner counts = new StringJoiner(", ");
        kinds.forEach((kind, count) -> counts.add(count + " " + kind.term()));
        String ofPackages = packages.map(DifferenceText::counts).orElse("");
        String ofFiles = files.isEmpty() ? "" : "of " + total + " files " + counts;
        return ofPackages + (ofPackages.isEmpty() || ofFiles.isEmpty() ? "" : "; ") + ofFiles;
    }

    /** What generating the tree would change. */
    TreeWriter.Changes changes() {
        return new TreeWriter.Changes(paths(kind -> !isDeleted(kind)), paths(Drift::isDeleted));
    }

    private static boolean isDeleted(FileDrift.Kind kind) {
        return kind == FileDrift.Kind.STALE;
    }

    private List<String> paths(Predicate<FileDrift.Kind> which) {
        return files.stream()
                .filter(file -> which.test(file.kind()))
                .map(FileDrift::path)
                .sorted()
                .toList();
    }
}

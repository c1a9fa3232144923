package dev.ocnix.report.inspect;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What stands above the table: the file, counts, and the names of what is patched, trusted or a workspace. */
final class TableHead {
    private static final int LABEL = 12;
    private static final int WIDTH = 80;

    private final Lockfile lockfile;
    private final Collection<LockedPackage> packages;
    private final NativeSigns signs;

    TableHead(Lockfile lockfile, Collection<LockedPackage> packages, NativeSigns signs) {
        this.lockfile = lockfile;
        this.packages = packages;
        this.signs = signs;
    }

    void print(Appendable out) throws IOException {
        lines(out, "lockfile", file());
        lines(
                out,
                "packages",
                counts(packages.stream().map(entry -> entry.resolution().kind()), Function.identity()));
        lines(
                out,
                "hashes",
                counts(packages.stream().map(HashText::of).filter(hash -> !hash.isEmpty()), HashText::said));
        lines(out, "native", natives());
        lines(out, "patched", counted(lockfile.patchedDependencies().keySet()));
        lines(
                out,
                "trusted",
                lockfile.trustedDependencies().map(TableHead::counted).orElse(List.of("not set")));
        lines(out, "overrides", List.of(Integer.toString(lockfile.overrides().size())));
        List<String> members = lockfile.workspaces().stream()
                .filter(workspace -> !workspace.isRoot())
                .map(TableHead::member)
                .toList();
        lines(out, "workspaces", counted(members));
    }

    private List<String> file() {
        List<String> facts = new ArrayList<>();
        facts.add(lockfile.kind().fileName());
        facts.add((lockfile.kind() == LockfileKind.TEXT ? "lockfileVersion " : "format ") + lockfile.version());
        lockfile.configVersion().ifPresent(number -> facts.add("configVersion " + number));
        return facts;
    }

    /** The total, then how many there are of each term, the most frequent first. */
    private static List<String> counts(Stream<String> terms, Function<String, String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        terms.forEach(term -> counts.merge(term, 1, Integer::sum));
        List<String> texts = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(count -> texts.add(count.getValue() + " " + words.apply(count.getKey())));
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        return total == 0 ? List.of("0") : after(total, texts);
    }

    private List<String> natives() {
        long parents =
                packages.stream().filter(entry -> signs.children(entry) > 0).count();
        long scripts = packages.stream().filter(NativeSigns::hasScript).count();
        boolean isUnsaid = packages.stream()
                .anyMatch(entry ->
                        entry.resolution().isFetched() && entry.installScript().isEmpty());
        List<String> texts = new ArrayList<>();
        texts.add(parents + " with children (packages of single platforms)");
        if (isUnsaid) {
            texts.add(scripts == 0 ? "install scripts are not recorded" : scripts + " or more with install scripts");
        } else {
            texts.add(scripts + " with install scripts");
        }
        return texts;
    }

    private static String member(Workspace workspace) {
        return workspace.path() + " (" + workspace.name().orElse("")
                + workspace.version().map(version -> " " + version).orElse("") + ")";
    }

    private static List<String> counted(Collection<String> names) {
        return names.isEmpty() ? List.of("0") : after(names.size(), List.copyOf(names));
    }

    private static List<String> after(int total, List<String> texts) {
        List<String> all = new ArrayList<>(texts);
        all.set(0, total + ": " + all.get(0));
        return all;
    }

    /** Items behind a label, broken between two of them where a line gets too long. */
    private static void lines(Appendable out, String label, List<String> items) throws IOException {
        StringBuilder line = new StringBuilder(label).append(" ".repeat(LABEL - label.length()));
        for (int i = 0; i < items.size(); i++) {
            String item = Visible.of(items.get(i)) + (i + 1 < items.size() ? "," : "");
            if (line.length() > LABEL && line.length() + 1 + item.length() > WIDTH) {
                out.append(line).append('\n');
                line.setLength(0);
                line.append(" ".repeat(LABEL)).append(item);
            } else {
                line.append(line.length() > LABEL ? " " : "").append(item);
            }
        }
        out.append(line).append('\n');
    }
}

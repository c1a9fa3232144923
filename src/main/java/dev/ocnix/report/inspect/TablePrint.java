package dev.ocnix.report.inspect;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A lockfile for people: counts, then a line for each package. */
public final class TablePrint {
    private static final List<String> TITLES = List.of("name", "resolution", "kind", "hash", "platforms", "notes");

    /** What is longer pushes the rest of its line to the right, or is cut in its middle. */
    private static final List<Integer> WIDEST = List.of(36, 14, 9, 7, 24, Integer.MAX_VALUE);

    private static final int LONGEST_RESOLUTION = 44;
    private static final String GAP = "  ";

    private TablePrint() {}

    /** Prints the lockfile; lines have no blanks at the end. */
    public static void print(Lockfile lockfile, Appendable out) throws IOException {
        Catalogue catalogue = new Catalogue(lockfile);
        NativeSigns signs = new NativeSigns(lockfile);
        new TableHead(lockfile, catalogue.packages(), signs).print(out);
        SortedSet<String> trusted = lockfile.trustedDependencies().orElse(new TreeSet<>());
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        for (LockedPackage entry : catalogue.packages()) {
            List<String> notes = signs.of(entry);
            if (lockfile.patchedDependencies().containsKey(entry.id().toString())) {
                notes.add("patched");
            }
            if (trusted.contains(entry.id().name())) {
                notes.add("trusted");
            }
            rows.add(List.of(
                    Visible.of(entry.id().name()),
                    cut(Visible.of(entry.id().resolution())),
                    entry.resolution().kind(),
                    HashText.of(entry),
                    PlatformText.of(entry),
                    String.join(", ", notes)));
        }
        out.append('\n');
        rows(rows, out);
    }

    private static String cut(String resolution) {
        if (resolution.length() <= LONGEST_RESOLUTION) {
            return resolution;
        }
        int half = LONGEST_RESOLUTION / 2;
        return resolution.substring(0, half) + "…" + resolution.substring(resolution.length() - half + 1);
    }

    private static void rows(List<List<String>> rows, Appendable out) throws IOException {
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(row.get(i).length(), WIDEST.get(i)));
            }
        }
        StringBuilder line = new StringBuilder();
        for (List<String> row : rows) {
            line.setLength(0);
            int column = 0;
            for (int i = 0; i < widths.length; i++) {
                line.append(" ".repeat(Math.max(0, column - line.length())));
                line.append(line.isEmpty() || row.get(i).isEmpty() || endsInGap(line) ? "" : GAP)
                        .append(row.get(i));
                column += widths[i] + GAP.length();
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static boolean endsInGap(StringBuilder line) {
        return line.lastIndexOf(GAP) == line.length() - GAP.length();
    }
}

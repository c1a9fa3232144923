package dev.ocnix.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which names a user may have meant who wrote another one. */
public final class NearNames {
    private static final int COMPARED = 60;

    private NearNames() {}

    /** The nearest {@code most} names, best first. */
    public static List<String> of(Collection<String> names, String wanted, int most) {
        return names.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(name, wanted))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** The one name that a user may have mistyped: two characters or a third of it differ at most; none if no name is that near. */
    public static Optional<String> like(Collection<String> names, String wanted) {
        return of(names, wanted, 1).stream()
                .filter(name ->
                        distance(name, wanted) <= Math.min(wanted.length() - 1, Math.max(2, wanted.length() / 3)))
                .findFirst();
    }

    /** Levenshtein's distance of the texts' beginnings. */
    private static int distance(String a, String b) {
        String from = a.substring(0, Math.min(a.length(), COMPARED));
        String to = b.substring(0, Math.min(b.length(), COMPARED));
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

package dev.ocnix.fetch.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The names that a repository has for commits, annotated tags already followed to what they mark. */
final class RefTable {
    private static final String TAGS = "refs/tags/";
    private static final List<String> BRANCHES = List.of("refs/heads/", "refs/remotes/origin/", "refs/", "");
    private static final int NEAREST = 3;
    private static final int COMPARED = 60;

    private final SortedMap<String, String> commits = new TreeMap<>();

    RefTable(Collection<Ref> refs) {
        for (Ref ref : refs) {
            ObjectId peeled = ref.getPeeledObjectId();
            ObjectId id = peeled == null ? ref.getObjectId() : peeled;
            if (id != null) {
                commits.put(ref.getName(), id.name());
            }
        }
    }

    boolean isEmpty() {
        return commits.isEmpty();
    }

    Optional<String> tag(String name) {
        return Optional.ofNullable(commits.get(TAGS + name));
    }

    /** Every tag's name and commit. */
    SortedMap<String, String> tags() {
        SortedMap<String, String> tags = new TreeMap<>();
        commits.forEach((name, commit) -> {
            if (name.startsWith(TAGS)) {
                tags.put(name.substring(TAGS.length()), commit);
            }
        });
        return tags;
    }

    /** The commit of a branch, or of anything else but a tag that moves. */
    Optional<String> branch(String name) {
        return BRANCHES.stream()
                .map(prefix -> Optional.ofNullable(commits.get(prefix + name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The commits with a name whose ids begin so. */
    SortedSet<String> commitsFrom(String shortId) {
        SortedSet<String> found = new TreeSet<>();
        for (String commit : commits.values()) {
            if (commit.startsWith(shortId)) {
                found.add(commit);
            }
        }
        return found;
    }

    /** The three tags whose names are nearest to a text, best first. */
    List<String> nearestTags(String wanted) {
        List<String> tags = new ArrayList<>();
        for (String name : commits.keySet()) {
            if (name.startsWith(TAGS)) {
                tags.add(name.substring(TAGS.length()));
            }
        }
        tags.sort(
                Comparator.<String>comparingInt(tag -> distance(tag, wanted)).thenComparing(Comparator.naturalOrder()));
        return tags.subList(0, Math.min(NEAREST, tags.size()));
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

package dev.ocnix.report.inspect;

import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Placement;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folders of node_modules as {@code bun pm ls --all} draws them: each folder's packages by their installed names,
 * sorted, below each one what stands in its own folder. What is installed on a disk does not matter.
 */
public final class TreePrint {
    private static final String FOLDER = "file:";

    private TreePrint() {}

    /** Prints one line for each place, after one for the project. */
    public static void print(Lockfile lockfile, Appendable out) throws IOException {
        out.append(". node_modules\n");
        Folder top = tree(lockfile);
        StringBuilder indent = new StringBuilder();
        Deque<Iterator<Map.Entry<String, Folder>>> open = new ArrayDeque<>();
        open.push(top.children.entrySet().iterator());
        while (!open.isEmpty()) {
            Iterator<Map.Entry<String, Folder>> folder = open.peek();
            if (!folder.hasNext()) {
                open.pop();
                indent.setLength(Math.max(0, indent.length() - 4));
                continue;
            }
            Map.Entry<String, Folder> child = folder.next();
            String resolution =
                    child.getValue().target.map(id -> resolution(lockfile, id)).orElse("");
            out.append(indent)
                    .append(folder.hasNext() ? "├── " : "└── ")
                    .append(Visible.of(child.getKey() + resolution))
                    .append('\n');
            if (!child.getValue().children.isEmpty()) {
                indent.append(folder.hasNext() ? "│   " : "    ");
                open.push(child.getValue().children.entrySet().iterator());
            }
        }
    }

    private static Folder tree(Lockfile lockfile) {
        Folder top = new Folder();
        for (Placement placement : lockfile.placements().values()) {
            Folder folder = top;
            for (String name : placement.key().names()) {
                folder = folder.children.computeIfAbsent(name, absent -> new Folder());
            }
            folder.target = Optional.of(placement.id());
        }
        return top;
    }

    /** As Bun prints it here: a folder without its protocol, unlike in bun.lock. */
    private static String resolution(Lockfile lockfile, PackageId id) {
        LockedPackage target = lockfile.packages().get(id);
        boolean isFolder = target != null && target.resolution() instanceof Resolution.Folder;
        return "@"
                + (isFolder && id.resolution().startsWith(FOLDER)
                        ? id.resolution().substring(FOLDER.length())
                        : id.resolution());
    }

    private static final class Folder {
        private final SortedMap<String, Folder> children = new TreeMap<>();
        private Optional<PackageId> target = Optional.empty();
    }
}

package dev.ocnix.layout.isolated;

import dev.ocnix.layout.isolated.IsolatedLayout.Link;
import dev.ocnix.layout.isolated.IsolatedLayout.Platform;
import dev.ocnix.layout.isolated.IsolatedLayout.Variant;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.nix.PlatformLimits;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The links of an isolated tree, without those of commands and of the folder where all packages are found.
 *
 * @param links with the entry or the member that each is in, and what it leads to
 */
record LinkedTree(SortedSet<String> links) {
    private static final Platform HERE = new Platform("linux", "x64", Optional.of("glibc"));

    /** The one that a lockfile gives by a release's rules on x64 Linux. */
    static LinkedTree of(Path file, BunRules rules, boolean dev) throws IOException, OcnixException {
        Lockfile lockfile = LockfileReader.read("bun.lock", Files.readAllBytes(file));
        Map<PackageId, PlatformLimits> limits = new HashMap<>();
        lockfile.packages()
                .values()
                .forEach(locked -> limits.put(locked.id(), PlatformLimits.of(locked, Optional.empty())));
        IsolatedLayout.Limits admit =
                (id, platform) -> limits.get(id).admit(platform.os(), platform.cpu(), platform.libc());
        IsolatedLayout layout = IsolatedLayout.of(lockfile, admit);
        Variant variant = layout.variants().stream()
                .filter(candidate -> candidate.rules() == rules && candidate.dev() == dev && candidate.optional())
                .filter(candidate -> layout.deciding().stream()
                        .allMatch(id ->
                                admit.admit(id, HERE) == candidate.admitted().contains(id)))
                .findFirst()
                .orElseThrow();
        SortedSet<String> lines = new TreeSet<>();
        Deque<String> queue = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        variant.members().forEach((path, links) -> follow(variant, admit, "/" + path, links, lines, queue, seen));
        while (!queue.isEmpty()) {
            String name = queue.remove();
            follow(variant, admit, name, variant.entries().get(name).links(), lines, queue, seen);
        }
        return new LinkedTree(lines);
    }

    private static void follow(
            Variant variant,
            IsolatedLayout.Limits limits,
            String from,
            List<Link> links,
            Set<String> lines,
            Deque<String> queue,
            Set<String> seen) {
        for (Link link : links) {
            if (link.isMember()) {
                lines.add(from + " | " + link.alias() + " -> /" + link.target());
            } else if (limits.admit(variant.entries().get(link.target()).id(), HERE)) {
                lines.add(from + " | " + link.alias() + " -> " + link.target());
                if (seen.add(link.target())) {
                    queue.add(link.target());
                }
            }
        }
    }

    /** Whether Bun writes a lockfile: some projects it refuses, and over some it never ends. */
    static boolean lock(Bun bun, LoopbackRegistry registry, Path project) {
        try {
            return bun.from(registry.url(), project, "install", "--lockfile-only", "--ignore-scripts")
                            .within(Duration.ofSeconds(10))
                            .run()
                            .exit()
                    == 0;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** What Bun installs anew from a project's lockfile; nothing where it fails. */
    static Optional<LinkedTree> installed(Bun bun, LoopbackServer registry, Path project, boolean dev)
            throws IOException {
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (path.toString().contains("/node_modules")) {
                    Files.delete(path);
                }
            }
        }
        int exit = bun.from(registry.url(), project, "install", "--frozen-lockfile", "--ignore-scripts", "--linker")
                .and("isolated", dev ? "--no-progress" : "--production")
                .run()
                .exit();
        return exit == 0 ? Optional.of(installedIn(project)) : Optional.empty();
    }

    static LinkedTree installedIn(Path project) throws IOException {
        SortedSet<String> lines = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(project)) {
            for (Path path : paths.filter(Files::isSymbolicLink).toList()) {
                String place = project.relativize(path).toString();
                if (place.contains("/.bin/")
                        || place.contains("/.bun/node_modules/")
                        || place.startsWith(".bun/node_modules/")) {
                    continue;
                }
                int at = place.lastIndexOf("node_modules/");
                String owner = place.substring(0, at).replaceAll("/$", "");
                String inside = owner.replaceFirst("^node_modules/\\.bun/", "");
                String target = project.relativize(path.resolveSibling(Files.readSymbolicLink(path))
                                .normalize())
                        .toString();
                String entry = target.replaceFirst("^node_modules/\\.bun/", "").replaceFirst("/node_modules/.*", "");
                lines.add((inside.equals(owner) ? "/" + owner : inside) + " | "
                        + place.substring(at + "node_modules/".length()) + " -> "
                        + (target.startsWith("node_modules/.bun/") ? entry : "/" + target));
            }
        }
        return new LinkedTree(lines);
    }

    /** Lines that tell what only one of the two has; none if they are equal. */
    String differences(LinkedTree bun) {
        StringBuilder differences = new StringBuilder();
        links.stream()
                .filter(line -> !bun.links().contains(line))
                .forEach(line -> differences.append("  ours " + line + "\n"));
        bun.links().stream()
                .filter(line -> !links.contains(line))
                .forEach(line -> differences.append("  Bun  " + line + "\n"));
        return differences.toString();
    }
}

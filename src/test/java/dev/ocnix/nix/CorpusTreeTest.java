package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.layout.Layout;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.NeedsCorpus;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsCorpus
class CorpusTreeTest {
    private static final Registries NPM = Registries.npm();

    @TempDir
    Path folder;

    @Test
    @NeedsNix
    void openChamberEvaluatesOnEachSystem() throws Exception {
        Lockfile lockfile = read(Corpus.entry("text/openchamber__v1.9.9").lockfile());
        TreeInput input = input(lockfile);
        new TreeWriter(folder, false, folder.resolveSibling("cache")).write(NixTree.of(input));
        Nix nix = Nix.get();
        JsonObject dependencies = nix.eval("import " + folder + "/dependencies.nix { fetchurl = a: a; fetchgit = a: a; "
                        + "fetchFromGitHub = a: a; fromSource = a: a; }")
                .getAsJsonObject();
        Set<PackageId> fetched = new TreeSet<>();
        lockfile.placements().values().stream()
                .filter(placement -> !placement.bundled() && input.sources().containsKey(placement.id()))
                .forEach(placement -> fetched.add(placement.id()));
        assertEquals(fetched.size(), dependencies.size());
        for (String system : List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin")) {
            String app = "import " + folder + "/default.nix { pkgs = import " + NixTreeTest.standIn() + " { system = \""
                    + system + "\"; }; }";
            JsonArray seen = nix.eval("let p = " + app + "; in [ p.drvPath (map (s: builtins.length s.keys) "
                            + "[ p.productionModules p.nodeModules p.allModules ]) ]")
                    .getAsJsonArray();
            JsonArray counts = seen.get(1).getAsJsonArray();
            assertTrue(counts.get(0).getAsInt() < counts.get(1).getAsInt(), seen::toString);
            assertTrue(counts.get(1).getAsInt() <= counts.get(2).getAsInt(), seen::toString);
            assertTrue(counts.get(2).getAsInt() < lockfile.placements().size(), seen::toString);
        }
    }

    /** Packages that only an optional peer points at are there, as in Bun, and no other one is lost. */
    @Test
    @NeedsNix
    void everyPackageThatFitsIsInstalled() throws Exception {
        SortedMap<String, List<String>> wanted = new TreeMap<>();
        wanted.put("cap-go__capacitor-updater__example-app__9dacbf2f", List.of("supports-color", "has-flag"));
        wanted.put("dakribe__kend__e0aad443", List.of("yaml", "@types/ms"));
        wanted.put("honojs__hono__4cb3f0ac", List.of());
        wanted.put("okxiaoliang4__bun-turbo-template__2fecc7ee", List.of("tsx"));
        wanted.put("stacksjs__stacks__aec72ebf", List.of("@parcel/watcher"));
        wanted.put("supermemoryai__supermemory__c50078de", List.of());
        StringBuilder all = new StringBuilder();
        for (String entry : wanted.keySet()) {
            Path tree = folder.resolve(entry);
            new TreeWriter(tree, false, tree.resolveSibling("cache"))
                    .write(NixTree.of(input(read(Corpus.entry("text/" + entry).lockfile()))));
            all.append("(import ").append(tree).append("/default.nix { inherit pkgs; }).allModules.keys\n");
        }
        JsonArray keys = Nix.get()
                .eval("let pkgs = import " + NixTreeTest.standIn() + " { system = \"x86_64-linux\"; }; in [" + all
                        + "]")
                .getAsJsonArray();
        int index = 0;
        for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
            Lockfile lockfile = read(Corpus.entry("text/" + entry.getKey()).lockfile());
            Set<String> installed = new TreeSet<>();
            keys.get(index++).getAsJsonArray().forEach(key -> installed.add(key.getAsString()));
            assertTrue(installed.containsAll(entry.getValue()), entry::toString);
            Set<String> lost = new TreeSet<>();
            Layout.of(lockfile).nodes().forEach((key, node) -> {
                if (!node.bundled() && !isMember(lockfile, node)) {
                    lost.add(key.toString());
                }
            });
            lost.removeAll(installed);
            lost.removeAll(belowOtherPlatforms(lockfile));
            assertEquals(Set.of(), lost, entry.getKey());
        }
    }

    /** The consumer links it, whether anything asks for it or not. */
    private static boolean isMember(Lockfile lockfile, Layout.Node node) {
        return Optional.ofNullable(lockfile.packages().get(node.id()))
                .filter(locked -> locked.resolution() instanceof Resolution.Workspace)
                .isPresent();
    }

    /** The places of packages for other machines, and of all that these ask for. */
    private static Set<String> belowOtherPlatforms(Lockfile lockfile) throws OcnixException {
        Layout layout = Layout.of(lockfile);
        Set<String> below = new TreeSet<>();
        Deque<PlacementKey> queue = new ArrayDeque<>();
        layout.nodes().forEach((key, node) -> {
            LockedPackage locked =
                    Optional.ofNullable(lockfile.packages().get(node.id())).orElseThrow();
            if (isOther(locked.os(), "linux") || isOther(locked.cpu(), "x64") || isOther(locked.libc(), "glibc")) {
                queue.add(key);
            }
        });
        while (!queue.isEmpty()) {
            PlacementKey key = queue.remove();
            if (below.add(key.toString())) {
                queue.addAll(Optional.ofNullable(layout.nodes().get(key))
                        .orElseThrow()
                        .edges());
            }
        }
        return below;
    }

    private static boolean isOther(Constraint constraint, String name) {
        return constraint instanceof Constraint.Only only && !only.names().contains(name);
    }

    @Test
    void everyLockfileThatIsReadCanBeLaidOutAndPrinted() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Corpus.Entry> entries = new ArrayList<>(Corpus.text());
        entries.addAll(Corpus.binary());
        int written = 0;
        for (Corpus.Entry entry : entries) {
            Lockfile lockfile;
            try {
                lockfile = read(entry.lockfile());
            } catch (OcnixException e) {
                continue;
            }
            try {
                NixTree.of(input(lockfile));
                written++;
            } catch (OcnixException e) {
                problems.add(entry + ": " + e.getMessage());
            }
        }
        assertEquals(List.of(), problems);
        assertTrue(written > 100, "only " + written + " trees");
    }

    private static Lockfile read(Path file) throws IOException, OcnixException {
        return LockfileReader.read(file.getFileName().toString(), Files.readAllBytes(file));
    }

    private static TreeInput input(Lockfile lockfile) throws OcnixException {
        SortedMap<PackageId, DependencySource> sources = new TreeMap<>();
        SortedMap<PackageId, PlatformLimits> platforms = new TreeMap<>();
        for (Map.Entry<PackageId, LockedPackage> entry : lockfile.packages().entrySet()) {
            LockedPackage locked = entry.getValue();
            Optional<DependencySource> source = source(locked);
            if (source.isPresent()) {
                sources.put(entry.getKey(), source.get());
                platforms.put(entry.getKey(), PlatformLimits.of(locked, Optional.empty()));
            }
        }
        boolean web = lockfile.workspaces().stream()
                .anyMatch(workspace -> workspace.path().equals("packages/web"));
        Application application = new Application(
                "application",
                "1.0.0",
                Application.Meta.none(),
                web ? "packages/web" : "",
                Optional.empty(),
                new TreeMap<>(Map.of("start", "bin/start.js")),
                List.of(),
                List.of(),
                List.of(),
                List.of("true"),
                Collections.emptySortedMap(),
                List.of(),
                List.of(),
                PostAssembly.nothing(),
                Running.plain(),
                Building.plain());
        SampleTree sample = new SampleTree();
        return new TreeInput(
                sample.source,
                lockfile.kind().fileName(),
                "a".repeat(64),
                lockfile,
                Layout.of(lockfile),
                sources,
                platforms,
                List.of(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Set.of(),
                application,
                Optional.empty(),
                Collections.emptySortedMap(),
                List.of(),
                List.of(),
                FileContent.of("{}\n"));
    }

    private static Optional<DependencySource> source(LockedPackage locked) throws OcnixException {
        PackageId id = locked.id();
        Sri made = Sri.ofContent(HashAlgorithm.SHA512, id.toString().getBytes(StandardCharsets.UTF_8));
        Sri hash = locked.integrity().orElse(made);
        if (locked.resolution() instanceof Resolution.Npm npm) {
            String url = NPM.tarballUrl(id, npm);
            return Optional.of(new DependencySource.Tarball(TarballUrl.of(url, id, Optional.of(hash), Set.of()), hash));
        }
        if (locked.resolution() instanceof Resolution.RemoteTarball tarball) {
            return Optional.of(
                    new DependencySource.Tarball(TarballUrl.of(tarball.url(), id, Optional.of(hash), Set.of()), hash));
        }
        Sri narHash = SampleTree.sha256(id.toString());
        if (locked.resolution() instanceof Resolution.GitHub gitHub) {
            return Optional.of(new DependencySource.GitHub(
                    "https://github.com", gitHub.owner(), gitHub.repo(), SampleTree.COMMIT, narHash, false));
        }
        if (locked.resolution() instanceof Resolution.Git git) {
            // an ssh URL becomes another one before it gets here
            String url = git.url().startsWith("https:") ? git.url() : "https://git.example.org/x.git";
            return Optional.of(new DependencySource.Git(url, SampleTree.COMMIT, narHash));
        }
        boolean folder = locked.resolution() instanceof Resolution.Folder;
        return folder || locked.resolution() instanceof Resolution.LocalTarball
                ? Optional.of(new DependencySource.FromSource("vendor/x", Optional.of(narHash), folder))
                : Optional.empty();
    }
}

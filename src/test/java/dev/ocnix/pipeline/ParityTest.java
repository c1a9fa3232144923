package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.InstalledTree;
import dev.ocnix.testing.InstalledTree.Difference;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBuilds;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.NeedsGit;
import dev.ocnix.testing.NeedsNetwork;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builder makes of a project is what Bun installs for it, but for each {@link ParityRule}. */
@NeedsBuilds
@NeedsBun
@NeedsGit
@NeedsNetwork
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {
    private static final List<String> BUNS = List.of("1.3.14", "1.4.5");
    /** {@code hoisted} and {@code isolated}. */
    private static final List<String> LINKERS = List.of("hoisted", "isolated");

    private static final Set<String> WITH_OPTIONAL = Set.of("limited", "commands", "members");

    @TempDir
    static Path folder;

    private final LoopbackRegistry registry = LoopbackRegistry.start();
    private final LoopbackGitHub github = LoopbackGitHub.start();
    private final NixStore store = NixStore.open();
    private final Map<Case, List<Difference>> differences = new LinkedHashMap<>();
    private Path built = folder;

    /** What is installed, as Bun's argument and as the builder's. */
    private enum Scope {
        FULL("--ignore-scripts", "app.allModules"),
        PRODUCTION("--production", "app.modulesFor { dev = false; }"),
        NO_OPTIONAL("--omit=optional", "app.modulesFor { optional = false; }"),
        FILTERED("--filter=one", "app.modulesFor { workspaces = [ \"packages/one\" ]; }"),
        FILTERED_PRODUCTION(
                "--filter=one --production", "app.modulesFor { workspaces = [ \"packages/one\" ]; dev = false; }");

        private final String arguments;
        private final String modules;

        Scope(String arguments, String modules) {
            this.arguments = arguments;
            this.modules = modules;
        }

        static List<Scope> of(String project) {
            if (project.equals("optional-peers")) {
                return List.of(values());
            }
            return WITH_OPTIONAL.contains(project) ? List.of(FULL, PRODUCTION, NO_OPTIONAL) : List.of(FULL, PRODUCTION);
        }
    }

    /**
     * One installation of a project.
     *
     * @param locking the release of Bun that wrote the lockfile
     * @param bun the one that installs
     */
    private record Case(String project, String locking, String bun, String linker, Scope scope) {
        /** The same by the newer release alone, if this is by the older one. */
        Optional<Case> byTheNewer() {
            String newer = BUNS.get(BUNS.size() - 1);
            return bun.equals(newer) ? Optional.empty() : Optional.of(new Case(project, newer, newer, linker, scope));
        }

        @Override
        public String toString() {
            return String.join("-", project, locking, bun, linker, scope.name().toLowerCase(Locale.ROOT));
        }
    }

    @BeforeAll
    void installAll() throws Exception {
        StringBuilder script = new StringBuilder();
        List<Case> cases = new ArrayList<>();
        Map<String, Bun> buns = BUNS.stream().collect(Collectors.toMap(version -> version, Bun::version));
        for (Bun bun : buns.values()) {
            link(bun);
        }
        for (String locking : BUNS) {
            Path servers = Files.createDirectories(folder.resolve(locking));
            for (ParityProject project : new ParityProjects(registry, github, servers).all()) {
                World world = new World(folder.resolve(locking + "-" + project.name()), registry, github);
                project.write(world.source);
                if (project.former().isPresent()) {
                    String manifest = Files.readString(world.source.resolve("package.json"));
                    Files.writeString(
                            world.source.resolve("package.json"),
                            project.former().get());
                    lock(buns.get(locking), world.source);
                    Files.writeString(world.source.resolve("package.json"), manifest);
                }
                lock(buns.get(locking), world.source);
                for (Case one : cases(project.name(), locking)) {
                    generate(world, one.linker());
                    install(buns.get(one.bun()), world.source, one);
                    script.append(consume(world, one, "copy"));
                    if (isLinked(one)) {
                        script.append(consume(world, one, "link"));
                    }
                    cases.add(one);
                }
            }
        }
        built = store.build("let pkgs = import " + NixStore.standIn()
                        + " { }; in pkgs.runCommand \"parity\" { } ''\nmkdir \"$out\"\n" + script + "''")
                .get(0);
        for (Case one : cases) {
            InstalledTree expected = InstalledTree.of(expected(one));
            List<Difference> found =
                    new ArrayList<>(expected.differences(InstalledTree.of(built.resolve(one.toString()))));
            found.removeIf(difference -> isLeftToChance(one, difference));
            differences.put(one, found);
        }
    }

    /** In isolation, 1.3.14 lets entries with one name race for the link that packages find which do not declare it. */
    private static boolean isLeftToChance(Case one, Difference difference) {
        return one.linker().equals("isolated")
                && one.bun().equals("1.3.14")
                && difference.path().startsWith("node_modules/.bun/node_modules/")
                && difference.expected().isPresent()
                && difference.actual().isPresent();
    }

    private static List<Case> cases(String project, String locking) {
        List<Case> cases = new ArrayList<>();
        for (String linker : LINKERS) {
            for (String bun : BUNS) {
                // a newer release reads peers of an older one's lockfile in its own way
                if (bun.equals(locking) || project.endsWith("peers") && bun.compareTo(locking) > 0) {
                    Scope.of(project).forEach(scope -> cases.add(new Case(project, locking, bun, linker, scope)));
                }
            }
        }
        return cases;
    }

    private static Path expected(Case one) {
        return folder.resolve("expected").resolve(one.toString());
    }

    private void generate(World world, String linker) throws Exception {
        world.local = true;
        world.registryMirror = Optional.empty();
        world.linker = Optional.of(linker);
        world.tree = world.source.resolveSibling(linker).resolve("nix");
        if (!Files.exists(world.tree)) {
            world.generate();
        }
    }

    @AfterAll
    void close() {
        store.close();
        registry.close();
        github.close();
    }

    /** Registers the folder that {@code link:linked} means. */
    private void link(Bun bun) throws IOException {
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.writeString(linked.resolve("package.json"), "{ \"name\": \"linked\", \"version\": \"3.2.1\" }");
        bun(bun, linked, "link").runOrFail();
    }

    private Command bun(Bun bun, Path in, String... arguments) {
        return bun.from(registry.url() + "/", in, arguments).with("GITHUB_API_URL", github.url());
    }

    private void lock(Bun bun, Path source) throws IOException {
        bun(bun, source, "install", "--lockfile-only", "--ignore-scripts").runOrFail();
    }

    private void install(Bun bun, Path source, Case one) throws IOException {
        Path copy = expected(one);
        Files.createDirectories(copy.getParent());
        Command.of("cp", "-a", source.toString(), copy.toString()).runOrFail();
        bun(bun, copy, "install", "--frozen-lockfile", "--ignore-scripts", "--linker", one.linker())
                // hard links would carry what one installation does to a file into the others
                .and("--backend", "copyfile")
                .and(one.scope().arguments.split(" "))
                .runOrFail();
    }

    /** Shell lines that lay out a copy of the project's source. */
    private String consume(World world, Case one, String mode) {
        String app = "(import " + world.tree + "/default.nix { inherit pkgs; "
                + "fetchFromGitHub = given: pkgs.fetchzip { inherit (given) name hash; url = \"" + github.url()
                + "/${given.owner}/${given.repo}/archive/${given.rev}.tar.gz\"; }; "
                + (one.project().equals("folders") ? "overrides.linked = _: " + folder.resolve("linked") + "; " : "")
                + (one.linker().equals("isolated") ? "bunRules = \"" + one.bun().substring(0, 3) + "\"; " : "")
                + "})";
        return """
                cp -R ${%1$s} "$out/%2$s"; chmod -R u+w "$out/%2$s"; cd "$out/%2$s"
                ${let app = %3$s; in app.consume { modules = %4$s; mode = "%5$s"; }}
                """.formatted(
                        world.source, mode.equals("copy") ? one : one + "-" + mode, app, one.scope().modules, mode);
    }

    private static boolean isLinked(Case one) {
        return one.project().endsWith("commands") && one.scope() == Scope.FULL;
    }

    List<Case> linkedCases() {
        return differences.keySet().stream().filter(ParityTest::isLinked).toList();
    }

    List<Case> cases() {
        return List.copyOf(differences.keySet());
    }

    /** Why a difference is meant, if it is. */
    private Optional<ParityRule> rule(Case one, Difference difference) {
        return ParityRule.of(difference)
                .or(() -> isLikeTheNewer(one, difference.path()) ? Optional.of(ParityRule.RELEASES) : Optional.empty());
    }

    private boolean isLikeTheNewer(Case one, String path) {
        return one.byTheNewer()
                .map(differences::get)
                .filter(theirs -> theirs.stream()
                        .filter(their -> their.path().equals(path))
                        .allMatch(their -> ParityRule.of(their).isPresent()))
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nodeModulesAreBuns(Case one) {
        assertEquals(
                one + "\n",
                differences.get(one).stream()
                        .filter(difference -> rule(one, difference).isEmpty())
                        .map(difference -> difference + "\n")
                        .reduce(one + "\n", String::concat));
    }

    /** Of a tree that is linked the programs are its own, but for those of members. */
    @ParameterizedTest
    @MethodSource("linkedCases")
    void linkedProgramsAreBuns(Case one) throws IOException {
        SortedMap<String, String> expected = new TreeMap<>();
        SortedMap<String, String> found = new TreeMap<>();
        Path linked = built.resolve(one + "-link");
        for (var entry : InstalledTree.of(expected(one)).entries().entrySet()) {
            String path = entry.getKey();
            // what packages have of their own is in the tree
            if (path.matches("(packages/[^/]+/)?node_modules/\\.bin/.*")
                    && differences.get(one).stream()
                            .noneMatch(known -> known.path().equals(path))) {
                expected.put(path, entry.getValue().content());
                String text = Files.readSymbolicLink(linked.resolve(path)).toString();
                found.put(
                        path,
                        text.startsWith("/")
                                ? Files.readSymbolicLink(store.onDisk(text)).toString()
                                : text);
            }
        }
        assertEquals(expected, found);
    }

    @Test
    void thereAreAsManyDeliberateDifferencesAsWritten() {
        SortedMap<ParityRule, Integer> counts = new TreeMap<>();
        SortedMap<ParityRule, Integer> written = new TreeMap<>();
        for (ParityRule rule : ParityRule.values()) {
            counts.put(rule, 0);
            written.put(rule, rule.count());
        }
        differences.forEach((one, found) -> found.forEach(
                difference -> rule(one, difference).ifPresent(rule -> counts.merge(rule, 1, Integer::sum))));
        assertEquals(written, counts);
    }
}

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
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builder makes of a project is what Bun installs for it, but for {@link ParityRule}. */
@NeedsBuilds
@NeedsBun
@NeedsGit
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {
    private static final List<String> BUNS = List.of("1.3.14", "1.4.5");
    private static final List<String> LINKERS = List.of("hoisted");

    @TempDir
    static Path folder;

    private final LoopbackRegistry registry = LoopbackRegistry.start();
    private final LoopbackGitHub github = LoopbackGitHub.start();
    private final NixStore store = NixStore.open();
    private final SortedMap<String, List<Difference>> differences = new TreeMap<>();

    /** One installation: of a project, by a release of Bun, laid out one way, for development or production. */
    private record Case(String project, String bun, String linker, boolean isProduction) {
        @Override
        public String toString() {
            return String.join("-", project, bun, linker, isProduction ? "production" : "full");
        }
    }

    @BeforeAll
    void installAll() throws Exception {
        SortedMap<String, Path> expected = new TreeMap<>();
        StringBuilder script = new StringBuilder();
        for (String version : BUNS) {
            Bun bun = Bun.version(version);
            link(bun);
            for (ParityProject project :
                    new ParityProjects(registry, github, Files.createDirectories(folder.resolve(version))).all()) {
                World world = new World(folder.resolve(version + "-" + project.name()), registry, github);
                world.local = true;
                world.registryMirror = Optional.empty();
                project.write(world.source);
                bun(bun, world.source, "install", "--lockfile-only", "--ignore-scripts")
                        .runOrFail();
                world.generate();
                for (String linker : LINKERS) {
                    for (boolean isProduction : new boolean[] {false, true}) {
                        Case one = new Case(project.name(), version, linker, isProduction);
                        expected.put(one.toString(), install(bun, world.source, one));
                        script.append(consume(world, one));
                    }
                }
            }
        }
        Path built = store.build(
                        "let pkgs = import " + NixStore.standIn() + " { }; stub = name: pkgs.runCommand name { } "
                                + "\"mkdir -p $out/bin; echo '#!' > $out/bin/${name}; chmod +x $out/bin/${name}\"; "
                                + "in pkgs.runCommand \"parity\" { } ''\nmkdir \"$out\"\n" + script + "''")
                .get(0);
        expected.forEach((name, tree) ->
                differences.put(name, InstalledTree.of(tree).differences(InstalledTree.of(built.resolve(name)))));
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

    private Path install(Bun bun, Path source, Case one) throws IOException {
        Path copy = folder.resolve("expected").resolve(one.toString());
        Files.createDirectories(copy.getParent());
        Command.of("cp", "-a", source.toString(), copy.toString()).runOrFail();
        Command command = bun(bun, copy, "install", "--frozen-lockfile", "--ignore-scripts", "--linker", one.linker())
                // hard links would carry what one installation does to a file into the others
                .and("--backend", "copyfile");
        (one.isProduction() ? command.and("--production") : command).runOrFail();
        return copy;
    }

    private String consume(World world, Case one) {
        String app = "(import " + world.tree
                + "/default.nix { inherit pkgs; nodejs = stub \"node\"; bun = stub \"bun\"; "
                + "fetchFromGitHub = given: pkgs.fetchzip { inherit (given) name hash; url = \"" + github.url()
                + "/${given.owner}/${given.repo}/archive/${given.rev}.tar.gz\"; }; "
                + (one.project().equals("folders") ? "overrides.linked = _: " + folder.resolve("linked") + "; " : "")
                + "})";
        String modules = one.isProduction() ? "app.modulesFor { dev = false; }" : "app.allModules";
        return "cp -R " + "${" + world.source + "} \"$out/" + one + "\"; chmod -R u+w \"$out/" + one + "\"; cd \"$out/"
                + one + "\"\n${let app = " + app + "; in app.consume { modules = " + modules
                + "; mode = \"copy\"; }}\n";
    }

    List<String> cases() {
        return List.copyOf(differences.keySet());
    }

    /** Why a difference is meant, if it is. */
    private Optional<ParityRule> rule(String name, Difference difference) {
        String other = BUNS.stream()
                .filter(version -> !name.contains("-" + version + "-"))
                .map(version -> name.replaceFirst("-(" + String.join("|", BUNS) + ")-", "-" + version + "-"))
                .findFirst()
                .orElseThrow();
        return ParityRule.of(difference)
                .or(() -> differences.getOrDefault(other, List.of()).stream()
                                .filter(theirs -> theirs.path().equals(difference.path()))
                                .allMatch(theirs -> ParityRule.of(theirs).isPresent())
                        ? Optional.of(ParityRule.RELEASES)
                        : Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nodeModulesAreBuns(String name) {
        assertEquals(
                name + "\n",
                differences.get(name).stream()
                        .filter(difference -> rule(name, difference).isEmpty())
                        .map(difference -> difference + "\n")
                        .reduce(name + "\n", String::concat));
    }

    @Test
    void thereAreAsManyDeliberateDifferencesAsWritten() {
        SortedMap<ParityRule, Integer> counts = new TreeMap<>();
        SortedMap<ParityRule, Integer> written = new TreeMap<>();
        for (ParityRule rule : ParityRule.values()) {
            counts.put(rule, 0);
            written.put(rule, rule.count());
        }
        differences.forEach((name, found) -> found.forEach(
                difference -> rule(name, difference).ifPresent(rule -> counts.merge(rule, 1, Integer::sum))));
        assertEquals(written, counts);
    }
}

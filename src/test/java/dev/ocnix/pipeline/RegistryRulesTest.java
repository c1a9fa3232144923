package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where packages of the default registry are, by what the source says itself. A and B stand for two registries. */
class RegistryRulesTest {
    private static final String NPM = "https://registry.npmjs.org";

    @TempDir
    Path folder;

    private final PackageTarball left = World.left();
    private final PackageTarball right = World.right();
    private World world;

    @BeforeEach
    void open() {
        world = World.of(folder, left, right);
        world.prefetch = PrefetchMode.NONE;
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String filled(String template) {
        return template.replace("A/", world.registry.url() + "/a/")
                .replace("B/", world.github.url() + "/b/")
                .replace("A:/", world.registry.url().replace("//", "//me:hunter2@") + "/a/")
                .replace("|", "\n");
    }

    private void write(String file, String template) throws Exception {
        if (template != null) {
            world.write(file, filled(template));
        }
    }

    @NeedsBun
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[install]|registry = \"A/\";; A/; A/",
                "[install]|registry = \"A/\"; registry=B/; B/; B/",
                "[install]|registry = { url = 'A/', token = \"x\" } # why; ; A/; A/",
                "# one|[install.scopes]|scope = \"B/\"|[install]|optional = [1, \"]\", 'x']|registry = \"A/\"; ; A/; B/",
                "[install.scopes.scope]|url = \"B/\"|[install.registry]|url = \"A/\"; ; A/; B/",
                "install.registry = \"A/\"|install.scopes.\"@scope\".url = \"B/\"; ; A/; B/",
                "[install]|registry = \"A/\"|scopes = { scope = \"B/\", other = { url = \"A/\" } }; ; A/; B/",
                "[install]|registry = \"B/\"|[install.scopes]|\"@scope\" = \"B/\"; @scope:registry = \"A/\"; B/; A/",
                "[install]|registry = \"A:/\"; ; A/; A/",
                "; registry='A/'|@scope:registry = B/ ; A/; B/",
                "[other]|registry = \"A/\"|[install.scopes]|scope = \"B/\";; ; B/",
            })
    void theSourcesRegistriesAreThoseThatBunAsks(String bunfig, String npmrc, String forLeft, String forRight)
            throws Exception {
        write("bunfig.toml", bunfig);
        write(".npmrc", npmrc);
        world.commit();
        world.generate();
        SortedSet<String> expected = new TreeSet<>();
        expected.add((forLeft == null ? NPM : filled(forLeft).replaceFirst("/$", "")) + left.path());
        expected.add(filled(forRight).replaceFirst("/$", "") + right.path());
        String dependencies = world.text("dependencies.nix");
        expected.forEach(url -> assertTrue(dependencies.contains('"' + url + '"'), () -> url + "\n" + dependencies));
        assertFalse(dependencies.contains("hunter2"));
        if (forLeft != null) {
            Bun.version("1.3.14")
                    .in(world.source, "install", "--frozen-lockfile")
                    .run();
            assertEquals(expected, asked());
        }
    }

    private SortedSet<String> asked() {
        SortedSet<String> asked = new TreeSet<>();
        for (LoopbackServer server : new LoopbackServer[] {world.registry, world.github}) {
            server.requests().stream()
                    .filter(request -> request.path().endsWith(".tgz"))
                    .forEach(request -> asked.add(server.url() + request.path()));
        }
        return asked;
    }

    private List<String> ofSource() {
        return world.warnings.stream()
                .filter(warning -> warning.startsWith("The source's "))
                .toList();
    }

    @Test
    void whatTheEnvironmentWouldSayIsLeftOutAndSaid() throws Exception {
        write(".npmrc", "registry=${NPM_REGISTRY}|@scope:registry=https://$HOST/");
        world.commit();
        world.generate();
        assertTrue(world.text("dependencies.nix").contains(NPM + left.path()));
        assertEquals(
                List.of(
                        "The source's .npmrc takes the registry from the environment, which does not count here; give it"
                                + " as ocnix.registry.",
                        "The source's .npmrc takes the registry of @scope from the environment, which does not count"
                                + " here; give it as one of <registries>."),
                ofSource());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"[install|registry = 1; 1", "|x = \"never ends|y = 1; 2", "a = {{{{; 1", "|| =; 3", "a = [[[[; 1"})
    void aBunfigThatIsNoTomlIsAWarningWithItsLine(String bunfig, int line) throws Exception {
        write("bunfig.toml", bunfig);
        world.commit();
        world.generate();
        assertEquals(1, ofSource().size(), world.warnings::toString);
        assertTrue(
                ofSource().get(0).startsWith("The source's bunfig.toml is no TOML at line " + line),
                world.warnings::toString);
    }

    @Test
    void aDeepBunfigIsNoTroubleEither() throws Exception {
        world.write("bunfig.toml", "a = " + "{ b = ".repeat(100_000) + "[".repeat(100_000));
        world.commit();
        world.generate();
        assertEquals(1, ofSource().size(), world.warnings::toString);
    }
}

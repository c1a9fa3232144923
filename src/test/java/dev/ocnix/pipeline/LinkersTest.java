package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Monorepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who says how node_modules is laid out, of a project that Bun would isolate. */
class LinkersTest {
    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void write() throws Exception {
        world = new World(folder);
        world.local = true;
        world.prefetch = PrefetchMode.NONE;
        Monorepo.copy(Files.createDirectories(world.source), "1.3.14", "bun.lock");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "auto,     '',                                               isolated",
        "auto,     '[install] # how\nlinker = \"hoisted\" # so',     hoisted",
        "auto,     'install.linker = ''hoisted''',                   hoisted",
        "auto,     '[test]\nlinker = \"hoisted\"',                   isolated",
        "isolated, '[install]\nlinker = \"hoisted\"',                isolated",
        "hoisted,  '[install]\nlinker = \"isolated\"',               hoisted",
    })
    void theUserThenBunfigThenBunsOwnRule(String asked, String bunfig, String linker) throws Exception {
        world.linker = Optional.of(asked);
        world.write("bunfig.toml", bunfig);
        world.generate();
        assertTrue(world.text("package.nix").contains("linker = \"" + linker + "\""), world.text("package.nix"));
        assertEquals(linker.equals("isolated"), Files.exists(world.tree.resolve("isolated.nix")));
        assertEquals(linker.equals("isolated"), world.text("package.nix").contains("bunRules"));
    }

    @Test
    void withoutAConfigVersionBunHoists() throws Exception {
        world.relock("  \"configVersion\": 1,\n", "");
        world.generate();
        assertFalse(Files.exists(world.tree.resolve("isolated.nix")));
    }

    @Test
    void anUnknownLinkerIsRefused() throws Exception {
        world.write("bunfig.toml", "[install]\nlinker = \"pnp\"");
        String refusal = world.refusal();
        assertTrue(refusal.contains("\"pnp\"; set ocnix.linker to hoisted or isolated."), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hoistPattern = ['is-o*']   |                           | 1.3 is-odd; 1.4 is-odd",
                "hoistPattern = 'is-o*'     | hoist-pattern=ms          | 1.3 ms; 1.4 is-odd",
                "hoist = false                 | hoist-pattern[]=\"m*\"     | 1.3 ms; 1.4",
                "linker = 'isolated'           | hoist=false               | 1.4",
                "hoistPattern = []             |                           | 1.3; 1.4",
            })
    void bunfigAndNpmrcSayWhatUndeclaredPackagesFind(String bunfig, String npmrc, String expected) throws Exception {
        world.write("bunfig.toml", "[install]\n" + bunfig + " # so");
        world.write(".npmrc", npmrc == null ? "" : npmrc);
        world.generate();
        Matcher rules = Pattern.compile("\"(1\\.[34])\" = \\{\\s*fallback = \\[([^\\]]*)\\]")
                .matcher(world.text("isolated.nix"));
        String found = rules.results()
                .map(one -> one.group(1)
                        + Stream.of(one.group(2).replace("\"", "").trim().split("\\s+"))
                                .filter(name -> !name.isEmpty()
                                        && List.of("ms", "is-odd").contains(name))
                                .map(name -> " " + name)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("; "));
        assertEquals(expected, found);
    }

    @Test
    void whatIsNoPatternIsRefused() throws Exception {
        world.write("bunfig.toml", "[install]\npublicHoistPattern = [\"is-*\", 3]");
        assertEquals(
                "The source's bunfig.toml sets install.publicHoistPattern to neither a text nor a list of texts, which Bun"
                        + " refuses, too; mend it there.",
                world.refusal());
    }
}

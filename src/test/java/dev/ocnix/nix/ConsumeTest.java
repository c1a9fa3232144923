package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** node_modules placed into checkouts whose links lead to files of the user. */
class ConsumeTest {
    @TempDir
    Path temp;

    private Path checkout;
    private Path outside;

    @BeforeEach
    void open() throws Exception {
        checkout = Files.createDirectories(temp.resolve("checkout"));
        outside = temp.resolve("outside");
        for (String member : new String[] {"m", "n"}) {
            file(checkout.resolve("packages/" + member + "/bin/x"), "#!/usr/bin/env node\r\n1\n");
            file(checkout.resolve("packages/" + member + "/package.json"), "{}");
            file(outside.resolve(member + "/bin/x"), "#!/usr/bin/env node\r\ntheirs\n");
            file(outside.resolve(member + "/node_modules/own/index.js"), "theirs");
        }
        for (String folder :
                new String[] {"node_modules/a", "packages/m/node_modules/b", "packages/n/node_modules/b"}) {
            file(temp.resolve("tree/" + folder + "/index.js"), "1\n");
        }
    }

    private static void file(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
                String content = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isRegularFile(path) ? Files.readString(path) : "";
                files.put(folder.relativize(path).toString(), mode + " " + content);
            }
        }
        return files;
    }

    private Command.Result place(String mode, String bin) throws IOException {
        Path script = Files.writeString(
                temp.resolve("place.sh"), """
                set -e
                source %1$s/shebang.sh
                source %1$s/consume.sh
                ocnixFolders=$'node_modules\\npackages/m/node_modules\\npackages/n/node_modules'
                ocnixMembers=$'node_modules/m\\t../packages/m\\tpackages/m\\nnode_modules/n\\t../packages/n\\tpackages/n'
                ocnixMemberBins=$'node_modules\\tm\\t%3$s'
                ocnixYielding=
                ocnixConsume %2$s/tree %4$s
                """.formatted(Path.of("nix/lib").toAbsolutePath(), temp, bin, mode));
        return Command.of("bash", script.toString()).in(checkout).run();
    }

    @ParameterizedTest
    @CsvSource({"link, x\\tbin/x", "copy, x\\tbin/x", "link, *\\tbin"})
    void whatIsInTheCheckoutIsPlaced(String mode, String bin) throws Exception {
        // a link that stays inside
        Files.move(checkout.resolve("packages/n"), checkout.resolve("real"));
        Files.createSymbolicLink(checkout.resolve("packages/n"), Path.of("../real"));
        for (int run = 0; run < 2; run++) {
            Command.Result result = place(mode, bin);
            assertEquals(0, result.exit(), result.err());
            assertTrue(Files.exists(checkout.resolve("node_modules/a/index.js")));
            assertTrue(Files.exists(checkout.resolve("real/node_modules/b/index.js")));
            assertTrue(Files.isExecutable(checkout.resolve("node_modules/.bin/x")));
            assertEquals("#!/usr/bin/env node\n1\n", Files.readString(checkout.resolve("packages/m/bin/x")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "packages/n,        ../../outside/n,       x\\tbin/x",
        "packages/m,        ../../outside/m,       x\\tbin/x",
        "packages,          ../outside,            x\\tbin/x",
        "packages/m/bin,    ../../../outside/m/bin, x\\tbin/x",
        "packages/m/bin/x,  ../../../../outside/m/bin/x, x\\tbin/x",
        "packages/m/bin/x,  ../../../../outside/m/bin/x, *\\tbin",
        "packages/m/bin/.x, ../../../../outside/m/bin/x, *\\tbin",
        "packages/m/other,  ../../../outside/n/bin/x, x\\t./other",
        "unrelated,         ../outside,            x\\t../../unrelated/m/bin/x",
        "unrelated,         ../outside,            x\\t../../../outside/m/bin/x",
    })
    void aLinkOutOfTheCheckoutIsRefusedBeforeAnythingIsTouched(String link, String target, String bin)
            throws Exception {
        Path place = checkout.resolve(link);
        if (Files.exists(place)) {
            Files.createDirectories(temp.resolve("away"));
            Files.move(place, temp.resolve("away/it"));
        }
        Files.createSymbolicLink(place, Path.of(target));
        assertTrue(Files.exists(place), link);
        SortedMap<String, String> before = files(temp);
        for (String mode : new String[] {"link", "copy"}) {
            Command.Result result = place(mode, bin);
            before.put("place.sh", files(temp).get("place.sh"));
            assertNotEquals(0, result.exit());
            assertTrue(result.err().contains("leads out of this folder over a link"), result.err());
            assertEquals(before, files(temp));
        }
    }

    @Test
    void aLinkInPlaceOfNodeModulesIsReplaced() throws Exception {
        Files.createSymbolicLink(checkout.resolve("node_modules"), outside.resolve("m"));
        Files.createSymbolicLink(checkout.resolve("packages/m/node_modules"), outside.resolve("m/node_modules"));
        SortedMap<String, String> before = files(outside);
        assertEquals(0, place("copy", "x\\tbin/x").exit());
        assertEquals(before, files(outside));
        assertTrue(Files.isDirectory(checkout.resolve("node_modules"), LinkOption.NOFOLLOW_LINKS));
    }
}

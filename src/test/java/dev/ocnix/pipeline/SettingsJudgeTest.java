package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.model.PackageId;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of settings in odd spellings: whom Bun asks for a tarball of the default registry and of a scope's. In a row, A and B
 * are registries, {@code |} ends a line, and {@code -} means npm's registry, which is out of reach here. Rows that end in
 * {@code 1.4} are those on which Bun 1.3 gives requests to nobody, or to an address with the comment in it.
 */
class SettingsJudgeTest {
    private static final List<String> ROWS = List.of(
            ".npmrc ~ registry=A/ ~ A ~ A",
            ".npmrc ~ registry=A/ ; corporate ~ A ~ A ~ 1.4",
            ".npmrc ~ registry=A/ #corporate ~ A ~ A ~ 1.4",
            ".npmrc ~ registry=A/;x ~ A ~ A ~ 1.4",
            ".npmrc ~ registry=A/<TAB>; c ~ A ~ A ~ 1.4",
            ".npmrc ~ @scope:registry=B/ # why ~ - ~ B ~ 1.4",
            ".npmrc ~ registry = ; nothing|@scope:registry=B/ ~ - ~ B ~ 1.4",
            ".npmrc ~ registry;x=A/ ~ A ~ A ~ 1.4",
            ".npmrc ~ reg;istry=A/ ~ - ~ -",
            ".npmrc ~ registry=A/\\;x ~ A/;x ~ A/;x",
            ".npmrc ~ registry=A/\\ ~ A ~ A ~ 1.4",
            ".npmrc ~ registry=A/\\\\;x ~ A ~ A ~ 1.4",
            ".npmrc ~ ;registry=A/|#registry=A/|  ; x|<TAB># y|registry=B/ ~ B ~ B",
            ".npmrc ~ <BOM>registry=A/ ~ A ~ A",
            ".npmrc ~ [default]|registry=A/ ~ - ~ -",
            ".npmrc ~ registry=A/|[section]|registry=B/ ~ A ~ A",
            ".npmrc ~ registry=A/|[registry]|x=1 ~ A ~ A",
            ".npmrc ~ [a]|x=1|[]|registry=A/ ~ - ~ -",
            ".npmrc ~ [a] <TAB>|registry=A/ ~ - ~ -",
            ".npmrc ~ [broken|registry=A/ ~ A ~ A",
            ".npmrc ~ [x] y=1|registry=A/ ~ A ~ A",
            ".npmrc ~  [default]|registry=A/ ~ A ~ A",
            ".npmrc ~ registry=\"A/\" ~ A ~ A",
            ".npmrc ~ registry='A/' ~ A ~ A",
            ".npmrc ~ registry='\"A/\"' ~ A ~ A",
            ".npmrc ~ registry=\"A\\/\" ~ A ~ A",
            ".npmrc ~ \"registry\" = A/ ~ A ~ A",
            ".npmrc ~ 'registry'=A/ ~ A ~ A",
            ".npmrc ~ \"reg\\u0069stry\"=A/ ~ A ~ A",
            ".npmrc ~ \"@scope:registry\"=B/ ~ - ~ B",
            ".npmrc ~ regis\\try=A/ ~ - ~ -",
            ".npmrc ~ registry = A/   |@scope:registry =   B/ ~ A ~ B",
            ".npmrc ~ <TAB>registry<TAB>=<TAB>A/<TAB> ~ A ~ A",
            ".npmrc ~ registry=A/<CR>|@scope:registry=B/<CR> ~ A ~ B",
            ".npmrc ~ registry A/ ~ - ~ -",
            ".npmrc ~ registry[]=A/ ~ - ~ -",
            ".npmrc ~ registry=A/|registry[]=B/ ~ - ~ -",
            ".npmrc ~ @scope:registry[]=B/ ~ - ~ -",
            ".npmrc ~ registry=A/|registry=B/ ~ B ~ B",
            ".npmrc ~ registry=A/|registry=true ~ - ~ -",
            ".npmrc ~ registry=A/|registry ~ - ~ -",
            ".npmrc ~ registry=\"true\"|@scope:registry=B/ ~ - ~ B",
            ".npmrc ~ registry=|@scope:registry=B/ ~ - ~ B",
            ".npmrc ~ registry=\"\"|@scope:registry=B/ ~ - ~ B",
            ".npmrc ~ registry=A// ~ A ~ A",
            ".npmrc ~ registry=A ~ A ~ A",
            ".npmrc ~ registry=A/$VAR/ ~ A/$VAR ~ A/$VAR",
            ".npmrc ~ registry=A/%20b/ ~ A/%20b ~ A/%20b",
            ".npmrc ~ Registry=A/ ~ - ~ -",
            ".npmrc ~ @SCOPE:registry=B/ ~ - ~ -",
            ".npmrc ~ @:registry=B/|scope:registry=B/ ~ - ~ -",
            "bunfig.toml ~ <BOM>[install]|registry = \"A/\" # why ~ A ~ A",
            "bunfig.toml ~ [ install ]|registry = 'A//' ~ A ~ A",
            "bunfig.toml ~ [install]|\"registry\" = \"\"\"A/\"\"\" ~ A ~ A",
            "bunfig.toml ~ [install]|registry = \"A/$VAR/\" ~ A/$VAR ~ A/$VAR",
            "bunfig.toml ~ [install.scopes]|'@scope' = \"B/\" ~ - ~ B",
            "bunfig.toml ~ [install.scopes]|scope = \"A/\"|\"@scope\" = \"B/\" ~ - ~ B",
            "bunfig.toml ~ [Install]|registry = \"A/\" ~ - ~ -");

    private static final PackageTarball LEFT = World.left();
    private static final PackageTarball RIGHT = World.right();

    @TempDir
    Path folder;

    @Test
    @NeedsBun
    void whomTheyNameIsWhomBunAsks() throws Exception {
        try (LoopbackServer server = LoopbackServer.start()) {
            Bun old = Bun.version("1.3.14");
            Bun current = Bun.version("1.4.5");
            List<String> wrong = new ArrayList<>();
            for (String row : ROWS) {
                String[] cells = row.split(" ~ ", -1);
                String text = filled(cells[1], server);
                String[] expected = {named(cells[2], server, LEFT), named(cells[3], server, RIGHT)};
                String[] ours = ours(cells[0], text);
                for (int i = 0; i < 2; i++) {
                    if (!ours[i].equals(expected[i])) {
                        wrong.add("ocnix: " + row + ": " + ours[i]);
                    }
                }
                for (Bun bun : cells.length == 4 ? List.of(old, current) : List.of(current)) {
                    SortedSet<String> asked = asked(bun, server, cells[0], text);
                    SortedSet<String> here = new TreeSet<>(List.of(expected));
                    here.removeIf(url -> url.startsWith(Registries.NPM));
                    if (!asked.equals(here)) {
                        wrong.add((bun == old ? "1.3.14: " : "1.4.5: ") + row + ": " + asked);
                    }
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static String filled(String text, LoopbackServer server) {
        return text.replaceAll("A(?=[/\\\\])|(?<==)A$", server.url() + "/a")
                .replaceAll("B(?=/)", server.url() + "/b")
                .replace("|", "\n")
                .replace("<TAB>", "\t")
                .replace("<CR>", "\r")
                .replace("<BOM>", "\ufeff");
    }

    private static String named(String registry, LoopbackServer server, PackageTarball tarball) {
        String base = registry.equals("-")
                ? Registries.NPM
                : registry.replaceFirst("A", server.url() + "/a").replaceFirst("B$", server.url() + "/b");
        return base + tarball.path();
    }

    private static String[] ours(String file, String text) throws Exception {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        SourceFiles files = (SourceFiles) Proxy.newProxyInstance(
                SourceFiles.class.getClassLoader(),
                new Class<?>[] {SourceFiles.class},
                (proxy, method, arguments) -> method.getName().equals("read") && arguments[0].equals(file)
                        ? Optional.of(content)
                        : method.invoke(SourceFiles.none(), arguments));
        Ears ears = new Ears(new ArrayList<>(), new ArrayList<>());
        Registries registries =
                RegistryRules.of(Optional.empty(), new TreeMap<>(), files, "", Bunfig.of(files, "", ears), ears);
        return Stream.of(LEFT, RIGHT)
                .map(tarball -> registries.tarballUrl(
                        new PackageId(tarball.name(), tarball.version()),
                        new Resolution.Npm(tarball.version(), Optional.empty())))
                .toArray(String[]::new);
    }

    private SortedSet<String> asked(Bun bun, LoopbackServer server, String file, String text) throws Exception {
        Path project = TinyProject.write(folder.resolve("project"), "tiny", List.of(LEFT, RIGHT));
        for (String name : Map.of(".npmrc", "", "bunfig.toml", "").keySet()) {
            Files.deleteIfExists(project.resolve(name));
        }
        Files.writeString(project.resolve(file), text);
        server.forgetRequests();
        bun.in(project, "install", "--frozen-lockfile", "--ignore-scripts")
                .with("HTTPS_PROXY", "http://127.0.0.1:9")
                .with("NO_PROXY", "127.0.0.1")
                .run();
        SortedSet<String> asked = new TreeSet<>();
        server.requests().stream()
                .filter(request -> request.path().endsWith(".tgz"))
                .forEach(request -> asked.add(server.url() + request.path()));
        return asked;
    }
}

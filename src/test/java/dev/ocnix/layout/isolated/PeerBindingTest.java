package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Bun;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.NeedsBun;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bun judges which of several versions a peer is, and what the folders of those that have peers are called. */
@NeedsBun
class PeerBindingTest {
    private static final List<String> VERSIONS = List.of("1.0.0", "1.5.0", "2.0.0", "3.0.0");

    @TempDir
    Path folder;

    /**
     * A project whose root has, besides what is listed, a package for each version of {@code host} that needs it.
     *
     * @param peers packages of the registry as {@code name range}, with {@code host} as a required peer
     * @param root what package.json has in place of {@code dependencies}; {@code URL} stands for the registry
     */
    private record Case(String name, List<String> peers, String root, String... files) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String[] hosts = {"user-1.0.0", "user-1.5.0", "user-2.0.0", "user-3.0.0"};
        String users = String.join("\": \"*\", \"", hosts);
        String base = "\"" + users + "\": \"*\"";
        return Stream.of(
                new Case(
                        "alternatives",
                        List.of("p ^1.0.0 || ^2.0.0"),
                        "\"dependencies\": { \"p\": \"*\", " + base + " }"),
                new Case(
                        "alternatives of several",
                        List.of("p >=1", "q >=1.2", "r ^1.0.0 || ^2.0.0 || ^2.5.0-rc.1"),
                        "\"dependencies\": { \"p\": \"*\", \"q\": \"*\", \"r\": \"*\", " + base + " }"),
                new Case(
                        "alternatives that nothing satisfies together",
                        List.of("p ^1.0.0||^3", "q 2.x || ^2.0.0"),
                        "\"dependencies\": { \"p\": \"*\", \"q\": \"*\", " + base + " }"),
                new Case(
                        "an optional peer beside a required one",
                        List.of("p ^1.0.0", "v >=1"),
                        "\"dependencies\": { \"maybe\": \"*\", \"p\": \"*\", \"v\": \"*\", " + base + " }"),
                new Case(
                        "an optional peer beside alternatives",
                        List.of("p ^1.0.0 || ^2.0.0", "v 2 || 3"),
                        "\"dependencies\": { \"maybe\": \"*\", \"p\": \"*\", \"v\": \"*\", " + base + " }"),
                new Case(
                        "there for a peer alone",
                        List.of("p >=1", "ghost ^2"),
                        "\"dependencies\": { \"p\": \"*\", \"asks-ghost\": \"*\", " + base + " }"),
                new Case(
                        "there for a peer and for development",
                        List.of("p >=1", "ghost ^2"),
                        "\"devDependencies\": { \"ghost\": \"*\" }, \"dependencies\": { \"p\": \"*\", "
                                + "\"asks-ghost\": \"*\", " + base + " }"),
                new Case(
                        "a folder's range",
                        List.of("p >=1"),
                        "\"dependencies\": { \"p\": \"*\", \"q\": \"file:q\", " + base + " }",
                        "q/package.json",
                        "{ \"name\": \"q\", \"peerDependencies\": { \"host\": \"^1.0.0\" } }"),
                new Case(
                        "a range of a package under another name",
                        List.of("p >=1", "z ^1.0.0"),
                        "\"dependencies\": { \"p\": \"*\", \"q\": \"npm:z@1.0.0\", " + base + " }"),
                new Case(
                        "a member's own",
                        List.of("p ^1.0.0"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"p\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"peerDependencies\": { \"host\": \"1 || 2\" } }"),
                new Case(
                        "what the root has for development",
                        List.of("p >=1", "q ^2", "r >=1.2"),
                        "\"devDependencies\": { \"host\": \"1.5.0\" }, \"dependencies\": { \"p\": \"*\", \"q\": \"*\", "
                                + "\"r\": \"*\", " + base + " }"),
                new Case(
                        "what the root has, though no range accepts it",
                        List.of("p >=2", "q >=2 <3"),
                        "\"devDependencies\": { \"host\": \"1.0.0\" }, \"dependencies\": { \"p\": \"*\", \"q\": \"*\", "
                                + base + " }"),
                new Case(
                        "what the root has, and a member",
                        List.of("p >=1"),
                        "\"workspaces\": [\"m\"], \"devDependencies\": { \"host\": \"1.0.0\" }, "
                                + "\"dependencies\": { \"p\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"devDependencies\": { \"host\": \"2.0.0\" }, "
                                + "\"dependencies\": { \"p\": \"*\" } }"),
                new Case(
                        "an override",
                        List.of("p ^1.0.0"),
                        "\"overrides\": { \"host\": \"2.0.0\" }, \"dependencies\": { \"p\": \"*\", "
                                + "\"other\": \"npm:host@1.0.0\", " + base + " }"),
                new Case(
                        "beside a member that has it",
                        List.of("p >=2", "q >=2 <3"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"p\": \"*\", \"q\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"dependencies\": { \"p\": \"*\", \"host\": \"1.0.0\" } }"),
                new Case(
                        "beside a member that has it as a peer",
                        List.of("p >=2", "q >=2 <3"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"p\": \"*\", \"q\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"dependencies\": { \"p\": \"*\" }, "
                                + "\"peerDependencies\": { \"host\": \"^1.0.0\" } }"),
                new Case(
                        "nowhere but below a member that has it",
                        List.of("p >=1", "q ^1.0.0"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"p\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"dependencies\": { \"asks-q\": \"*\", \"q\": \"*\", "
                                + "\"host\": \"1.0.0\" } }"),
                new Case(
                        "below a member that has another package under the name",
                        List.of("p >=2", "q >=2 <3", "z ^1.0.0"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"p\": \"*\", \"q\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"dependencies\": { \"p\": \"*\", \"host\": \"npm:asks-z@1.0.0\", "
                                + "\"z\": \"*\" } }"),
                new Case(
                        "optional peers with ranges",
                        List.of("p >=1"),
                        "\"dependencies\": { \"maybe\": \"*\", \"p\": \"*\", \"zealous-1\": \"*\", \"zealous-3\": \"*\", "
                                + base + " }"),
                new Case(
                        "optional peers with ranges beside members",
                        List.of("p >=1"),
                        "\"workspaces\": [\"m\"], \"dependencies\": { \"maybe\": \"*\", \"zealous-1\": \"*\", "
                                + "\"zealous-3\": \"*\", " + base + " }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"devDependencies\": { \"host\": \"2.0.0\", \"zealous-1\": \"*\" } }"),
                new Case(
                        "an optional peer beside what not everybody accepts",
                        List.of("p >=1", "q ^1.0.0"),
                        "\"dependencies\": { \"p\": \"*\", \"q\": \"*\", \"vague\": \"*\", " + base + " }"),
                new Case(
                        "an optional peer of what stays where its peers are",
                        List.of(),
                        "\"workspaces\": [\"m\", \"n\"], \"dependencies\": { \"asks-native\": \"*\" }",
                        "m/package.json",
                        "{ \"name\": \"m\", \"dependencies\": { \"host\": \"2.0.0\", \"kind\": \"2.0.0\" } }",
                        "n/package.json",
                        "{ \"name\": \"n\", \"dependencies\": { \"host\": \"1.0.0\", \"kind\": \"1.0.0\", "
                                + "\"native\": \"*\" } }"),
                new Case(
                        "a tarball with peers, and its users",
                        List.of("p >=1 <3", "z ^1.0.0", "pal >=2"),
                        "\"dependencies\": { \"p\": \"*\", \"z\": \"URL/z/-/z-1.0.0.tgz\", \"asks-z\": \"*\", "
                                + "\"pal\": \"file:./pal.tgz\", \"asks-pal\": \"*\", " + base + " }"),
                new Case(
                        "tarballs with long addresses",
                        List.of("p ^1.0.0", "q ^2"),
                        "\"dependencies\": { \"p\": \"URL/" + "x".repeat(36) + "/p.tgz\", \"q\": \"URL/"
                                + "x".repeat(60)
                                + "/q.tgz\", \"user-2.0.0\": \"URL/" + "x".repeat(41)
                                + "/user.tgz\", \"user-1.0.0\": \"URL/"
                                + "x".repeat(52) + "/user.tgz\" }"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPeerIsWhatBunMakesOfIt(Case one) throws Exception {
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            publish(one, registry);
            check(one, registry, "1.3.14", BunRules.BUN_1_3);
            check(one, registry, "1.3.14", BunRules.BUN_1_4);
            check(one, registry, "1.4.5", BunRules.BUN_1_4);
        }
    }

    /** Bun 1.3 knows none. */
    @Test
    void anOverrideBelowOnePackageSpeaksOfTheNameToo() throws Exception {
        Case one = new Case(
                "nested override",
                List.of("p >=1", "q >=1.2 <3"),
                "\"overrides\": { \"user-3.0.0\": { \"host\": \"2.0.0\" } }, \"dependencies\": { \"p\": \"*\", \"q\": \"*\", "
                        + "\"user-1.0.0\": \"*\", \"user-1.5.0\": \"*\", \"user-3.0.0\": \"*\" }");
        try (LoopbackRegistry registry = LoopbackRegistry.start()) {
            publish(one, registry);
            check(one, registry, "1.4.5", BunRules.BUN_1_4);
        }
    }

    private void publish(Case one, LoopbackRegistry registry) throws IOException {
        for (String version : VERSIONS) {
            registry.publish(PackageTarball.of("host", version).build());
            PackageTarball user = PackageTarball.of("user-" + version, "1.0.0")
                    .dependency("host", version)
                    .build();
            registry.publish(user);
            if (version.equals("1.0.0")) {
                serve(registry, 52, "user", user);
            } else if (version.equals("2.0.0")) {
                serve(registry, 41, "user", user);
            }
        }
        for (String major : List.of("1", "3")) {
            registry.publish(PackageTarball.of("zealous-" + major, "1.0.0")
                    .field("peerDependencies", "{ \"host\": \"^" + major + ".0.0\" }")
                    .field("peerDependenciesMeta", "{ \"host\": { \"optional\": true } }")
                    .build());
        }
        for (String asked : List.of("ghost", "z", "pal", "q", "native")) {
            registry.publish(PackageTarball.of("asks-" + asked, "1.0.0")
                    .field("peerDependencies", "{ \"" + asked + "\": \"*\" }")
                    .build());
        }
        for (String anything : List.of("maybe", "vague")) {
            registry.publish(PackageTarball.of(anything, "1.0.0")
                    .field("peerDependencies", "{ \"host\": \"*\" }")
                    .field("peerDependenciesMeta", "{ \"host\": { \"optional\": true } }")
                    .build());
        }
        registry.publish(PackageTarball.of("kind", "1.0.0").build());
        registry.publish(PackageTarball.of("kind", "2.0.0").build());
        registry.publish(PackageTarball.of("native", "1.0.0")
                .field("peerDependencies", "{ \"host\": \"^1.0.0\", \"kind\": \"^1.0.0\" }")
                .field("peerDependenciesMeta", "{ \"kind\": { \"optional\": true } }")
                .build());
        for (String peer : one.peers()) {
            String name = peer.substring(0, peer.indexOf(' '));
            PackageTarball tarball = PackageTarball.of(name, "1.0.0")
                    .field("peerDependencies", "{ \"host\": \"" + peer.substring(name.length() + 1) + "\" }")
                    .build();
            registry.publish(tarball);
            serve(registry, 36, name, tarball);
            serve(registry, 60, name, tarball);
            if (name.equals("pal")) {
                Files.write(folder.resolve("pal.tgz"), tarball.bytes());
            }
        }
    }

    private void check(Case one, LoopbackRegistry registry, String locking, BunRules rules) throws Exception {
        Path project = Files.createDirectories(folder.resolve(locking + "-" + rules));
        Files.writeString(project.resolve("package.json"), "{ " + one.root().replace("URL", registry.url()) + " }");
        if (Files.exists(folder.resolve("pal.tgz"))) {
            Files.copy(folder.resolve("pal.tgz"), project.resolve("pal.tgz"));
        }
        for (int i = 0; i < one.files().length; i += 2) {
            Path file = project.resolve(one.files()[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, one.files()[i + 1]);
        }
        assertTrue(LinkedTree.lock(Bun.version(locking), registry, project));
        Bun bun = Bun.version(rules == BunRules.BUN_1_3 ? "1.3.14" : "1.4.5");
        for (boolean dev : new boolean[] {true, false}) {
            LinkedTree installed =
                    LinkedTree.installed(bun, registry, project, dev).orElseThrow();
            assertEquals(
                    "", LinkedTree.of(project.resolve("bun.lock"), rules, dev).differences(installed), locking);
        }
    }

    /** Serves a tarball in a folder with a name of so many bytes. */
    private static void serve(LoopbackRegistry registry, int length, String name, PackageTarball tarball) {
        registry.serve("/" + "x".repeat(length) + "/" + name + ".tgz", "application/octet-stream", tarball.bytes());
    }
}

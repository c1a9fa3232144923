package dev.ocnix.pipeline;

import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackGitHub;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TarBuilder;
import dev.ocnix.testing.TinyProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Projects of every shape, and the servers that have what they depend on. */
final class ParityProjects {
    private static final String SLUG = "owner-x/repo.name";

    private final LoopbackRegistry registry;
    private final LoopbackGitHub github;
    private final Path folder;

    ParityProjects(LoopbackRegistry registry, LoopbackGitHub github, Path folder) {
        this.registry = registry;
        this.github = github;
        this.folder = folder;
    }

    List<ParityProject> all() throws IOException {
        return List.of(
                nested(),
                members(),
                commands(),
                memberCommands(),
                whoseCommands(),
                patched(),
                peers(),
                optionalPeers(),
                limited(),
                fetched(),
                bundled(),
                folders(),
                hoisting(),
                new ParityProject("self", "{ \"dependencies\": { \"self\": \"file:.\", \"leaf\": \"1.0.0\" } }"),
                oddTarballs());
    }

    /** Versions that stand in each other's way, aliases, and a package that only another platform's needs. */
    private ParityProject nested() {
        for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
            publish(PackageTarball.of("leaf", version).file("index.js", "module.exports = '" + version + "';\n"));
        }
        publish(PackageTarball.of("@scope/mid", "1.0.0")
                .dependency("leaf", "1.0.0")
                .dependency("@scope/deep", "1"));
        publish(PackageTarball.of("@scope/deep", "1.0.0").dependency("leaf", "3.0.0"));
        publish(PackageTarball.of("renamer", "1.0.0").dependency("leaf", "npm:@scope/deep@1.0.0"));
        publish(PackageTarball.of("loop-a", "1.0.0").dependency("loop-b", "1.0.0"));
        publish(PackageTarball.of("loop-b", "1.0.0")
                .dependency("loop-a", "1.0.0")
                .dependency("leaf", "1.0.0"));
        return new ParityProject("nested", """
                { "dependencies": { "leaf": "2.0.0", "@scope/mid": "1.0.0", "renamer": "1.0.0", "loop-a": "1.0.0",
                    "leaf-one": "npm:leaf@1.0.0", "@other/leaf": "npm:leaf@3.0.0" },
                  "devDependencies": { "renamed-mid": "npm:@scope/mid@1.0.0" },
                  "overrides": { "@scope/deep": "1.0.0" } }""");
    }

    /** Members that need each other, have packages of their own, catalogs and overrides. */
    private ParityProject members() {
        publish(PackageTarball.of("shared", "1.0.0").dependency("low", "1.0.0"));
        publish(PackageTarball.of("shared", "2.0.0").dependency("low", "2.0.0"));
        publish(PackageTarball.of("low", "1.0.0"));
        publish(PackageTarball.of("low", "1.5.0"));
        publish(PackageTarball.of("low", "2.0.0"));
        publish(PackageTarball.of("tooling", "1.0.0").dependency("low", "1.0.0"));
        return new ParityProject("members", """
                { "workspaces": { "packages": ["packages/*", "apps/**"],
                    "catalog": { "shared": "^1.0.0" }, "catalogs": { "next": { "shared": "2.0.0" } } },
                  "dependencies": { "@acme/lib": "workspace:*" }, "devDependencies": { "tooling": "1.0.0" },
                  "overrides": { "low": "1.5.0" } }""")
                .file("packages/lib/package.json", """
                        { "name": "@acme/lib", "version": "1.0.0", "dependencies": { "shared": "catalog:" },
                          "devDependencies": { "low": "2.0.0" } }""")
                .file("packages/lib/index.js", "")
                .file("packages/other/package.json", """
                        { "name": "other", "dependencies": { "shared": "catalog:next", "@acme/lib": "*" },
                          "optionalDependencies": { "low": "1.0.0" } }""")
                .file("packages/lonely/package.json", "{ \"name\": \"lonely\", \"version\": \"0.0.1\" }")
                .file("apps/site/front/package.json", """
                        { "name": "@acme/front", "dependencies": { "other": "workspace:^", "shared": "2.0.0" },
                          "devDependencies": { "tooling": "1.0.0", "leaf": "1.0.0" } }""");
    }

    /** Commands as files, maps and folders, also of nested packages, and those that want one name. */
    private ParityProject commands() {
        command("bin-file", "\"cli.js\"");
        command("@scope/bin-file", "\"./lib/../cli.js\"");
        command(
                "bin-map",
                "{ \"b\": \"cli.js\", \"a\": \"./lib/a.js\", \"@x/scoped\": \"lib/a.js\", \"gone\": \"no.js\" }");
        command("clash-b", "{ \"clash\": \"lib/a.js\", \"gone\": \"cli.js\" }");
        command("clash-a", "{ \"clash\": \"no.js\" }");
        command("clash-c", "{ \"clash\": \"cli.js\" }");
        command("to-folder", "{ \"whole\": \"lib\" }");
        publish(programs(PackageTarball.of("bin-dir", "1.0.0").field("directories", "{ \"bin\": \"lib\" }"))
                .file("lib/.hidden", "#!/bin/sh\n")
                .file("lib/inner/not.js", ""));
        publish(programs(PackageTarball.of("bin-file", "2.0.0").field("bin", "\"lib/a.js\"")));
        publish(PackageTarball.of("nester", "1.0.0")
                .dependency("bin-file", "2.0.0")
                .dependency("bin-dir", "1.0.0"));
        for (String triple : List.of("linux-x64", "linux-arm64", "darwin-arm64")) {
            String[] words = triple.split("-", -1);
            for (String version : List.of("0.1.0", "0.2.0")) {
                publish(PackageTarball.of("@esbuild/" + triple, version)
                        .field("os", "[\"" + words[0] + "\"]")
                        .field("cpu", "[\"" + words[1] + "\"]")
                        .program("bin/esbuild", "native " + version + "\n"));
            }
        }
        for (String version : List.of("0.1.0", "0.2.0")) {
            publish(PackageTarball.of("esbuild", version)
                    .field("bin", "{ \"esbuild\": \"bin/esbuild\" }")
                    .field(
                            "optionalDependencies",
                            "{ \"@esbuild/linux-x64\": \"%1$s\", \"@esbuild/linux-arm64\": \"%1$s\", \"@esbuild/darwin-arm64\": \"%1$s\" }"
                                    .formatted(version))
                    .file("bin/esbuild", "#!/usr/bin/env node\nshim\n"));
        }
        publish(PackageTarball.of("bundler-like", "1.0.0").dependency("esbuild", "0.1.0"));
        return new ParityProject("commands", """
                { "dependencies": { "bin-file": "1.0.0", "@scope/bin-file": "1.0.0", "bin-map": "1.0.0", "clash-b": "1.0.0",
                    "clash-a": "1.0.0", "clash-c": "1.0.0", "to-folder": "1.0.0", "bin-dir": "1.0.0", "nester": "1.0.0",
                    "other-name": "npm:bin-file@2.0.0", "esbuild": "0.2.0", "bundler-like": "1.0.0" },
                  "devDependencies": { "aaa-dev": "npm:clash-c@1.0.0" } }""");
    }

    /** Members whose commands are also those of packages and of each other. */
    private ParityProject memberCommands() {
        return new ParityProject("member-commands", """
                { "workspaces": ["packages/*"], "dependencies": { "bin-file": "1.0.0", "clash-c": "1.0.0", "esbuild": "0.2.0" } }""")
                .file("packages/a/package.json", """
                        { "name": "a-member", "bin": { "clash": "cli.js", "own": "./cli.js", "sub": "lib/s.js", "none": "no.js" },
                          "dependencies": { "bin-file": "2.0.0", "bin-dir": "1.0.0", "esbuild": "0.1.0" } }""")
                .file("packages/a/cli.js", "#!/usr/bin/env node\r\nconsole.log(1);\r\n")
                .program("packages/a/lib/s.js", "#!/bin/sh\n")
                .file("packages/z/package.json", """
                        { "name": "@acme/z-member", "directories": { "bin": "tools" }, "dependencies": { "a-member": "*" } }""")
                .file("packages/z/tools/own", "#!/usr/bin/env bun\n")
                .file("packages/z/tools/z-tool", "#!/usr/bin/env bun\n")
                .file("packages/z/tools/deep/no", "")
                .file("packages/y/package.json", "{ \"name\": \"zz-member\", \"bin\": \"run.js\" }")
                .file("packages/y/run.js", "no first line\n");
    }

    /** Commands that several have: declared packages, folders, members, peers, and what only others bring in, nested ones too. */
    private ParityProject whoseCommands() {
        tool("low-tool", "1.0.0", "pick", "also", "peered", "both");
        tool("low-tool", "2.0.0", "inner");
        tool("high-tool", "2.0.0", "pick", "both");
        tool("aa-low", "1.0.0", "foldered", "peered");
        tool("nested-two", "1.0.0", "two");
        tool("nested-two", "2.0.0", "inner", "two");
        tool("a-peer", "1.0.0", "peered", "asked");
        tool("z-asked", "1.0.0", "asked");
        publish(PackageTarball.of("bringer", "1.0.0")
                .dependency("low-tool", "1.0.0")
                .dependency("aa-low", "1.0.0")
                .dependency("a-peer", "1.0.0")
                .dependency("bundler-like", "1.0.0"));
        publish(PackageTarball.of("nester-too", "1.0.0")
                .dependency("low-tool", "2.0.0")
                .dependency("nested-two", "2.0.0"));
        return new ParityProject("whose-commands", """
                { "workspaces": ["packages/*"],
                  "dependencies": { "bringer": "1.0.0", "zz": "npm:high-tool@2.0.0", "nester-too": "1.0.0", "af": "file:folders/af",
                    "@z/m": "workspace:*", "z-asked": "1.0.0" },
                  "optionalDependencies": { "nested-two": "1.0.0" }, "peerDependencies": { "a-peer": "1" } }""")
                .file("folders/af/package.json", """
                        { "name": "af", "bin": { "also": "cli.js", "both": "cli.js", "foldered": "cli.js", "pick": "cli.js" } }""")
                .program("folders/af/cli.js", "#!/usr/bin/env node\n")
                .file("packages/m/package.json", """
                        { "name": "@z/m", "directories": { "bin": "tools" }, "devDependencies": { "elsewhere": "npm:nested-two@2.0.0" } }""")
                .file("packages/m/tools/also", "#!/usr/bin/env node\n")
                .file("packages/m/tools/pick", "#!/usr/bin/env node\n")
                .file("packages/m/tools/peered", "#!/usr/bin/env node\n")
                .file("packages/m/tools/esbuild", "#!/usr/bin/env node\n")
                .file("packages/ab/package.json", """
                        { "name": "ab", "bin": { "foldered": "cli.js", "both": "cli.js", "asked": "cli.js" },
                          "dependencies": { "@z/m": "*", "high-tool": "2.0.0", "zz": "npm:z-asked@1.0.0" },
                          "peerDependencies": { "a-peer": "*" } }""")
                .file("packages/ab/cli.js", "#!/usr/bin/env node\n");
    }

    private void tool(String name, String version, String... commands) {
        String bin = Stream.of(commands).map("\"%s\": \"cli.js\""::formatted).collect(Collectors.joining(", "));
        publish(programs(PackageTarball.of(name, version)).field("bin", "{ " + bin + " }"));
    }

    private ParityProject patched() {
        String lines = Stream.iterate(1, i -> i + 1)
                .limit(30)
                .map(i -> "line " + i + "\n")
                .reduce("", String::concat);
        for (String name : List.of("plain", "@scope/patched", "windows", "context-free", "renamed", "odd")) {
            publish(PackageTarball.of(name, "1.0.0")
                    .file("index.js", name.equals("windows") ? lines.replace("\n", "\r\n") : lines)
                    .file("old.js", "old\n")
                    .file("tool.sh", "#!/bin/sh\n")
                    .file("doc/a b.txt", "one\ntwo\n")
                    .file("no-newline", "last"));
        }
        return new ParityProject("patched", """
                { "dependencies": { "plain": "1.0.0", "@scope/patched": "1.0.0", "windows": "1.0.0", "context-free": "1.0.0",
                    "renamed": "1.0.0", "odd": "1.0.0", "alias": "npm:plain@1.0.0" },
                  "patchedDependencies": { "plain@1.0.0": "patches/plain@1.0.0.patch",
                    "@scope/patched@1.0.0": "patches/@scope%2Fpatched@1.0.0.patch",
                    "windows@1.0.0": "patches/windows.patch", "context-free@1.0.0": "patches/context-free.patch",
                    "renamed@1.0.0": "patches/deep/renamed.patch", "odd@1.0.0": "patches/odd.patch" } }""")
                .file("patches/odd.patch", """
                        diff --git a/old.js b/old.js
                        deleted file mode 100644
                        diff --git a/icon.png b/icon.png
                        index 0000001..0000002 100644
                        Binary files a/icon.png and b/icon.png differ
                        diff --git a/tool.sh b/tool.sh
                        new file mode 100755
                        --- /dev/null
                        +++ b/tool.sh
                        @@ -0,0 +1 @@
                        +replaced
                        diff --git a/index.js b/index.js
                        --- a/index.js
                        +++ b/index.js
                        @@ -1,3 +1,3 @@
                         line 1^
                        -line 2^
                        +LINE 2^
                         line 3^
                        """.replace("^\n", "\r\n"))
                .file("patches/plain@1.0.0.patch", """
                        diff --git a/index.js b/index.js
                        index 0000000..1111111 100644
                        --- a/index.js
                        +++ b/index.js
                        @@ -1,3 +1,3 @@
                         line 1
                        -line 2
                        +LINE 2
                         line 3
                        @@ -28,3 +28,4 @@
                         line 28
                         line 29
                         line 30
                        +line 31
                        """)
                .file("patches/@scope%2Fpatched@1.0.0.patch", """
                        diff --git a/new.js b/new.js
                        new file mode 100644
                        index 0000000000000000000000000000000000000000..ce013625030ba8dba906f756967f9e9ca394464a
                        --- /dev/null
                        +++ b/new.js
                        @@ -0,0 +1,1 @@
                        +hello
                        diff --git a/old.js b/old.js
                        deleted file mode 100644
                        index 3367afdbbf91e638efe983616377c60477cc6612..0000000000000000000000000000000000000000
                        --- a/old.js
                        +++ /dev/null
                        @@ -1,1 +0,0 @@
                        -old
                        diff --git a/tool.sh b/tool.sh
                        old mode 100644
                        new mode 100755
                        diff --git a/no-newline b/no-newline
                        --- a/no-newline
                        +++ b/no-newline
                        @@ -1,1 +1,1 @@
                        -last
                        \\ No newline at end of file
                        +first
                        """)
                .file(
                        "patches/windows.patch",
                        "--- a/index.js\n+++ b/index.js\n@@ -1,3 +1,3 @@\n line 1\r\n-line 2\r\n+LINE 2\r\n line 3\r\n")
                .file("patches/context-free.patch", """
                        --- a/index.js
                        +++ b/index.js
                        @@ -5,1 +5,1 @@
                        -line 5
                        +LINE 5
                        @@ -9,0 +10,2 @@
                        +more
                        +and more
                        """)
                .file("patches/deep/renamed.patch", """
                        diff --git a/doc/a b.txt b/doc/a b.txt
                        --- a/doc/a b.txt
                        +++ b/doc/a b.txt
                        @@ -1,2 +1,2 @@
                         one
                        -two
                        +TWO
                        diff --git a/old.js b/lib.js
                        similarity index 100%
                        rename from old.js
                        rename to lib.js
                        diff --git a/tool.sh b/tool.sh
                        old mode 100644
                        new mode 100755
                        --- a/tool.sh
                        +++ b/tool.sh
                        @@ -1,1 +1,2 @@
                         #!/bin/sh
                        +echo
                        """);
    }

    /** Required and optional peers, present, absent and of several versions. */
    private ParityProject peers() {
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
            publish(PackageTarball.of("host", version));
        }
        publish(PackageTarball.of("plugin", "1.0.0").field("peerDependencies", "{ \"host\": \"^1.0.0\" }"));
        publish(PackageTarball.of("maybe", "1.0.0")
                .field("peerDependencies", "{ \"absent\": \"*\", \"host\": \"*\", \"low\": \"1\" }")
                .field(
                        "peerDependenciesMeta",
                        "{ \"absent\": { \"optional\": true }, \"low\": { \"optional\": true } }"));
        publish(PackageTarball.of("absent", "1.0.0"));
        publish(PackageTarball.of("user-of-two", "1.0.0")
                .dependency("host", "2.0.0")
                .dependency("plugin", "1.0.0"));
        publish(PackageTarball.of("user-of-newer", "1.0.0").dependency("host", "1.1.0"));
        // 1.3 binds the peer to what stands at the top, 1.4 to the newest that fits
        for (String version : List.of("1.0.0", "1.1.0")) {
            publish(PackageTarball.of("rebound", version));
        }
        publish(PackageTarball.of("a-user", "1.0.0").dependency("rebound", "1.0.0"));
        publish(PackageTarball.of("b-user", "1.0.0").dependency("rebound", "1.1.0"));
        publish(PackageTarball.of("asks", "1.0.0").field("peerDependencies", "{ \"rebound\": \"^1.0.0\" }"));
        publish(PackageTarball.of("lonely-plugin", "1.0.0").field("peerDependencies", "{ \"only-peer\": \"^1.0.0\" }"));
        publish(PackageTarball.of("optional-peer", "1.0.0")
                .field("peerDependencies", "{ \"for-dev\": \"*\" }")
                .field("peerDependenciesMeta", "{ \"for-dev\": { \"optional\": true } }"));
        publish(PackageTarball.of("for-dev", "1.0.0"));
        publish(PackageTarball.of("only-peer", "1.0.0").dependency("leaf", "3.0.0"));
        return new ParityProject("peers", """
                { "dependencies": { "plugin": "1.0.0", "maybe": "1.0.0", "user-of-two": "1.0.0", "host": "1.0.0",
                    "user-of-newer": "1.0.0", "a-user": "1.0.0", "b-user": "1.0.0",
                    "lonely-plugin": "1.0.0", "optional-peer": "1.0.0" },
                  "devDependencies": { "leaf": "1.0.0", "for-dev": "1.0.0", "asks": "1.0.0" },
                  "peerDependencies": { "low": "^1.0.0" } }""");
    }

    /** Optional peers that something else brought into the lockfile: what the project once asked for, development, or a member. */
    private ParityProject optionalPeers() {
        publish(PackageTarball.of("driver", "1.0.0")
                .dependency("native-part", "1.0.0")
                .field("optionalDependencies", "{ \"faster\": \"1.0.0\" }"));
        for (String name :
                List.of("native-part", "faster", "colors", "of-member", "of-root", "never-locked", "twice", "or-not")) {
            publish(PackageTarball.of(name, "1.0.0"));
        }
        publish(PackageTarball.of("colors", "2.0.0"));
        publish(asking("orm", "driver", "never-locked"));
        publish(asking("logger", "colors").dependency("deeper-logger", "1.0.0"));
        publish(asking("deeper-logger", "colors", "faster"));
        publish(asking("for-some", "colors", "driver"));
        publish(asking("of-both", "of-member", "of-root"));
        return new ParityProject("optional-peers", """
                { "workspaces": ["packages/*"], "dependencies": { "orm": "1.0.0" },
                  "devDependencies": { "colors": "1.0.0", "twice": "1.0.0" }, "optionalDependencies": { "or-not": "1.0.0" },
                  "peerDependencies": { "of-root": "1", "twice": "*", "or-not": "*" },
                  "peerDependenciesMeta": { "of-root": { "optional": true }, "twice": { "optional": true },
                    "or-not": { "optional": true } } }""")
                .formerly("""
                        { "workspaces": ["packages/*"], "dependencies": { "orm": "1.0.0", "driver": "1.0.0" },
                          "devDependencies": { "colors": "1.0.0" },
                          "peerDependencies": { "of-root": "1" },
                          "peerDependenciesMeta": { "of-root": { "optional": true } } }""")
                .file("packages/one/package.json", """
                        { "name": "one", "dependencies": { "logger": "1.0.0", "two": "workspace:*" },
                          "devDependencies": { "colors": "2.0.0" }, "optionalDependencies": { "for-some": "1.0.0" } }""")
                .file("packages/two/package.json", """
                        { "name": "two", "dependencies": { "of-both": "1.0.0", "three": "*" },
                          "peerDependencies": { "of-member": "*", "driver": "*" },
                          "peerDependenciesMeta": { "of-member": { "optional": true }, "driver": { "optional": true } } }""")
                .file("packages/three/package.json", """
                        { "name": "three", "devDependencies": { "of-root": "1.0.0", "of-member": "1.0.0" } }""");
    }

    private static PackageTarball.Builder asking(String name, String... optionalPeers) {
        String peers = Stream.of(optionalPeers).map("\"%s\": \"*\""::formatted).collect(Collectors.joining(", "));
        String optional = Stream.of(optionalPeers)
                .map("\"%s\": { \"optional\": true }"::formatted)
                .collect(Collectors.joining(", "));
        return PackageTarball.of(name, "1.0.0")
                .field("peerDependencies", "{ " + peers + " }")
                .field("peerDependenciesMeta", "{ " + optional + " }");
    }

    private ParityProject limited() {
        limited("only-mac", "os", "[\"darwin\"]");
        limited("only-arm", "cpu", "[\"arm64\", \"arm\"]");
        limited("not-windows", "os", "[\"!win32\"]");
        limited("only-linux", "os", "\"linux\"");
        limited("only-haiku", "os", "[\"haiku\"]");
        for (String libc : List.of("musl", "glibc")) {
            publish(PackageTarball.of("native-" + libc, "1.0.0")
                    .field("os", "[\"linux\"]")
                    .field("cpu", "[\"x64\"]")
                    .field("libc", "[\"" + libc + "\"]"));
        }
        publish(PackageTarball.of("picker", "1.0.0").field("optionalDependencies", """
                { "native-musl": "1.0.0", "native-glibc": "1.0.0", "only-mac": "1.0.0" }"""));
        return new ParityProject("limited", """
                { "dependencies": { "picker": "1.0.0", "only-linux": "1.0.0" },
                  "optionalDependencies": { "only-arm": "1.0.0", "not-windows": "1.0.0", "only-haiku": "1.0.0" } }""");
    }

    private void limited(String name, String field, String json) {
        publish(PackageTarball.of(name, "1.0.0").field(field, json).dependency("of-" + name, "1.0.0"));
        publish(PackageTarball.of("of-" + name, "1.0.0"));
    }

    /** git, GitHub, and tarballs by URL and path. */
    private ParityProject fetched() throws IOException {
        String commit = repository();
        github.publish(SLUG, folder.resolve("work"), commit);
        byte[] archive = Command.of(
                        "git",
                        "archive",
                        "--format=tar.gz",
                        "--prefix=owner-x-repo.name-" + commit.substring(0, 7) + "/",
                        commit)
                .in(folder.resolve("work"))
                .runOrFail()
                .bytes();
        github.serve("/repos/" + SLUG + "/tarball/v1.0.0", "application/x-gzip", archive);
        registry.serve(
                "/files/remote.tgz",
                "application/octet-stream",
                programs(PackageTarball.of("real-remote", "5.0.0").field("bin", "\"cli.js\""))
                        .top("odd top")
                        .build()
                        .bytes());
        return new ParityProject("fetched", """
                { "workspaces": ["packages/*"],
                  "dependencies": { "remote": "%1$s/files/remote.tgz", "packed": "file:vendor/packed-1.0.0.tgz",
                    "from-git": "git+%1$s/repo.git#v1.0.0", "from-github": "github:owner-x/repo.name#v1.0.0" } }""".formatted(registry.url()))
                .file(
                        "vendor/packed-1.0.0.tgz",
                        programs(PackageTarball.of("really-packed", "1.0.0").field("bin", "\"cli.js\""))
                                .build()
                                .bytes())
                .file("packages/one/package.json", """
                        { "name": "one", "dependencies": { "packed": "file:../../vendor/packed-1.0.0.tgz" } }""");
    }

    private String repository() throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("package.json"), """
                { "name": "git-real-name", "version": "1.0.0", "bin": { "from-git": "cli.js" },
                  "dependencies": { "leaf": "3.0.0" } }""");
        Files.writeString(work.resolve("cli.js"), "#!/usr/bin/env node\n");
        Files.createDirectories(work.resolve("docs"));
        Files.writeString(work.resolve("docs/left-out.md"), "export-ignore\n");
        Files.writeString(work.resolve(".gitattributes"), "docs/*.md export-ignore\n");
        Files.writeString(work.resolve(".npmignore"), "cli.js\n");
        Files.createDirectories(work.resolve("node_modules/tracked"));
        Files.writeString(work.resolve("node_modules/tracked/index.js"), "tracked\n");
        Files.createDirectories(work.resolve("sub/node_modules/tracked"));
        Files.writeString(work.resolve("sub/node_modules/tracked/index.js"), "tracked\n");
        Files.createSymbolicLink(work.resolve("linked.js"), Path.of("cli.js"));
        Files.createSymbolicLink(work.resolve("sub/up.js"), Path.of("../cli.js"));
        Files.createSymbolicLink(work.resolve("twice.js"), Path.of("sub/up.js"));
        Files.createSymbolicLink(work.resolve("folder"), Path.of("sub"));
        Files.createSymbolicLink(work.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(work.resolve("outward"), Path.of("../../package.json"));
        String commit = TinyProject.commit(work, "v1.0.0");
        Path bare = folder.resolve("repo.git");
        Command.of("git", "clone", "-q", "--bare", work.toString(), bare.toString())
                .runOrFail();
        Command.of("git", "update-server-info").in(bare).runOrFail();
        try (Stream<Path> paths = Files.walk(bare)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                registry.serve(
                        "/repo.git/" + bare.relativize(path), "application/octet-stream", Files.readAllBytes(path));
            }
        }
        registry.serve(
                "/repo.git/info/refs?service=git-upload-pack",
                "text/plain",
                Files.readAllBytes(bare.resolve("info/refs")));
        return commit;
    }

    private ParityProject bundled() {
        publish(PackageTarball.of("inner", "1.0.0").field("bin", "\"cli.js\"").file("cli.js", "#!/bin/sh\n"));
        publish(PackageTarball.of("inner", "2.0.0"));
        publish(PackageTarball.of("bundler", "1.0.0")
                .dependency("inner", "^1.0.0")
                .dependency("leaf", "1.0.0")
                .dependency("@scope/in", "^1.0.0")
                .dependency("low", "2.0.0")
                .field("bundledDependencies", "[\"inner\", \"@scope/in\"]")
                .field("bundleDependencies", "[\"inner\", \"@scope/in\"]")
                .file(
                        "node_modules/inner/package.json",
                        "{ \"name\": \"inner\", \"version\": \"1.0.7\", \"bin\": \"cli.js\" }")
                .file("node_modules/inner/cli.js", "#!/bin/sh\n")
                .file("node_modules/@scope/in/package.json", "{ \"name\": \"@scope/in\", \"version\": \"1.0.0\" }")
                .link("node_modules/.bin/inner", "../inner/cli.js"));
        publish(PackageTarball.of("@scope/in", "1.0.0")
                .dependency("leaf", "3.0.0")
                .dependency("absent", "1.0.0"));
        return new ParityProject("bundled", """
                { "dependencies": { "bundler": "1.0.0", "inner": "2.0.0", "leaf": "2.0.0" },
                  "devDependencies": { "loop-a": "1.0.0" } }""");
    }

    /** Folders that are copied, links, and the project in itself. */
    private ParityProject folders() {
        return new ParityProject("folders", """
                { "workspaces": ["packages/*"],
                  "dependencies": { "folder": "file:vendor/folder", "linked": "link:linked" } }""")
                .file("vendor/folder/package.json", """
                        { "name": "real-folder", "version": "1.0.0", "bin": { "from-folder": "bin/run.js" },
                          "dependencies": { "leaf": "1.0.0", "bin-file": "2.0.0" }, "devDependencies": { "low": "2.0.0" } }""")
                // isolated, Bun would make the project's own file a program
                .program("vendor/folder/bin/run.js", "#!/usr/bin/env node\r\nrun\r\n")
                .file("vendor/folder/lib/file.js", "file\n")
                .program("vendor/folder/tool", "#!/bin/sh\n")
                .file("vendor/folder/.hidden", "dot\n")
                .link("vendor/folder/inside", "bin/run.js")
                .file("vendor/folder/node_modules/left/index.js", "left by an installer\n")
                .file("vendor/folder/lib/node_modules/deep/index.js", "deep\n")
                .file("packages/one/package.json", """
                        { "name": "one", "dependencies": { "folder": "file:../../vendor/folder", "leaf": "2.0.0" } }""")
                .file("packages/two/package.json", """
                        { "name": "two", "dependencies": { "near": "file:./near", "bin-file": "1.0.0" } }""")
                .file("packages/two/near/package.json", "{ \"name\": \"near\", \"version\": \"1.0.0\" }");
    }

    /** Isolated, what packages find that do not declare it: at the top, and below .bun. */
    private ParityProject hoisting() {
        return new ParityProject("hoisting", """
                { "workspaces": ["packages/*"],
                  "dependencies": { "leaf": "2.0.0", "@scope/mid": "1.0.0", "renamer": "1.0.0", "nester": "1.0.0" } }""")
                .file("bunfig.toml", """
                        [install]
                        publicHoistPattern = [
                          "*", # all but
                          '!@scope/deep', " !loop-* ",
                        ]
                        hoistPattern = ["@scope/*", "leaf*", "bin-*", "!bin-dir", "loop-*", "*-again"]
                        """)
                .file("packages/a/package.json", """
                        { "name": "a-tool", "dependencies": { "b-tool": "workspace:*", "leaf-one": "npm:leaf@1.0.0",
                            "leaf-again": "npm:leaf@2.0.0", "clash-c": "1.0.0" }, "devDependencies": { "loop-a": "1.0.0" } }""")
                .file("packages/b/package.json", """
                        { "name": "b-tool", "bin": "run.js", "dependencies": { "bin-file": "1.0.0" } }""")
                .program("packages/b/run.js", "#!/usr/bin/env node\n")
                // its name is that of a package, too
                .file("packages/c/package.json", "{ \"name\": \"loop-b\", \"version\": \"9.0.0\" }");
    }

    /** What tar can say and npm does not write. */
    private ParityProject oddTarballs() {
        odd(
                "odd-links",
                tar -> tar.link("package/soft", "index.js")
                        .link("package/out", "../../../../etc/passwd")
                        .link("package/absolute", "/etc/passwd")
                        .link("package/dir", "/tmp")
                        .file("package/dir/through", "through\n")
                        .file("package/index.js", "index\n")
                        .special("package/hard", TarConstants.LF_LINK, "package/index.js")
                        .special("package/fifo", TarConstants.LF_FIFO, "")
                        .special("package/device", TarConstants.LF_CHR, ""));
        odd(
                "odd-tops",
                tar -> tar.file("other/b.js", "b\n")
                        .file("lonely", "top\n")
                        .file("a/./c.js", "c\n")
                        .file("x//d.js", "d\n")
                        .file("package//sub//deep.js", "deep\n")
                        .special("package/empty/", TarConstants.LF_DIR, "")
                        .special("package/full/", TarConstants.LF_DIR, "")
                        .file("package/full/e.js", "e\n"));
        odd("odd-modes", tar -> {
            for (int mode : new int[] {0, 0100, 0400, 0444, 0600, 0640, 0644, 0711, 0755, 0777, 01755, 02755, 04755}) {
                tar.file("package/mode-%04o".formatted(mode), new byte[0], mode);
            }
        });
        odd(
                "odd-twice",
                tar -> tar.file("package/same.js", "first\n")
                        .file("package/same.js", "second\n")
                        .file("package/Case.js", "upper\n")
                        .file("package/case.js", "lower\n")
                        .file("package/dir/Name", "upper\n")
                        .file("package/Dir/name", "lower\n")
                        .file("package/ümläut.js", "utf-8\n")
                        .file("package/" + "long/".repeat(30) + "name.js", "long\n")
                        .file("package/ .js", "blank\n")
                        .file("package/new\nline.js", "line\n")
                        .file("package/.npmrc", "rc\n")
                        .file("package/.gitignore", "ignore\n"));
        oddBytes("odd-garbage", tar -> joined(TarBuilder.gzip(tar), "garbage".repeat(200)));
        oddBytes("odd-zeros", tar -> joined(TarBuilder.gzip(tar), "\0".repeat(1000)));
        return new ParityProject("odd-tarballs", """
                { "dependencies": { "odd-garbage": "1.0.0", "odd-zeros": "1.0.0",
                    "odd-links": "1.0.0", "odd-tops": "1.0.0", "odd-modes": "1.0.0", "odd-twice": "1.0.0" } }""");
    }

    private interface Contents {
        void into(TarBuilder tar);
    }

    private void odd(String name, Contents contents) {
        PackageTarball plain = PackageTarball.of(name, "1.0.0").build();
        TarBuilder tar = TarBuilder.npm(plain.manifest().toString());
        contents.into(tar);
        registry.publish(new PackageTarball(name, "1.0.0", plain.manifest(), tar.tgz()));
    }

    private void oddBytes(String name, UnaryOperator<byte[]> packing) {
        PackageTarball plain = PackageTarball.of(name, "1.0.0").build();
        byte[] tar = TarBuilder.npm(plain.manifest().toString()).tar();
        registry.publish(new PackageTarball(name, "1.0.0", plain.manifest(), packing.apply(tar)));
    }

    private static byte[] joined(byte[] start, String end) {
        byte[] all = Arrays.copyOf(start, start.length + end.length());
        System.arraycopy(end.getBytes(StandardCharsets.ISO_8859_1), 0, all, start.length, end.length());
        return all;
    }

    private void command(String name, String bin) {
        publish(programs(PackageTarball.of(name, "1.0.0").field("bin", bin)));
    }

    private static PackageTarball.Builder programs(PackageTarball.Builder builder) {
        return builder.file("cli.js", "#!/usr/bin/env node\r\nsecond\r\n").file("lib/a.js", "no first line\n");
    }

    private void publish(PackageTarball.Builder builder) {
        registry.publish(builder.build());
    }
}

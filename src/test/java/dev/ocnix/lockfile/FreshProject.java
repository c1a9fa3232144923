package dev.ocnix.lockfile;

import com.google.gson.JsonObject;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TarBuilder;
import dev.ocnix.testing.TinyProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A project with everything that a lockfile can say, its registry, git server and GitHub, for Bun to lock. */
final class FreshProject implements AutoCloseable {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String PATCH = """
            diff --git a/new.txt b/new.txt
            new file mode 100644
            index 0000000000000000000000000000000000000000..ce013625030ba8dba906f756967f9e9ca394464a
            --- /dev/null
            +++ b/new.txt
            @@ -0,0 +1,1 @@
            +hello
            """;

    private final LoopbackRegistry registry = LoopbackRegistry.start();
    private final LoopbackServer files = LoopbackServer.start();
    private final Path folder;

    FreshProject(Path folder) throws IOException {
        this.folder = folder;
        publish();
        publishOdd();
        repositories();
    }

    /** Locks the project with a release of Bun, which must not have seen it before, into a folder of its own. */
    Path lock(Bun bun, String name, boolean binary, String manifest) throws IOException {
        Path project = Files.createDirectories(folder.resolve(name));
        Path linked = Files.createDirectories(folder.resolve(name + "-linked"));
        Files.writeString(linked.resolve("package.json"), "{ \"name\": \"linked\", \"version\": \"3.2.1\" }");
        command(bun, linked, "link").runOrFail();
        write(project, "package.json", manifest);
        write(project, "packages/one/package.json", """
                { "name": "one", "version": "0.1.0-beta.1", "bin": "one.js",
                  "dependencies": { "@fresh/two": "workspace:*", "plain": "1.0.0" },
                  "peerDependencies": { "needed": "^1.0.0", "absent": "*" },
                  "peerDependenciesMeta": { "absent": { "optional": true } } }""");
        write(project, "packages/two/package.json", """
                { "name": "@fresh/two", "bin": { "two": "two.js", "deux": "deux.js" },
                  "devDependencies": { "also-plain": "npm:plain@^1.0.0" },
                  "optionalDependencies": { "needed": "1.x" } }""");
        write(project, "packages/one/one.js", "");
        write(project, "packages/two/two.js", "");
        write(project, "packages/two/deux.js", "");
        write(project, "patches/plain@2.0.0.patch", PATCH);
        write(project, "vendor/folder/package.json", """
                { "name": "real-folder", "version": "1.0.0", "dependencies": { "plain": "2.x" } }""");
        Files.write(
                project.resolve("vendor/packed-1.0.0.tgz"),
                PackageTarball.of("really-packed", "1.0.0")
                        .field("bin", "\"p.js\"")
                        .file("p.js", "")
                        .build()
                        .bytes());
        write(project, "bunfig.toml", binary ? "[install]\nsaveTextLockfile = false\n" : "");
        command(bun, project, "install", "--ignore-scripts").runOrFail();
        return project.resolve(binary ? "bun.lockb" : "bun.lock");
    }

    /** The text lockfile that a newer Bun makes of a binary one. */
    Path translate(Bun bun, Path binary) throws IOException {
        Path project = binary.getParent();
        Files.delete(project.resolve("bunfig.toml"));
        command(
                        bun,
                        project,
                        "install",
                        "--save-text-lockfile",
                        "--frozen-lockfile",
                        "--lockfile-only",
                        "--ignore-scripts")
                .runOrFail();
        return project.resolve("bun.lock");
    }

    /** The dependencies that every release knows, as members of package.json. */
    String everything() {
        return """
                "name": "fresh", "version": "1.0.0", "workspaces": ["packages/*"],
                "dependencies": {
                  "plain": "^2.0.0", "@scope/tool": "latest", "renamed": "npm:@scope/tool@1.2.3-rc.1", "nester": "*",
                  "bundler": "1.0.0", "bin-file": "1.0.0", "bin-named": "1.0.0", "bin-map": "1.0.0", "bin-dir": "1.0.0",
                  "scripted": "1.0.0", "peerful": "1.0.0", "big": "1.0.4294967295", "odd-url": "1.0.0",
                  "sha1": "1.0.0", "sha256": "1.0.0", "sha384": "1.0.0", "hashless": "1.0.0",
                  "remote": "%1$s/files/remote.tgz", "packed": "file:vendor/packed-1.0.0.tgz",
                  "folder": "file:vendor/folder", "linked": "link:linked",
                  "from-git": "git+%2$s/repo.git#v1.0.0", "from-github": "github:owner-x/repo.name#main" },
                "devDependencies": { "over": "1.0.0" },
                "optionalDependencies": {
                  "only-mac": "1.0.0", "only-arm": "1.0.0", "only-musl": "1.0.0", "not-windows": "1.0.0",
                  "only-haiku": "1.0.0" },
                "peerDependencies": { "needed": "^1.0.0" },
                "patchedDependencies": { "plain@2.0.0": "patches/plain@2.0.0.patch" }
                """.formatted(files.url(), files.url());
    }

    private void publish() {
        for (String version : List.of("1.0.0", "1.0.1", "2.0.0")) {
            registry.publish(PackageTarball.of("plain", version).build());
        }
        registry.publish(PackageTarball.of("@scope/tool", "1.2.3-rc.1").build());
        registry.publish(PackageTarball.of("@scope/tool", "1.2.3+build.5").build());
        registry.publish(PackageTarball.of("nester", "1.0.0")
                .dependency("plain", "~1.0.0")
                .dependency("@scope/deep", "1.0.0")
                .build());
        registry.publish(PackageTarball.of("@scope/deep", "1.0.0")
                .dependency("@scope/tool", "1.2.3-rc.1")
                .build());
        registry.publish(PackageTarball.of("inner", "1.0.0").build());
        registry.publish(PackageTarball.of("bundler", "1.0.0")
                .dependency("inner", "^1.0.0")
                .field("bundledDependencies", "[\"inner\"]")
                .field("bundleDependencies", "[\"inner\"]")
                .file("node_modules/inner/package.json", "{ \"name\": \"inner\", \"version\": \"1.0.0\" }")
                .build());
        publishWith("bin-file", "bin", "\"cli.js\"");
        publishWith("bin-named", "bin", "{ \"command\": \"cli.js\" }");
        publishWith("bin-map", "bin", "{ \"b\": \"cli.js\", \"a\": \"./lib/a.js\" }");
        publishWith("bin-dir", "directories", "{ \"bin\": \"lib\" }");
        registry.publish(PackageTarball.of("scripted", "1.0.0")
                .field("scripts", "{ \"install\": \"exit 1\" }")
                .field("hasInstallScript", "true")
                .build());
        registry.publish(PackageTarball.of("peerful", "1.0.0")
                .field("peerDependencies", "{ \"plain\": \">=1\", \"absent\": \"*\", \"needed\": \"1\" }")
                .field(
                        "peerDependenciesMeta",
                        "{ \"absent\": { \"optional\": true }, \"needed\": { \"optional\": true } }")
                .build());
        registry.publish(PackageTarball.of("needed", "1.5.0").build());
        registry.publish(PackageTarball.of("big", "1.0.4294967295").build());
        for (String version : List.of("1.0.0", "1.1.0")) {
            registry.publish(PackageTarball.of("over", version).build());
        }
        publishWith("only-mac", "os", "[\"darwin\"]");
        publishWith("only-arm", "cpu", "[\"arm64\", \"arm\"]");
        registry.publish(PackageTarball.of("only-musl", "1.0.0")
                .field("os", "[\"linux\"]")
                .field("cpu", "[\"x64\"]")
                .field("libc", "[\"musl\"]")
                .build());
        publishWith("not-windows", "os", "[\"!win32\"]");
        publishWith("only-haiku", "os", "[\"haiku\"]");
    }

    private void publishWith(String name, String field, String json) {
        registry.publish(PackageTarball.of(name, "1.0.0")
                .field(field, json)
                .file("cli.js", "")
                .file("lib/a.js", "")
                .build());
    }

    private void publishOdd() {
        PackageTarball odd = PackageTarball.of("odd-url", "1.0.0").build();
        files.serve("/odd/path/1.0.0.tgz?x=1", "application/octet-stream", odd.bytes());
        registry.publish(odd, dist(files.url() + "/odd/path/1.0.0.tgz?x=1", "integrity", odd.integrity()));
        PackageTarball sha1 = PackageTarball.of("sha1", "1.0.0").build();
        registry.publish(sha1, dist(registry.url(sha1), "shasum", sha1.shasum()));
        for (String algorithm : List.of("SHA-256", "SHA-384")) {
            PackageTarball tarball = PackageTarball.of(
                            algorithm.replace("-", "").toLowerCase(Locale.ROOT), "1.0.0")
                    .build();
            registry.publish(tarball, dist(registry.url(tarball), "integrity", tarball.integrity(algorithm)));
        }
        PackageTarball hashless = PackageTarball.of("hashless", "1.0.0").build();
        registry.publish(hashless, dist(registry.url(hashless), "fileCount", "1"));
        files.serve(
                "/files/remote.tgz",
                "application/octet-stream",
                PackageTarball.of("real-remote", "5.0.0")
                        .dependency("plain", "1.0.0")
                        .build()
                        .bytes());
    }

    private static JsonObject dist(String url, String field, String value) {
        JsonObject dist = new JsonObject();
        dist.addProperty("tarball", url);
        dist.addProperty(field, value);
        return dist;
    }

    private void repositories() throws IOException {
        String manifest =
                "{ \"name\": \"git-real-name\", \"version\": \"1.0.0\", \"dependencies\": { \"plain\": \"1.0.1\" } }";
        Path work = Files.createDirectories(folder.resolve("work"));
        write(work, "package.json", manifest);
        TinyProject.commit(work, "v1.0.0");
        Path bare = folder.resolve("repo.git");
        Command.of("git", "clone", "-q", "--bare", work.toString(), bare.toString())
                .runOrFail();
        Command.of("git", "update-server-info").in(bare).runOrFail();
        try (Stream<Path> paths = Files.walk(bare)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.serve("/repo.git/" + bare.relativize(path), "application/octet-stream", Files.readAllBytes(path));
            }
        }
        Path refs = bare.resolve("info/refs");
        files.serve("/repo.git/info/refs?service=git-upload-pack", "text/plain", Files.readAllBytes(refs));
        String top = "owner-x-repo.name-" + COMMIT.substring(0, 7);
        byte[] archive = new TarBuilder()
                .comment(COMMIT)
                .special(top + "/", TarConstants.LF_DIR, "")
                .file(top + "/package.json", manifest.replace("git-real-name", "github-real-name"))
                .tgz();
        files.serve("/repos/owner-x/repo.name/tarball/main", "application/x-gzip", archive);
    }

    private Command command(Bun bun, Path in, String... arguments) {
        return bun.from(registry.url() + "/", in, arguments).with("GITHUB_API_URL", files.url());
    }

    private static void write(Path folder, String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
        files.close();
    }
}

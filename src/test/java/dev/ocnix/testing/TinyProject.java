package dev.ocnix.testing;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A Bun project of one root package, locked to tarballs that a test made: no Bun and no npm are needed. */
public final class TinyProject {
    private static final PersonIdent AUTHOR =
            new PersonIdent("test", "test@example.org", Instant.EPOCH, ZoneOffset.UTC);

    private TinyProject() {}

    /** Writes package.json, index.js and bun.lock (lockfileVersion 1) into a folder, made if need be. */
    public static Path write(Path folder, String name, List<PackageTarball> tarballs) {
        JsonObject dependencies = new JsonObject();
        tarballs.forEach(tarball -> dependencies.addProperty(tarball.name(), tarball.version()));
        JsonObject manifest = new JsonObject();
        manifest.addProperty("name", name);
        manifest.addProperty("version", "1.0.0");
        manifest.addProperty("bin", "index.js");
        manifest.add("dependencies", dependencies);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("package.json"), manifest + "\n");
            Files.writeString(folder.resolve("index.js"), "#!/usr/bin/env node\nconsole.log(1);\n");
            Files.writeString(folder.resolve("bun.lock"), lockfile(name, dependencies, tarballs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static String lockfile(String name, JsonObject dependencies, List<PackageTarball> tarballs) {
        StringBuilder packages = new StringBuilder();
        for (PackageTarball tarball : tarballs) {
            JsonObject info = new JsonObject();
            for (String field : List.of("dependencies", "optionalDependencies", "os", "cpu", "bin")) {
                if (tarball.manifest().has(field)) {
                    info.add(field, tarball.manifest().get(field));
                }
            }
            packages.append("    \"%s\": [\"%s@%s\", \"\", %s, \"%s\"],%n"
                    .formatted(tarball.name(), tarball.name(), tarball.version(), info, tarball.integrity()));
        }
        return """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": { "name": "%s", "dependencies": %s },
                  },
                  "packages": {
                %s  },
                }
                """.formatted(name, dependencies, packages);
    }

    /**
     * Commits a folder as a git repository with the branch {@code main} and an annotated tag.
     *
     * @return the full commit id
     */
    public static String commit(Path folder, String tag) {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            git.add().addFilepattern(".").call();
            String commit = git.commit()
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .setMessage("test")
                    .call()
                    .getName();
            git.tag()
                    .setName(tag)
                    .setTagger(AUTHOR)
                    .setMessage(tag)
                    .setSigned(false)
                    .call();
            return commit;
        } catch (GitAPIException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.ocnix.fetch.source;

import dev.ocnix.testing.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A git work tree made by git itself, which sees no configuration but what a test gives it. */
final class GitFixture {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HOME", "/nonexistent",
            "XDG_CONFIG_HOME", "/nonexistent",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_AUTHOR_NAME", "Ada Ärger",
            "GIT_AUTHOR_EMAIL", "ada@example.org",
            "GIT_AUTHOR_DATE", "1700000000 +0530",
            "GIT_COMMITTER_NAME", "Bo",
            "GIT_COMMITTER_EMAIL", "bo@example.org",
            "GIT_COMMITTER_DATE", "1700000100 -0800");

    private final Path folder;
    private final List<Staged> staged = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Staged(String path, String mode, byte[] content) {}

    GitFixture(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        git("init", "-q", "-b", "main");
    }

    Path folder() {
        return folder;
    }

    Path bare(Path target) {
        git("clone", "-q", "--bare", folder.toString(), target.toString());
        return target;
    }

    static Command command(Path in, String... arguments) {
        return Command.of("git").and(arguments).in(in).with(ENVIRONMENT);
    }

    String git(String... arguments) {
        return command(folder, arguments).runOrFail().out().strip();
    }

    GitFixture write(String path, String content) throws IOException {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    GitFixture write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    /** Commits all files as they are, without any conversion, and gives the commit's id. */
    String commit(String message) throws IOException {
        git("-c", "core.autocrlf=false", "add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    /** Puts a file's bytes into the next commit past all attributes. */
    GitFixture stage(String path, String mode, byte[] content) {
        staged.add(new Staged(path, mode, content));
        return this;
    }

    /** Commits what is staged. */
    String commitStaged(String message) throws IOException {
        Path blobs = Files.createTempDirectory("ocnix-blobs-");
        List<String> hash = new ArrayList<>(List.of("hash-object", "-w", "--no-filters"));
        for (int i = 0; i < staged.size(); i++) {
            hash.add(Files.write(blobs.resolve("" + i), staged.get(i).content).toString());
        }
        if (!staged.isEmpty()) {
            String[] ids = git(hash.toArray(String[]::new)).split("\n", -1);
            List<String> update = new ArrayList<>(List.of("update-index", "--add"));
            for (int i = 0; i < ids.length; i++) {
                update.addAll(List.of("--cacheinfo", staged.get(i).mode + "," + ids[i] + "," + staged.get(i).path));
                Files.delete(blobs.resolve("" + i));
            }
            git(update.toArray(String[]::new));
            staged.clear();
        }
        Files.delete(blobs);
        git("commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    /** What {@code git archive} gives, unpacked. */
    Path archive(String commit, Path target) throws IOException {
        Files.createDirectories(target);
        Path tar = target.resolveSibling(target.getFileName() + ".tar");
        git("archive", "--format=tar", "-o", tar.toString(), commit);
        Command.of("tar", "xf", tar.toString(), "-C", target.toString()).runOrFail();
        return target;
    }

    /** GitHub's tar.gz of a commit. */
    Path gitHubArchive(String commit, Path target) {
        git("archive", "--format=tar.gz", "--prefix=repo-" + commit + "/", "-o", target.toString(), commit);
        return target;
    }

    /** What {@code fetchgit} keeps of a clone. */
    Path checkout(String commit, Path target) throws IOException {
        git("clone", "-q", "--no-checkout", folder.toString(), target.toString());
        command(target, "checkout", "-q", commit).runOrFail();
        Command.of("rm", "-rf", target.resolve(".git").toString()).runOrFail();
        return target;
    }
}

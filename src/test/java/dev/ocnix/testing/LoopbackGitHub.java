package dev.ocnix.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of GitHub a pinned source needs: archives of commits, and what a repository's tags and branches are, as git's
 * <a href="https://git-scm.com/docs/gitprotocol-http">smart protocol, version 0</a>, advertises them.
 */
public final class LoopbackGitHub extends LoopbackServer {
    private LoopbackGitHub() {}

    public static LoopbackGitHub start() {
        LoopbackGitHub github = new LoopbackGitHub();
        github.open();
        return github;
    }

    /**
     * Serves a local clone: its refs, and the archive of the given commits as {@code git archive} makes it, attributes
     * honoured, the commit in the global header.
     *
     * @param slug {@code owner/name}
     */
    public LoopbackGitHub publish(String slug, Path clone, String... commits) {
        for (String commit : commits) {
            publishArchive(slug, commit, archive(slug, clone, commit));
        }
        Map<String, String> refs = new TreeMap<>();
        git(clone, "show-ref", "--dereference")
                .out()
                .lines()
                .forEach(line -> refs.put(line.substring(41), line.substring(0, 40)));
        return publishRefs(slug, git(clone, "rev-parse", "HEAD").out().strip(), refs);
    }

    /** Serves a prepared {@code .tar.gz} as the archive of a full commit id. */
    public LoopbackGitHub publishArchive(String slug, String commit, byte[] tarGz) {
        serve(archivePath(slug, commit), "application/x-gzip", tarGz);
        return this;
    }

    /** Serves the advertisement of refs: full names to commit ids; annotated tags also peeled, as {@code refs/tags/x^{}}. */
    public LoopbackGitHub publishRefs(String slug, String head, Map<String, String> refs) {
        StringBuilder text = new StringBuilder(packet("# service=git-upload-pack\n")).append("0000");
        text.append(packet(head + " HEAD\0multi_ack symref=HEAD:refs/heads/main object-format=sha1 agent=git/test\n"));
        new TreeMap<>(refs).forEach((name, commit) -> text.append(packet(commit + " " + name + "\n")));
        text.append("0000");
        serve(
                refsPath(slug),
                "application/x-git-upload-pack-advertisement",
                text.toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public static String archivePath(String slug, String commit) {
        return "/" + slug + "/archive/" + commit + ".tar.gz";
    }

    public static String refsPath(String slug) {
        return "/" + slug + ".git/info/refs?service=git-upload-pack";
    }

    private static byte[] archive(String slug, Path clone, String commit) {
        String prefix = slug.substring(slug.indexOf('/') + 1) + "-" + commit + "/";
        return git(clone, "archive", "--format=tar.gz", "--prefix=" + prefix, commit)
                .bytes();
    }

    private static Command.Result git(Path clone, String... arguments) {
        return Command.of("git", "-C", clone.toString())
                .and(arguments)
                .with(QUIET_GIT)
                .runOrFail();
    }

    private static final Map<String, String> QUIET_GIT =
            Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");

    private static String packet(String line) {
        return "%04x%s".formatted(line.getBytes(StandardCharsets.UTF_8).length + 4, line);
    }
}

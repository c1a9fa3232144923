package dev.ocnix.nix;

import dev.ocnix.hash.Sri;
import java.util.Optional;

/** Where the tree fetches a package from, and what must arrive. */
public sealed interface DependencySource {
    /** A tarball; the hash is that of its compressed bytes. */
    record Tarball(TarballUrl url, Sri hash) implements DependencySource {}

    /**
     * A commit of a repository on GitHub or an Enterprise host, fetched as its archive.
     *
     * @param baseUrl the host's URL without a trailing slash
     * @param commit 40 lower-case hexadecimal digits
     * @param narHash sha256 of the NAR of the archive's content, or of the checkout's
     * @param cloned whether it is fetched with git instead
     */
    record GitHub(String baseUrl, String owner, String repo, String commit, Sri narHash, boolean cloned)
            implements DependencySource {}

    /**
     * A commit of a git repository.
     *
     * @param commit 40 lower-case hexadecimal digits
     * @param narHash sha256 of the NAR of the checkout, without submodules
     */
    record Git(String url, String commit, Sri narHash) implements DependencySource {}

    /**
     * A tarball or a folder of the project.
     *
     * @param path in the source, with {@code /}
     * @param hash of a folder that of its NAR, of a tarball that of its bytes; absent where the source is not pinned, and what
     *     is there counts
     */
    record FromSource(String path, Optional<Sri> hash, boolean folder) implements DependencySource {}
}

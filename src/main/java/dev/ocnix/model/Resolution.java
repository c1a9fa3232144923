package dev.ocnix.model;

import java.util.Optional;

/** Where the content of a locked package comes from. */
public sealed interface Resolution {
    /** The term of {@code ocnix:inspect}, such as {@code remote-tarball}. */
    String kind();

    /** Whether it names content that must be fetched; the project's own packages and links do not. */
    default boolean isFetched() {
        return !(this instanceof Workspace || this instanceof Link || this instanceof Root);
    }

    /**
     * A version from a registry.
     *
     * @param tarballUrl the complete URL; empty when the registry configured for the name decides, which is also the case
     *     for every URL below npm's own registry
     */
    record Npm(String version, Optional<String> tarballUrl) implements Resolution {
        @Override
        public String kind() {
            return "npm";
        }
    }

    /**
     * A commit of a git repository.
     *
     * @param url the clone URL without {@code git+}; may be {@code user@host:path}
     * @param commit the full commit id in current lockfiles; possibly a ref or empty in old ones
     */
    record Git(String url, String commit) implements Resolution {
        @Override
        public String kind() {
            return "git";
        }
    }

    /**
     * A commit of a GitHub repository, fetched as its archive.
     *
     * @param committish what the lockfile records after {@code #}: a short commit id, 7 characters or more
     */
    record GitHub(String owner, String repo, String committish) implements Resolution {
        @Override
        public String kind() {
            return "github";
        }
    }

    /** A tarball at an http(s) URL. */
    record RemoteTarball(String url) implements Resolution {
        @Override
        public String kind() {
            return "remote-tarball";
        }
    }

    /** A tarball in the project; the path as the lockfile writes it, relative to the manifest that names it. */
    record LocalTarball(String path) implements Resolution {
        @Override
        public String kind() {
            return "local-tarball";
        }
    }

    /** A folder of the project that is copied ({@code file:}). */
    record Folder(String path) implements Resolution {
        @Override
        public String kind() {
            return "folder";
        }
    }

    /** A package registered on the developer's machine ({@code link:}). */
    record Link(String target) implements Resolution {
        @Override
        public String kind() {
            return "link";
        }
    }

    /** A member of this project; the path is relative to the root, with {@code /}. */
    record Workspace(String path) implements Resolution {
        @Override
        public String kind() {
            return "workspace";
        }
    }

    /** The project itself. */
    record Root() implements Resolution {
        @Override
        public String kind() {
            return "root";
        }
    }
}

package dev.ocnix.report;

/** Where the bytes of a package come from: identity, never a mirror. */
public sealed interface Origin {
    /** The address or path that people read. */
    String text();

    /**
     * A version in a registry.
     *
     * @param url of its tarball
     */
    record Registry(String url) implements Origin {
        @Override
        public String text() {
            return url;
        }
    }

    /** A tarball at an http(s) URL. */
    record Url(String url) implements Origin {
        @Override
        public String text() {
            return url;
        }
    }

    /**
     * A commit of a repository on GitHub or an Enterprise host.
     *
     * @param baseUrl the host's URL without a trailing slash
     */
    record GitHub(String baseUrl, String owner, String repo, String commit) implements Origin {
        @Override
        public String text() {
            return baseUrl + "/" + owner + "/" + repo + "#" + commit;
        }
    }

    /** A commit of a git repository. */
    record Git(String url, String commit) implements Origin {
        @Override
        public String text() {
            return url + "#" + commit;
        }
    }

    /** A file or a folder of the project's own source. */
    record Source(String path) implements Origin {
        @Override
        public String text() {
            return path;
        }
    }
}

package dev.ocnix.model;

/** What a source is, whichever way its bytes travel; only this reaches the generated tree. */
public sealed interface SourceIdentity {
    /** The words that messages use for it. */
    String describe();

    /**
     * A repository on GitHub or on a GitHub Enterprise host.
     *
     * @param baseUrl the host's URL without a trailing slash, {@code https://github.com} by default
     */
    record GitHub(String baseUrl, String owner, String repo) implements SourceIdentity {
        /** The host of those on github.com. */
        public static final String PUBLIC_HOST = "https://github.com";

        @Override
        public String describe() {
            return (baseUrl.equals(PUBLIC_HOST) ? "" : baseUrl + "/") + owner + "/" + repo;
        }
    }

    /** A git repository by URL. A {@code file:} URL names nothing for others. */
    record Git(String url) implements SourceIdentity {
        /** Whether the URL means something on this machine only. */
        public boolean isPrivateToMachine() {
            return url.startsWith("file:");
        }

        @Override
        public String describe() {
            return url;
        }
    }
}

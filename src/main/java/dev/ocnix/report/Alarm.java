package dev.ocnix.report;

import java.util.Locale;

/**
 * Something that a person must look at before a change is taken.
 *
 * @param subject the package as {@code name@resolution}, or the host
 * @param detail what happened, a sentence without its subject and its full stop
 */
public record Alarm(Kind kind, String subject, String detail) {
    /** What it is about, the most urgent first. */
    public enum Kind {
        /** The same name and version with another hash: it was published anew, or the lockfile was tampered with. */
        HASH_CHANGED,
        /** A dependency from a registry that comes from git or a URL now. */
        LEFT_REGISTRY,
        /** The lockfile's hash is of a weaker algorithm, or gone. */
        WEAKER_INTEGRITY,
        /** A registry or another server that nothing was fetched from before. */
        NEW_HOST,
        /** A new name with letters that are not of ASCII, or one that looks like another one of the tree. */
        LOOKALIKE_NAME,
        /** An install script that is new, or that does something else. */
        NEW_INSTALL_SCRIPT,
        /** A native addon that is new. */
        NEW_ADDON;

        /** The term in files, such as {@code hash-changed}. */
        public String term() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The line that people read. */
    public String sentence() {
        return subject + " " + detail + ".";
    }
}

package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Turns a revision into a commit, and refuses what is no pin. */
final class PinResolver {
    private static final Pattern NAME = Pattern.compile("[^\\x00-\\x20\\x7f~^:?*\\[\\\\]{1,255}");

    /**
     * @param tag present if the revision is one
     * @param ref what to ask a repository for
     */
    record Pin(String commit, Optional<String> tag, String ref) {}

    /** Finds the commits that a short id can mean. */
    interface ShortIds {
        SortedSet<String> from(String shortId) throws OcnixException;
    }

    /** Lists names only when they are needed. */
    interface Names {
        RefTable refs() throws OcnixException;
    }

    private final String origin;
    private final String place;
    private final String setting;
    private final Names names;
    private final ShortIds shortIds;

    PinResolver(String origin, String place, String setting, Names names, ShortIds shortIds) {
        this.origin = origin;
        this.place = place;
        this.setting = setting;
        this.names = names;
        this.shortIds = shortIds;
    }

    Pin resolve(String revision, Optional<String> known) throws OcnixException {
        String lower = revision.toLowerCase(Locale.ROOT);
        if (Revisions.isCommit(lower)) {
            return new Pin(lower, Optional.empty(), lower);
        }
        if (!NAME.matcher(revision).matches() || revision.startsWith("-") || revision.contains("..")) {
            throw Refusals.malformed(revision, setting);
        }
        RefTable refs = names.refs();
        Optional<String> commit = refs.tag(revision);
        if (commit.isEmpty()) {
            throw refusal(revision, refs);
        }
        if (known.isPresent() && !known.get().equals(commit.get())) {
            throw Refusals.moved(revision, known.get(), commit.get(), origin, setting);
        }
        return new Pin(commit.get(), Optional.of(revision), "refs/tags/" + revision);
    }

    private OcnixException refusal(String revision, RefTable refs) throws OcnixException {
        if (revision.startsWith("refs/tags/")) {
            return OcnixException.input("\"" + revision + "\" is a ref; set " + setting + " to the tag's name, "
                    + revision.substring("refs/tags/".length()) + ".");
        }
        Optional<String> branch = refs.branch(revision);
        if (branch.isPresent()) {
            return Refusals.branch(revision, branch.get(), origin, setting);
        }
        if (Revisions.isShort(revision)) {
            SortedSet<String> commits = shortIds.from(revision);
            if (commits.size() == 1) {
                return Refusals.shortId(revision, commits.first(), origin, setting);
            }
            if (commits.size() > 1) {
                return Refusals.ambiguous(revision, commits.size(), origin, setting);
            }
        }
        return Refusals.unknown(revision, refs.nearestTags(revision), origin + place, setting);
    }
}

package dev.ocnix.fetch.source;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import java.util.List;

/** The sentences about revisions, in one place so that they stay alike. */
final class Refusals {
    private Refusals() {}

    static String noCommit(String commit, String origin) {
        return "There is no commit " + commit + " in " + origin
                + "; check the id, and whether that is the right repository or mirror.";
    }

    static OcnixException branch(String name, String commit, String origin, String setting) {
        return OcnixException.input("\"" + name + "\" is a branch of " + origin + " and moves; set " + setting
                + " to a tag, or to the commit that it means today: " + commit + ".");
    }

    static OcnixException shortId(String id, String commit, String origin, String setting) {
        return OcnixException.input("\"" + id + "\" is a short commit id of " + origin
                + " and may become ambiguous; set " + setting + " to the full one: " + commit + ".");
    }

    static OcnixException ambiguous(String id, int count, String origin, String setting) {
        return OcnixException.input("\"" + id + "\" is a short id of " + count + " commits of " + origin + "; set "
                + setting + " to a full one.");
    }

    static OcnixException unknown(String revision, List<String> nearest, String origin, String setting) {
        String advice = nearest.isEmpty()
                ? "it has no tags, so set " + setting + " to a full commit id."
                : (nearest.size() == 1 ? "the only one is " : "the nearest are ") + String.join(", ", nearest)
                        + "; set " + setting + " to a tag or a full commit id.";
        return OcnixException.input("There is no tag \"" + revision + "\" in " + origin + ": " + advice);
    }

    static OcnixException moved(String tag, String known, String now, String origin, String setting) {
        return OcnixException.input("The tag " + tag + " of " + origin + " was moved from " + known + " to " + now
                + "; set " + setting + " to " + known + " to stay, or to " + now + " if the move is meant.");
    }

    static OcnixException wrongCommit(String archive, String actual, String wanted) {
        return OcnixException.input("The archive " + archive + " holds commit " + actual + " and not the pinned "
                + wanted + "; use another mirror or archive, or pin " + actual + ".");
    }

    static OcnixException noComment(String archive) {
        return OcnixException.input("The archive " + archive
                + " does not say which commit it holds (git archive writes that into its pax header);"
                + " give one as GitHub or git archive of a commit makes it.");
    }

    static OcnixException malformed(String revision, String setting) {
        return OcnixException.input(
                Visible.quoted(revision, 100) + " can be neither a tag nor a full commit id (40 hexadecimal digits);"
                        + " set " + setting + " to one of them.");
    }

    static OcnixException offline(String what) {
        return new OcnixException(
                OcnixException.Fault.OUTSIDE,
                what + " is not at hand and cannot be fetched while offline;"
                        + " run once without -o, or set ocnix.gitMirror to a local clone.");
    }
}

package dev.ocnix.project.frozen;

import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a lockfile and the manifests say differently, for one sentence of each sort. */
final class Differences {
    private static final int SHOWN = 6;
    private static final int LONGEST = 100;

    private final String lockfile;
    private final List<String> refused = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    /** @param lockfile how messages call it */
    Differences(String lockfile) {
        this.lockfile = lockfile;
    }

    /** Adds what Bun refuses; half a sentence without a full stop. */
    void refuse(String difference) {
        refused.add(difference);
    }

    /** Adds what Bun takes from package.json. */
    void take(String difference) {
        taken.add(difference);
    }

    String lockfile() {
        return lockfile;
    }

    /** The sentence about all that Bun refuses. */
    Optional<String> refusal() {
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        String advice = "run `bun install` and commit " + lockfile + ", or set ocnix.frozen to false.";
        return Optional.of(
                refused.size() == 1
                        ? refused.get(0) + "; " + advice
                        : lockfile
                                + " does not fit its manifests, and `bun install --frozen-lockfile` would refuse it: "
                                + listed(refused) + "; " + advice);
    }

    /** The sentence about all that Bun takes from package.json. */
    Optional<String> warning() {
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(lockfile + " is behind its manifests, which count as in Bun: " + listed(taken)
                        + "; `bun install` writes both alike.");
    }

    private static String listed(List<String> differences) {
        String more = differences.size() > SHOWN ? "; and " + (differences.size() - SHOWN) + " more" : "";
        return String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size()))) + more;
    }

    /** A text of a manifest or a lockfile as a message may show it. */
    static String shown(String text) {
        boolean plain = !text.isBlank()
                && text.length() <= LONGEST
                && text.equals(text.strip())
                && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? text : Visible.quoted(text);
    }

    /** A package and its range. */
    static String shown(String name, String range) {
        return shown(name) + " " + shown(range);
    }

    /** The field of package.json that an edge stands in. */
    static String group(Dependency edge) {
        return group(edge.kind());
    }

    private static String group(DependencyKind kind) {
        return switch (kind) {
            case PROD -> "dependencies";
            case DEV -> "devDependencies";
            case OPTIONAL -> "optionalDependencies";
            case PEER, OPTIONAL_PEER -> "peerDependencies";
        };
    }
}

package dev.ocnix.report.inspect;

import dev.ocnix.model.BunRange;
import dev.ocnix.model.HostedGit;
import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.RangeKind;
import dev.ocnix.model.RangeKinds;
import java.util.Comparator;
import java.util.Optional;

/**
 * The range of an edge as Bun holds it once it has read the lockfile.
 *
 * @param kind {@code UNINITIALIZED} also where Bun cannot read the range, which it then forgets
 * @param name of the package that is asked for, unless the range names another
 * @param literal the range as written
 * @param range the same without blanks that Bun skips
 * @param member whether the edge was bound to a member of the project, whatever its range says
 */
record Wanted(RangeKind kind, String name, String literal, String range, boolean member) {
    static final Comparator<Wanted> ORDER =
            Comparator.comparing(Wanted::kind).thenComparing(Wanted::literal, RowOrder.BY_BYTES);

    private static final String ALIAS = "npm:";

    /** An edge with a kind on record, whose range may have been forgotten. */
    static Wanted recorded(Edge edge, RangeKind kind) {
        boolean readable = isReadable(kind, edge.literal());
        String literal = readable ? edge.literal() : "";
        return new Wanted(readable ? kind : RangeKind.UNINITIALIZED, edge.alias(), literal, literal, false);
    }

    /** An edge whose range tells its kind, unless it is bound to a member. */
    static Wanted told(Edge edge) {
        RangeKind kind = edge.kind().orElseGet(() -> RangeKinds.of(edge.literal()));
        String range = RangeKinds.withoutLeadingBlanks(edge.literal());
        return new Wanted(kind, edge.alias(), edge.literal(), range, edge.kind().isPresent());
    }

    private static boolean isReadable(RangeKind kind, String literal) {
        return switch (kind) {
            case UNINITIALIZED -> false;
            case TARBALL -> isRemote(literal) || literal.startsWith("file:") || !literal.contains("://");
            case FOLDER -> literal.startsWith("file:") || literal.indexOf(':') < 0;
            case GITHUB -> HostedGit.of(literal).isPresent();
            default -> true;
        };
    }

    private static boolean isRemote(String literal) {
        return literal.startsWith("https://") || literal.startsWith("http://");
    }

    /** Whether Bun takes both for the same, and so prints only one. */
    boolean sameAs(Wanted other) {
        if (kind != other.kind) {
            return false;
        }
        return switch (kind) {
            case UNINITIALIZED, CATALOG -> true;
            case FOLDER, DIST_TAG -> literal.equals(other.literal);
            case NPM -> literal.equals(other.literal) || (target().equals(other.target()) && npm().equals(other.npm()));
            case GITHUB -> gitHub().equals(other.gitHub());
            case WORKSPACE -> member == other.member && (member || source().equals(other.source()));
            default -> source().equals(other.source());
        };
    }

    private String target() {
        return range.startsWith(ALIAS) ? range.substring(ALIAS.length(), aliasEnd()) : name;
    }

    private BunRange npm() {
        String text = range.startsWith(ALIAS) ? range.substring(Math.min(range.length(), aliasEnd() + 1)) : range;
        return BunRange.parse(text.length() > 1 && text.startsWith("v") ? text.substring(1) : text);
    }

    /** Where the name ends in {@code npm:name@range}. */
    private int aliasEnd() {
        int scope = range.startsWith("@", ALIAS.length()) ? 1 : 0;
        int at = range.indexOf('@', ALIAS.length() + scope);
        return at < 0 ? range.length() : at;
    }

    private String source() {
        return switch (kind) {
            case WORKSPACE -> without("workspace:");
            case SYMLINK -> range.substring(range.indexOf(':') + 1);
            case TARBALL ->
                isRemote(range) ? range : range.startsWith("file://") ? without("file://") : without("file:");
            default -> without("git+");
        };
    }

    private String without(String prefix) {
        return range.startsWith(prefix) ? range.substring(prefix.length()) : range;
    }

    /** Bun keeps only what it finds again in the range, so nothing that was decoded. */
    private Optional<HostedGit> gitHub() {
        return HostedGit.of(range)
                .map(found ->
                        new HostedGit("", false, kept(found.owner()), kept(found.project()), kept(found.committish())));
    }

    private String kept(String part) {
        return range.contains(part) ? part : "";
    }
}

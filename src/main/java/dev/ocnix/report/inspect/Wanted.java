package dev.ocnix.report.inspect;

import dev.ocnix.model.Listing.Edge;
import dev.ocnix.model.RangeKind;
import java.util.Comparator;

/**
 * The range of an edge as Bun holds it once it has read the lockfile.
 *
 * @param kind {@code UNINITIALIZED} also where Bun cannot read the range, which it then forgets
 * @param name of the package that is asked for
 * @param literal the range
 * @param member the path of a workspace that the edge was bound to; empty if the range itself decides
 */
record Wanted(RangeKind kind, String name, String literal, String member) {
    static final Comparator<Wanted> ORDER =
            Comparator.comparing(Wanted::kind).thenComparing(Wanted::literal, RowOrder.BY_BYTES);

    private static final String ALIAS = "npm:";

    static Wanted of(Edge edge, String member) {
        RangeKind kind = isReadable(edge) ? edge.kind() : RangeKind.UNINITIALIZED;
        return new Wanted(kind, edge.alias(), kind == RangeKind.UNINITIALIZED ? "" : edge.literal(), member);
    }

    private static boolean isReadable(Edge edge) {
        String literal = edge.literal();
        return switch (edge.kind()) {
            case TARBALL -> isRemote(literal) || literal.startsWith("file:") || !literal.contains("://");
            case FOLDER -> literal.startsWith("file:") || literal.indexOf(':') < 0;
            default -> true;
        };
    }

    private static boolean isRemote(String literal) {
        return literal.startsWith("https://") || literal.startsWith("http://");
    }

    /** Whether Bun takes both for the same. */
    boolean sameAs(Wanted other) {
        if (kind != other.kind) {
            return false;
        }
        return switch (kind) {
            case UNINITIALIZED, CATALOG -> true;
            case FOLDER, DIST_TAG -> literal.equals(other.literal);
            case NPM ->
                literal.equals(other.literal) || (target().equals(other.target()) && range().equals(other.range()));
            default -> source().equals(other.source());
        };
    }

    private String target() {
        return literal.startsWith(ALIAS) ? literal.substring(ALIAS.length(), aliasEnd()) : name;
    }

    private BunRange range() {
        String range =
                literal.startsWith(ALIAS) ? literal.substring(Math.min(literal.length(), aliasEnd() + 1)) : literal;
        return BunRange.parse(range.length() > 1 && range.startsWith("v") ? range.substring(1) : range);
    }

    /** Where the name ends in {@code npm:name@range}. */
    private int aliasEnd() {
        int at = literal.indexOf('@', ALIAS.length() + 1);
        return at < 0 ? literal.length() : at;
    }

    private String source() {
        return switch (kind) {
            case WORKSPACE -> member.isEmpty() ? without("workspace:") : member;
            case SYMLINK -> literal.substring(literal.indexOf(':') + 1);
            case TARBALL ->
                isRemote(literal) ? literal : literal.startsWith("file://") ? without("file://") : without("file:");
            case GIT -> without("git+");
            default -> gitHub();
        };
    }

    private String without(String prefix) {
        return literal.startsWith(prefix) ? literal.substring(prefix.length()) : literal;
    }

    /** Owner, repository and what follows {@code #}, however the repository is written. */
    private String gitHub() {
        if (literal.startsWith("github:")) {
            return literal.substring("github:".length());
        }
        String url = without("git+");
        for (String prefix : new String[] {"git://github.com/", "https://github.com/", "http://github.com/"}) {
            if (url.startsWith(prefix)) {
                int hash = url.indexOf('#');
                String path = url.substring(prefix.length(), hash < 0 ? url.length() : hash);
                return (path.endsWith(".git") ? path.substring(0, path.length() - 4) : path)
                        + (hash < 0 ? "" : url.substring(hash));
            }
        }
        return url;
    }
}

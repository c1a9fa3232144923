package dev.ocnix.nix;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.Visible;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what the {@code dependencies.nix} of an existing tree fetches. */
public final class TreeDependencies {
    /** Its name in the tree. */
    public static final String FILE_NAME = "dependencies.nix";

    private final String where;

    private TreeDependencies(String where) {
        this.where = where;
    }

    /**
     * The source of each package.
     *
     * @param where the file, for messages
     * @throws OcnixException if it is not as we write it
     */
    public static SortedMap<PackageId, DependencySource> read(String text, String where) throws OcnixException {
        return new TreeDependencies(where).sources(NixReader.read(text, where));
    }

    private SortedMap<PackageId, DependencySource> sources(NixExpr file) throws OcnixException {
        SortedMap<PackageId, DependencySource> sources = new TreeMap<>();
        NixExpr body = file instanceof NixExpr.Lambda lambda ? lambda.body() : file;
        for (Map.Entry<String, NixExpr> entry : attrs(body, "").entrySet()) {
            String key = entry.getKey();
            int at = key.indexOf('@', 1);
            if (at < 0) {
                throw notOurs(key);
            }
            PackageId id = new PackageId(key.substring(0, at), key.substring(at + 1));
            sources.put(id, source(key, attrs(entry.getValue(), key).get("src")));
        }
        return sources;
    }

    private DependencySource source(String key, @Nullable NixExpr src) throws OcnixException {
        if (!(src instanceof NixExpr.Call call) || !(call.function() instanceof NixExpr.Ident fetcher)) {
            throw notOurs(key);
        }
        SortedMap<String, NixExpr> given = attrs(call.argument(), key);
        if (fetcher.name().equals("fromSource")) {
            Optional<Sri> hash = given.containsKey("hash") ? Optional.of(hash(given, key)) : Optional.empty();
            return new DependencySource.FromSource(text(given, "path", key), hash, isTrue(given.get("folder")));
        }
        Sri hash = hash(given, key);
        try {
            return switch (fetcher.name()) {
                case "fetchurl" -> new DependencySource.Tarball(new TarballUrl(text(given, "url", key)), hash);
                case "fetchgit" -> new DependencySource.Git(text(given, "url", key), text(given, "rev", key), hash);
                case "fetchFromGitHub" ->
                    new DependencySource.GitHub(
                            host(given, key),
                            text(given, "owner", key),
                            text(given, "repo", key),
                            text(given, "rev", key),
                            hash,
                            isTrue(given.get("forceFetchGit")));
                default -> throw notOurs(key);
            };
        } catch (IllegalArgumentException e) {
            throw notOurs(key);
        }
    }

    private Sri hash(SortedMap<String, NixExpr> given, String key) throws OcnixException {
        return Sri.parse(text(given, "hash", key)).orElseThrow(() -> notOurs(key));
    }

    private String host(SortedMap<String, NixExpr> given, String key) throws OcnixException {
        return given.containsKey("githubBase")
                ? "https://" + text(given, "githubBase", key)
                : SourceIdentity.GitHub.PUBLIC_HOST;
    }

    private static boolean isTrue(@Nullable NixExpr value) {
        return value instanceof NixExpr.Bool bool && bool.value();
    }

    private String text(SortedMap<String, NixExpr> given, String name, String key) throws OcnixException {
        return Optional.ofNullable(given.get(name))
                .filter(NixExpr.Text.class::isInstance)
                .map(value -> ((NixExpr.Text) value).value())
                .orElseThrow(() -> notOurs(key));
    }

    private SortedMap<String, NixExpr> attrs(NixExpr expression, String key) throws OcnixException {
        if (expression instanceof NixExpr.Attrs attrs) {
            return attrs.entries();
        }
        throw notOurs(key);
    }

    private OcnixException notOurs(String key) {
        return OcnixException.input(where + (key.isEmpty() ? "" : ", at " + Visible.quoted(key) + ",")
                + " is not as ocnix writes it; restore it, or run mvn ocnix:generate.");
    }
}

package dev.ocnix.maven;

import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.pipeline.ConversionRequest;
import dev.ocnix.pipeline.PrefetchMode;
import dev.ocnix.pipeline.ProfileChoice;
import dev.ocnix.pipeline.SourceChoice;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into a request, naming the parameter where one is wrong. */
final class Requests {
    private static final Pattern OWNER_AND_NAME = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

    private Requests() {}

    static ConversionRequest of(ConversionMojo mojo) throws OcnixException {
        return new ConversionRequest(
                source(mojo),
                text(mojo.registry),
                scopes(mojo),
                text(mojo.registryMirror).map(Requests::withoutSlash),
                text(mojo.githubMirror).map(Requests::withoutSlash),
                text(mojo.lockfile),
                mojo.outputDirectory.toPath(),
                mojo.reportDirectory.toPath(),
                prefetch(mojo.prefetch),
                mojo.failOnUnverified,
                mojo.cacheDirectory.toPath(),
                text(mojo.workspace),
                linker(mojo.linker),
                profile(mojo.profile),
                mojo.force,
                mojo.session.isOffline());
    }

    private static SourceChoice source(ConversionMojo mojo) throws OcnixException {
        Optional<String> revision = text(mojo.revision);
        if (revision.isPresent()) {
            return new SourceChoice.Pinned(identity(mojo), revision.get(), transport(mojo));
        }
        if (mojo.sourceDirectory != null) {
            return new SourceChoice.Local(mojo.sourceDirectory.toPath());
        }
        throw OcnixException.input("No revision of " + mojo.repository
                + " is pinned; set ocnix.revision to a tag or a full commit id"
                + " (or ocnix.sourceDirectory alone, for a project of your own beside this POM).");
    }

    private static SourceIdentity identity(ConversionMojo mojo) throws OcnixException {
        String repository = mojo.repository;
        if (OWNER_AND_NAME.matcher(repository).matches()) {
            int slash = repository.indexOf('/');
            return new SourceIdentity.GitHub(
                    withoutSlash(mojo.githubUrl), repository.substring(0, slash), repository.substring(slash + 1));
        }
        if (repository.contains(":")) {
            return new SourceIdentity.Git(repository);
        }
        throw OcnixException.input("ocnix.repository is \"" + repository
                + "\"; give owner/name on GitHub, or the URL of a git repository.");
    }

    private static Transport transport(ConversionMojo mojo) throws OcnixException {
        long given = Stream.of(mojo.gitMirror, mojo.sourceDirectory, mojo.sourceArchive)
                .filter(value -> value != null && !value.toString().isEmpty())
                .count();
        if (given > 1) {
            throw OcnixException.input("More than one of ocnix.gitMirror, ocnix.sourceDirectory and ocnix.sourceArchive"
                    + " is set; leave the one that this run shall use.");
        }
        return text(mojo.gitMirror)
                .<Transport>map(Transport.GitMirror::new)
                .or(() -> path(mojo.sourceDirectory).map(Transport.Directory::new))
                .or(() -> path(mojo.sourceArchive).map(Transport.Archive::new))
                .or(() -> text(mojo.githubMirror).map(url -> new Transport.GitHubMirror(withoutSlash(url))))
                .orElseGet(Transport.Origin::new);
    }

    private static SortedMap<String, String> scopes(ConversionMojo mojo) throws OcnixException {
        SortedMap<String, String> scopes = new TreeMap<>();
        for (Registry registry : mojo.registries) {
            if (!registry.getUrl().startsWith("http")) {
                throw OcnixException.input("A <registry> has the url \"" + registry.getUrl()
                        + "\"; give the http or https base URL of an npm registry.");
            }
            if (!registry.getScope().isEmpty()) {
                String scope = registry.getScope();
                scopes.put(scope.startsWith("@") ? scope : "@" + scope, withoutSlash(registry.getUrl()));
            }
        }
        return scopes;
    }

    private static PrefetchMode prefetch(String value) throws OcnixException {
        return Stream.of(PrefetchMode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> OcnixException.input(
                        "ocnix.prefetch is \"" + value + "\"; it is one of all, missing and none."));
    }

    private static Optional<String> linker(@Nullable String value) throws OcnixException {
        Optional<String> linker = text(value);
        if (linker.filter(name -> !name.equals("hoisted")).isPresent()) {
            throw OcnixException.input(
                    "ocnix.linker is \"" + value + "\"; hoisted is the one that this version can lay out.");
        }
        return linker;
    }

    private static ProfileChoice profile(String value) {
        return switch (value) {
            case "auto" -> new ProfileChoice.Auto();
            case "none" -> new ProfileChoice.None();
            default -> new ProfileChoice.File(Path.of(value));
        };
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static Optional<Path> path(@Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}

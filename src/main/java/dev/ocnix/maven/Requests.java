package dev.ocnix.maven;

import dev.ocnix.fetch.source.GitUrl;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.UserInfo;
import dev.ocnix.pipeline.AddonQuestion;
import dev.ocnix.pipeline.ConversionRequest;
import dev.ocnix.pipeline.FactsMode;
import dev.ocnix.pipeline.Inspection;
import dev.ocnix.pipeline.PrefetchMode;
import dev.ocnix.pipeline.PrintFormat;
import dev.ocnix.pipeline.ProfileChoice;
import dev.ocnix.pipeline.SignatureMode;
import dev.ocnix.pipeline.SourceChoice;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a goal's parameters into a request, naming the parameter where one is wrong. */
final class Requests {
    private static final Pattern OWNER_AND_NAME = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

    private static final Pattern BASE_URL = Pattern.compile("(?i)https?://[^/\\s?#]+(/[^\\s?#]*)?");

    private static final Pattern CLASSIFIER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** More sockets at once are no faster, and servers take them for an attack. */
    private static final int MOST_DOWNLOADS = 256;

    private Requests() {}

    static ConversionRequest of(ConversionMojo mojo) throws OcnixException {
        requireConcurrency(mojo);
        if (mojo.attach && !CLASSIFIER.matcher(mojo.classifier).matches()) {
            throw OcnixException.input("ocnix.classifier is \"" + mojo.classifier
                    + "\"; the classifier of the attached zip has letters, digits, dots, underscores and hyphens.");
        }
        return new ConversionRequest(
                source(mojo),
                url(mojo.registry, "ocnix.registry"),
                scopes(mojo.registries),
                url(mojo.registryMirror, "ocnix.registryMirror"),
                url(mojo.githubMirror, "ocnix.githubMirror"),
                text(mojo.lockfile),
                mojo.outputDirectory.toPath(),
                mojo.reportDirectory.toPath(),
                mojo.sbom,
                prefetch(mojo.prefetch),
                facts(mojo.facts),
                mojo.failOnUnverified,
                mojo.frozen,
                signatures(mojo.verifySignatures),
                text(mojo.signatureKeys).map(place -> location(mojo, place)),
                mojo.cacheDirectory.toPath(),
                text(mojo.workspace),
                linker(mojo.linker),
                profile(mojo),
                ownScripts(mojo.ownScripts),
                mojo.force,
                mojo.session.isOffline());
    }

    static Inspection.Request of(InspectMojo mojo) throws OcnixException {
        Path currentFolder = Path.of(System.getProperty("user.dir", ""));
        Optional<String> addon = text(mojo.addon);
        return new Inspection.Request(
                mojo.lockfile.trim(),
                format(mojo.format),
                addon.isPresent() ? Optional.of(question(mojo, addon.get(), currentFolder)) : Optional.empty(),
                text(mojo.outputFile),
                currentFolder,
                currentFolder.resolve(mojo.outputDirectory),
                mojo.cacheDirectory.toPath(),
                transport(mojo, currentFolder));
    }

    private static Transport transport(InspectMojo mojo, Path currentFolder) throws OcnixException {
        Optional<String> gitMirror = text(mojo.gitMirror);
        if (gitMirror.isPresent()) {
            refuseCredentials(gitMirror.get(), "ocnix.gitMirror");
            String location = gitMirror.get();
            return new Transport.GitMirror(
                    location.contains(":")
                            ? location
                            : currentFolder.resolve(location).toString());
        }
        return url(mojo.githubMirror, "ocnix.githubMirror")
                .<Transport>map(Transport.GitHubMirror::new)
                .orElseGet(Transport.Origin::new);
    }

    private static AddonQuestion question(InspectMojo mojo, String addon, Path currentFolder) throws OcnixException {
        return new AddonQuestion(
                addon,
                url(mojo.registry, "ocnix.registry"),
                scopes(mojo.registries),
                url(mojo.registryMirror, "ocnix.registryMirror"),
                mojo.cacheDirectory.toPath(),
                currentFolder.resolve(mojo.outputDirectory));
    }

    private static PrintFormat format(String value) throws OcnixException {
        return PrintFormat.of(value)
                .orElseThrow(() -> OcnixException.input("ocnix.format is \"" + value + "\"; it is one of "
                        + Stream.of(PrintFormat.values()).map(PrintFormat::term).collect(Collectors.joining(", "))
                        + "."));
    }

    /** Of a goal that reads revisions and makes no tree. */
    static ConversionRequest of(DiffMojo mojo) throws OcnixException {
        requireConcurrency(mojo);
        return new ConversionRequest(
                revision(mojo, ""),
                url(mojo.registry, "ocnix.registry"),
                scopes(mojo.registries),
                url(mojo.registryMirror, "ocnix.registryMirror"),
                url(mojo.githubMirror, "ocnix.githubMirror"),
                text(mojo.lockfile),
                mojo.base(),
                mojo.base(),
                false,
                prefetch(mojo.prefetch),
                facts(mojo.facts),
                false,
                false,
                SignatureMode.OFF,
                Optional.empty(),
                mojo.cacheDirectory.toPath(),
                Optional.empty(),
                Optional.empty(),
                new ProfileChoice.None(),
                Optional.empty(),
                false,
                mojo.session.isOffline());
    }

    private static void requireConcurrency(SourceMojo mojo) throws OcnixException {
        if (mojo.concurrency < 1 || mojo.concurrency > MOST_DOWNLOADS) {
            throw OcnixException.input(
                    "ocnix.concurrency is " + mojo.concurrency + "; it is a number from 1 to " + MOST_DOWNLOADS + ".");
        }
    }

    /** A revision of a goal's repository. */
    static SourceChoice.Pinned revision(DiffMojo mojo, String revision) throws OcnixException {
        return new SourceChoice.Pinned(identity(mojo), revision, transport(mojo, null, null), true);
    }

    private static SourceChoice source(ConversionMojo mojo) throws OcnixException {
        Optional<String> revision = text(mojo.revision);
        if (revision.isPresent()) {
            return new SourceChoice.Pinned(
                    identity(mojo), revision.get(), transport(mojo), omitsSubmodules(mojo.submodules));
        }
        if (mojo.sourceDirectory != null) {
            requireNothingPinned(mojo);
            return new SourceChoice.Local(mojo.sourceDirectory.toPath());
        }
        throw OcnixException.input("No revision of " + mojo.repository
                + " is pinned; set ocnix.revision to a tag or a full commit id"
                + " (or ocnix.sourceDirectory alone, for a project of your own beside this POM).");
    }

    /** What says where a pinned revision comes from means nothing to a folder that is taken as it is. */
    private static void requireNothingPinned(ConversionMojo mojo) throws OcnixException {
        SortedMap<String, Boolean> given = new TreeMap<>();
        given.put(
                "ocnix.repository",
                !mojo.repository.equals(SourceMojo.REPOSITORY)
                        || mojo.session.getUserProperties().containsKey("ocnix.repository"));
        given.put("ocnix.sourceArchive", mojo.sourceArchive != null);
        given.put("ocnix.gitMirror", text(mojo.gitMirror).isPresent());
        given.put("ocnix.submodules", omitsSubmodules(mojo.submodules));
        String names = given.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" and "));
        if (!names.isEmpty()) {
            throw OcnixException.input(
                    "ocnix.sourceDirectory without ocnix.revision takes the folder as it is, to which " + names
                            + " would mean nothing; leave that out, or pin a revision with ocnix.revision.");
        }
    }

    static SourceIdentity identity(SourceMojo mojo) throws OcnixException {
        String repository = mojo.repository;
        if (OWNER_AND_NAME.matcher(repository).matches()) {
            int slash = repository.indexOf('/');
            String host = url(mojo.githubUrl, "ocnix.githubUrl").orElse(SourceIdentity.GitHub.PUBLIC_HOST);
            return new SourceIdentity.GitHub(host, repository.substring(0, slash), repository.substring(slash + 1));
        }
        if (repository.contains(":")) {
            refuseCredentials(repository, "ocnix.repository");
            return new SourceIdentity.Git(GitUrl.written(repository));
        }
        throw OcnixException.input("ocnix.repository is \"" + repository
                + "\"; give owner/name on GitHub, or the URL of a git repository.");
    }

    private static Transport transport(ConversionMojo mojo) throws OcnixException {
        return transport(mojo, mojo.sourceDirectory, mojo.sourceArchive);
    }

    private static Transport transport(SourceMojo mojo, @Nullable File directory, @Nullable File archive)
            throws OcnixException {
        long given = Stream.of(mojo.gitMirror, directory, archive)
                .filter(value -> value != null && !value.toString().isEmpty())
                .count();
        if (given > 1) {
            throw OcnixException.input("More than one of ocnix.gitMirror, ocnix.sourceDirectory and ocnix.sourceArchive"
                    + " is set; leave the one that this run shall use.");
        }
        Optional<String> gitMirror = text(mojo.gitMirror);
        if (gitMirror.isPresent()) {
            refuseCredentials(gitMirror.get(), "ocnix.gitMirror");
        }
        Optional<String> githubMirror = url(mojo.githubMirror, "ocnix.githubMirror");
        return gitMirror
                .<Transport>map(location -> new Transport.GitMirror(location(mojo, location)))
                .or(() -> path(directory).map(Transport.Directory::new))
                .or(() -> path(archive).map(Transport.Archive::new))
                .or(() -> githubMirror.map(Transport.GitHubMirror::new))
                .orElseGet(Transport.Origin::new);
    }

    /** A URL as it is; a folder as Maven takes paths, relative to the POM. */
    private static String location(SourceMojo mojo, String location) {
        return location.contains(":") ? location : mojo.base().resolve(location).toString();
    }

    private static SortedMap<String, String> scopes(List<Registry> registries) throws OcnixException {
        SortedMap<String, String> scopes = new TreeMap<>();
        for (Registry registry : registries) {
            String url = url(registry.getUrl(), "A <registry>'s url")
                    .orElseThrow(() -> OcnixException.input("A <registry> of <registries> has no url; give it one."));
            if (!registry.getScope().isEmpty()) {
                String scope = registry.getScope();
                scopes.put(scope.startsWith("@") ? scope : "@" + scope, url);
            }
        }
        return scopes;
    }

    private static boolean omitsSubmodules(@Nullable String value) throws OcnixException {
        return switch (text(value).orElse("refuse")) {
            case "omit" -> true;
            case "refuse" -> false;
            default -> throw OcnixException.input("ocnix.submodules is \"" + value + "\"; it is refuse or omit.");
        };
    }

    /** The constant that a parameter names in lower case. */
    private static <E extends Enum<E>> E choice(E[] all, String value, String parameter, String words)
            throws OcnixException {
        return Stream.of(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> OcnixException.input(parameter + " is \"" + value + "\"; it is one of " + words + "."));
    }

    private static PrefetchMode prefetch(String value) throws OcnixException {
        return choice(PrefetchMode.values(), value, "ocnix.prefetch", "all, missing and none");
    }

    private static FactsMode facts(String value) throws OcnixException {
        return choice(FactsMode.values(), value, "ocnix.facts", "verify and trust");
    }

    private static SignatureMode signatures(String value) throws OcnixException {
        return switch (value) {
            case "false" -> SignatureMode.OFF;
            case "true" -> SignatureMode.CHECKED;
            case "required" -> SignatureMode.REQUIRED;
            default ->
                throw OcnixException.input(
                        "ocnix.verifySignatures is \"" + value + "\"; it is one of false, true and required.");
        };
    }

    private static Optional<String> linker(@Nullable String value) throws OcnixException {
        Optional<String> linker = text(value);
        if (linker.filter(name -> !List.of("auto", "hoisted", "isolated").contains(name))
                .isPresent()) {
            throw OcnixException.input("ocnix.linker is \"" + value + "\"; it is one of auto, hoisted and isolated.");
        }
        return linker;
    }

    private static Optional<Boolean> ownScripts(String value) throws OcnixException {
        return switch (value) {
            case "auto" -> Optional.empty();
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default ->
                throw OcnixException.input("ocnix.ownScripts is \"" + value + "\"; it is one of auto, true and false.");
        };
    }

    private static ProfileChoice profile(ConversionMojo mojo) {
        return ProfileChoice.of(mojo.profile, mojo.basedir.toPath());
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static Optional<Path> path(@Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }

    /** An http(s) base URL without a trailing slash. */
    private static Optional<String> url(@Nullable String value, String parameter) throws OcnixException {
        Optional<String> url = text(value).map(Requests::withoutSlash);
        if (url.isPresent()) {
            refuseCredentials(url.get(), parameter);
            if (!BASE_URL.matcher(url.get()).matches()) {
                throw OcnixException.input(
                        parameter + " is \"" + url.get() + "\"; give an http or https base URL, without query.");
            }
        }
        return url;
    }

    /** The message does not repeat them. */
    private static void refuseCredentials(String url, String parameter) throws OcnixException {
        if (UserInfo.isIn(url)) {
            throw OcnixException.input(parameter
                    + " carries credentials, which would reach logs and the tree; put them into a <server> of settings.xml"
                    + " and leave them out of the URL.");
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}

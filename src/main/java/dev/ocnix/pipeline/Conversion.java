package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.AddonScanner;
import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.cache.FactsFile;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.layout.Layout;
import dev.ocnix.layout.OptionalPackages;
import dev.ocnix.layout.isolated.BunRules;
import dev.ocnix.layout.isolated.Hoisting;
import dev.ocnix.layout.isolated.IsolatedLayout;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.nix.FileContent;
import dev.ocnix.nix.NixTree;
import dev.ocnix.nix.PlatformLimits;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.project.Manifest;
import dev.ocnix.project.Manifests;
import dev.ocnix.project.frozen.Agreement;
import dev.ocnix.project.frozen.FrozenLockfile;
import dev.ocnix.project.part.FolderParts;
import dev.ocnix.project.part.WorkspaceParts;
import dev.ocnix.project.program.Interpreters;
import dev.ocnix.report.SignatureStatus;
import dev.ocnix.report.TreeDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The way from a pinned source to a Nix tree: source, lockfile, packages, their contents, their places, the tree, its files.
 * Data walks it once.
 */
public final class Conversion {
    private final ConversionRequest request;
    private final HttpSettings settings;
    private final Listener listener;

    /**
     * @param settings how this run reaches servers
     */
    public Conversion(ConversionRequest request, HttpSettings settings, Listener listener) {
        this.request = request;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Makes the tree and writes it over the one in the output directory: all of it, or nothing.
     *
     * @throws OcnixException with every problem that was found
     */
    public TreeWriter.Changes write() throws OcnixException {
        Reports reports = new Reports(request, listener);
        TreeWriter writer = new TreeWriter(request.outputDirectory(), request.force(), request.cacheDirectory());
        try {
            writer.mend();
            PreviousTree previous = PreviousTree.in(request.outputDirectory(), request.force());
            Converted converted = convert(previous);
            Optional<TreeDifference> difference =
                    new Differences(request.outputDirectory(), listener).of(previous, converted);
            TreeWriter.Changes changes = writer.write(converted.tree());
            listener.info(Summary.of(converted.tree(), changes, request.outputDirectory()));
            reports.written(converted, changes, difference);
            return changes;
        } catch (OcnixException e) {
            reports.failed(e);
            throw e;
        }
    }

    /** Makes the tree and writes nothing. */
    Converted convert(PreviousTree previous) throws OcnixException {
        CacheDirectory.require(request.cacheDirectory());
        try (Http http = new Http(settings);
                FactsCache cache = new FactsCache(request.cacheDirectory(), listener::warn)) {
            ProjectSource project = new ProjectSource(request, http, listener, true);
            return project.read(previous, (source, files) -> convert(source, files, previous, http, cache, project));
        }
    }

    /** The lockfile as its manifests let it count. */
    private Lockfile agreed(Lockfile recorded, Manifests manifests) throws OcnixException {
        recorded.warnings().forEach(listener::warn);
        Agreement agreement = FrozenLockfile.of(recorded, manifests);
        if (agreement.refusal().isPresent() && request.frozen()) {
            throw OcnixException.input(agreement.refusal().get());
        }
        agreement.refusal().ifPresent(listener::warn);
        agreement.warnings().forEach(listener::warn);
        return agreement.lockfile();
    }

    private Optional<SourceIdentity> identity() {
        return request.source() instanceof SourceChoice.Pinned pinned
                ? Optional.of(pinned.identity())
                : Optional.empty();
    }

    private Converted convert(
            TreeSource source,
            SourceFiles files,
            PreviousTree previous,
            Http http,
            FactsCache cache,
            ProjectSource project)
            throws OcnixException {
        LockfileLocator.Located located = new LockfileLocator(files, listener).locate(request.lockfile());
        Manifests manifests = new Manifests(files, located.folder());
        Lockfile lockfile = agreed(LockfileReader.read(located.path(), located.content()), manifests);
        String digest = located.sha256(lockfile.kind());
        Layout layout = Layout.of(lockfile);
        Manifest root = manifests.of(lockfile.root());
        Profile profile = new Profiles(root.text("version"))
                .choose(request.profile(), identity())
                .withOwnScripts(request.ownScripts());
        Applications.Chosen chosen = new Applications(
                        lockfile, layout, manifests, new Interpreters(files), located.folder(), listener)
                .choose(request.workspace(), profile);
        if (request.profile() instanceof ProfileChoice.File) {
            new ProfileCheck(lockfile, manifests, listener).warn(profile);
        }
        Bunfig bunfig = Bunfig.of(files, located.folder(), listener);
        Registries registries = RegistryRules.of(request, files, located.folder(), bunfig, listener);
        Map<BunRules, Hoisting> hoisting = HoistSettings.of(files, located.folder(), bunfig);
        PatchFiles.Found patches =
                new PatchFiles(files, located.folder(), profile.leaveOutPatches(), listener).of(lockfile, root);
        PatchChecks checks = new PatchChecks(patches, previous.patches());
        AddonScanner scanner = new AddonScanner();
        PackageContents contents = new ContentFinder(
                        request, registries, settings.trustedHosts(), http, cache, checks, scanner, listener)
                .find(
                        lockfile,
                        new Fetchables(lockfile).packages(layout),
                        OptionalPackages.of(lockfile).with(chosen.application().leaveOut(), lockfile),
                        previous.forLockfile(digest),
                        files,
                        located.folder());
        SortedMap<PackageId, SignatureStatus> signatures =
                new Signatures(request, registries, http, listener).check(lockfile, contents.sources());
        List<AddonHint> hints = new ArrayList<>(new Hints(lockfile, layout, contents, listener).all());
        listener.info(Summary.of(contents, hints, lockfile));
        hints.addAll(new WorkspaceParts(
                        lockfile,
                        files,
                        located.folder(),
                        new FolderParts(files, scanner, cache, request.source() instanceof SourceChoice.Pinned))
                .hints(listener::info, listener::warn));
        Summary.unknown(contents).ifPresent(listener::warn);
        checks.warning().ifPresent(listener::warn);
        SortedMap<PackageId, PlatformLimits> limits = Platforms.of(lockfile, contents.manifests());
        Optional<IsolatedLayout> isolated = Linkers.isolated(request, profile, lockfile, limits, bunfig, listener)
                .map(plain -> plain.hoisting(hoisting));
        TreeInput input = new TreeInput(
                source,
                located.path(),
                digest,
                lockfile,
                layout,
                contents.sources(),
                limits,
                hints,
                Metas.licenses(hints, contents.manifests()),
                patches.contents(),
                checks.untried(),
                chosen.application().leavingOut(contents.gone()),
                isolated,
                Options.of(request),
                contents.unverified(),
                List.copyOf(contents.gone()),
                FileContent.of(FactsFile.write(contents.facts())));
        TrustedPackages trusted = TrustedPackages.of(root, lockfile);
        return new Converted(
                input,
                NixTree.of(input),
                contents.facts(),
                Inventories.of(input, contents, signatures),
                new Scripts(lockfile, contents, hints, trusted, listener).of(chosen),
                project.isFetched());
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.cache.Facts;
import dev.ocnix.fetch.cache.FactsCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.SourcePin;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.report.TreeSnapshot;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Compares two trees, lockfiles or revisions, in any combination. */
public final class Comparison {
    private final ConversionRequest request;
    private final BiFunction<String, String, SourceChoice.Pinned> revisions;
    private final Path currentFolder;
    private final HttpSettings settings;
    private final Listener listener;

    /**
     * @param request how lockfiles are read and packages looked into; its source does not count
     * @param revisions makes a source of a revision and of the parameter that gave it
     * @param currentFolder what relative paths start from
     */
    public Comparison(
            ConversionRequest request,
            BiFunction<String, String, SourceChoice.Pinned> revisions,
            Path currentFolder,
            HttpSettings settings,
            Listener listener) {
        this.request = request;
        this.revisions = revisions;
        this.currentFolder = currentFolder;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Compares.
     *
     * @param from the folder of a tree, a lockfile (a file, a folder, or an http(s) URL), or a revision
     * @param to likewise
     * @throws OcnixException if one of them cannot be had or read
     */
    public TreeDifference between(String from, String to) throws OcnixException {
        Side before = side(from, "ocnix.from");
        Side after = side(to, "ocnix.to");
        Set<String> names = new TreeSet<>(before.namesBeyond(after));
        names.addAll(after.namesBeyond(before));
        return TreeDifference.between(looked(before, names), looked(after, names));
    }

    /**
     * Prints a difference as UTF-8.
     *
     * @throws OcnixException if it cannot be written
     */
    public void print(TreeDifference difference, DiffFormat format, Optional<String> outputFile, PrintStream out)
            throws OcnixException {
        String text = format.print(difference);
        new Printout(outputFile, currentFolder, format == DiffFormat.JSON, listener).write(to -> to.append(text), out);
    }

    private TreeSnapshot looked(Side side, Set<String> names) {
        if (side.locked().isEmpty()) {
            return side.snapshot();
        }
        Lockfile lockfile = side.locked().get();
        Optional<PackageContents> contents =
                new Looks(request, settings, listener).into(lockfile, side.registries(), names);
        TreeSnapshot plain = side.snapshot();
        return new TreeSnapshot(
                plain.name(),
                plain.revision(),
                plain.commit(),
                plain.lockfileSha256(),
                new LockfileSnapshot(addresses(side.registries()), contents).packages(lockfile));
    }

    private Side side(String text, String parameter) throws OcnixException {
        Optional<Path> path = existing(text);
        if (path.isPresent() && Files.isRegularFile(path.get().resolve(TreeManifest.FILE_NAME))) {
            return tree(path.get(), text);
        }
        if (path.isPresent() || LockfileLoader.isUrl(text)) {
            LockfileLoader.Loaded loaded = new LockfileLoader(currentFolder, settings, listener, parameter).load(text);
            return lockfile(text, loaded.name(), loaded.content(), configured(), Optional.empty());
        }
        return revision(text, parameter);
    }

    private Optional<Path> existing(String text) {
        try {
            return Optional.of(currentFolder.resolve(text)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Side tree(Path folder, String name) throws OcnixException {
        PreviousTree tree = PreviousTree.in(folder, false);
        TreeSnapshot snapshot = Snapshots.of(folder, tree.manifest().orElseThrow(), tree.facts(), texts(tree.facts()));
        TreeSnapshot named = new TreeSnapshot(
                name, snapshot.revision(), snapshot.commit(), snapshot.lockfileSha256(), snapshot.packages());
        return new Side(named, Optional.empty(), Registries.npm());
    }

    /** Nothing is missed where the cache cannot be used: then the digests are shown. */
    private ScriptTexts texts(Facts facts) {
        try {
            CacheDirectory.require(request.cacheDirectory());
        } catch (OcnixException e) {
            e.problems().forEach(listener::warn);
            return ScriptTexts.of(List.of());
        }
        try (FactsCache cache = new FactsCache(request.cacheDirectory(), listener::debug)) {
            return ScriptTexts.of(facts, cache);
        }
    }

    private Registries configured() {
        return new Registries(request.registry().orElse(Registries.NPM), request.scopedRegistries());
    }

    private TarballAddresses addresses(Registries registries) {
        return new TarballAddresses(registries, request.registryMirror(), settings.trustedHosts());
    }

    private Side lockfile(String name, String file, byte[] content, Registries registries, Optional<SourcePin> pin)
            throws OcnixException {
        Lockfile lockfile = LockfileReader.read(file, content);
        TreeSnapshot snapshot = new TreeSnapshot(
                name,
                pin.map(SourcePin::revision),
                pin.map(SourcePin::commit),
                Optional.of(Sri.ofContent(HashAlgorithm.SHA256, content).hex()),
                new LockfileSnapshot(addresses(registries), Optional.empty()).packages(lockfile));
        return new Side(snapshot, Optional.of(lockfile), registries);
    }

    private Side revision(String text, String parameter) throws OcnixException {
        SourceChoice.Pinned choice = revisions.apply(text, parameter);
        try (Http http = new Http(settings)) {
            ConversionRequest wanted = request.withSource(choice);
            return new ProjectSource(wanted, http, listener, false)
                    .read(PreviousTree.none(), (source, files) -> revision(text, wanted, source, files));
        } catch (OcnixException e) {
            throw new OcnixException(
                    e.fault(),
                    e.problems().stream()
                            .map(problem -> parameter + " is \"" + text
                                    + "\", which is neither a file nor a folder here, and so a revision of "
                                    + choice.identity().describe() + ": " + problem)
                            .toList());
        }
    }

    private Side revision(String text, ConversionRequest wanted, TreeSource source, SourceFiles files)
            throws OcnixException {
        LockfileLocator.Located located = new LockfileLocator(files, listener).locate(wanted.lockfile());
        Bunfig bunfig = Bunfig.of(files, located.folder(), listener);
        Registries registries = RegistryRules.of(wanted, files, located.folder(), bunfig, listener);
        Optional<SourcePin> pin =
                source instanceof TreeSource.Pinned pinned ? Optional.of(pinned.pin()) : Optional.empty();
        return lockfile(text, located.path(), located.content(), registries, pin);
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.CacheDirectory;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.Visible;
import dev.ocnix.nix.FileDrift;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.TreeDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the tree as {@link Conversion} does and compares it with the one on disk, which stays as it is. */
public final class Check {
    private static final int NAMED = 5;

    private final ConversionRequest request;
    private final HttpSettings settings;
    private final Listener listener;
    private final boolean asksTag;
    private final Mending mending;
    private final Verdicts verdicts;

    /** Words the command that makes a tree what its pin gives. */
    public interface Mending {
        /**
         * The command.
         *
         * @param force whether files that were edited by hand are to be overwritten
         */
        String command(boolean force);
    }

    /** @param asksTag whether a pinned tag is asked for again, unless offline */
    public Check(
            ConversionRequest request, HttpSettings settings, Listener listener, boolean asksTag, Mending mending) {
        this(request, settings, listener, asksTag, mending, Verdicts.runningPlugin());
    }

    /** @param plugin what tells one build of the plugin from another */
    Check(
            ConversionRequest request,
            HttpSettings settings,
            Listener listener,
            boolean asksTag,
            Mending mending,
            Optional<String> plugin) {
        this.request = request;
        this.settings = settings;
        this.listener = listener;
        this.asksTag = asksTag;
        this.mending = mending;
        this.verdicts = new Verdicts(request.cacheDirectory(), plugin);
    }

    /**
     * Compares.
     *
     * @return an empty drift if the tree on disk is what its pin gives
     * @throws OcnixException if there is no tree, or that cannot be found out
     */
    public Drift run() throws OcnixException {
        Reports reports = new Reports(request, listener);
        try {
            CacheDirectory.require(request.cacheDirectory());
            Path file = request.outputDirectory().resolve(TreeManifest.FILE_NAME);
            byte[] content = PreviousTree.read(file)
                    .orElseThrow(() -> OcnixException.input("There is no tree in " + request.outputDirectory()
                            + "; write it with ocnix:generate, and commit it."));
            TreeManifest manifest = TreeManifest.read(content, file.toString());
            TreeWriter writer = new TreeWriter(request.outputDirectory(), false, request.cacheDirectory());
            if (isKnownToBeRight(content, manifest, writer)) {
                return new Drift(
                        List.of(), List.of(), Optional.empty(), manifest.files().size() + 1);
            }
            return compare(content, manifest, writer, reports);
        } catch (OcnixException e) {
            reports.failed(e);
            throw e;
        }
    }

    /** Whether an earlier run made this tree, and every file is still as it was then. */
    private boolean isKnownToBeRight(byte[] content, TreeManifest manifest, TreeWriter writer) throws OcnixException {
        Optional<Path> verdict = verdicts.find(request, content);
        if (verdict.isEmpty()
                || writer.isUnfinished()
                || !writer.edits().isEmpty()
                || movedTag(manifest.commit()).isPresent()) {
            return false;
        }
        try {
            Verdicts.report(verdict.get(), request.reportDirectory());
            passed(manifest.files().size() + 1, writer);
            return true;
        } catch (IOException e) {
            listener.debug("What was reported of this tree cannot be repeated: " + e.getMessage());
            return false;
        }
    }

    private void passed(int files, TreeWriter writer) throws OcnixException {
        List<String> unlisted = writer.unlisted();
        if (!unlisted.isEmpty()) {
            String names = unlisted.stream().limit(NAMED).map(Visible::quoted).collect(Collectors.joining(", "));
            listener.info("Not of the tree, and not checked: " + names
                    + (unlisted.size() > NAMED ? " and " + (unlisted.size() - NAMED) + " more" : "") + " in "
                    + request.outputDirectory() + ".");
        }
        listener.info("No drift: " + Summary.asItShouldBe(files, request.outputDirectory()));
    }

    private Drift compare(byte[] content, TreeManifest manifest, TreeWriter writer, Reports reports)
            throws OcnixException {
        PreviousTree previous = PreviousTree.in(request.outputDirectory(), true);
        Converted converted = convert(previous, writer);
        List<FileDrift> files = writer.compare(converted.tree());
        List<String> findings = findings(manifest, converted, writer);
        Optional<TreeDifference> packages = files.isEmpty()
                ? Optional.empty()
                : new Differences(request.outputDirectory(), listener).of(previous, converted);
        Drift drift =
                new Drift(findings, files, packages, converted.tree().files().size());
        if (drift.isEmpty()) {
            reports.written(converted, drift.changes(), packages);
            remember(content, converted);
            passed(drift.total(), writer);
        } else {
            Optional<String> command =
                    files.isEmpty() ? Optional.empty() : Optional.of(mending.command(drift.needsForce()));
            reports.drifted(converted, drift, command);
        }
        return drift;
    }

    /** What nobody could see today may be seen tomorrow. */
    private void remember(byte[] content, Converted converted) {
        if (!converted.input().unverified().isEmpty()) {
            return;
        }
        try {
            verdicts.store(request, content);
        } catch (IOException e) {
            listener.debug("That this tree is right cannot be remembered: " + e.getMessage());
        }
    }

    /** What the disk alone shows is told, too, where the tree cannot be made. */
    private Converted convert(PreviousTree previous, TreeWriter writer) throws OcnixException {
        try {
            return new Conversion(request, settings, listener).convert(previous);
        } catch (OcnixException e) {
            List<FileDrift> edits = writer.edits();
            if (edits.isEmpty()) {
                throw e;
            }
            Problems problems = new Problems();
            for (FileDrift edit : edits) {
                problems.input(request.outputDirectory().resolve(edit.path()) + " "
                        + switch (edit.kind()) {
                            case MISSING -> "is missing";
                            case CONFLICTED -> "holds a merge conflict";
                            default -> "was edited by hand";
                        }
                        + "; restore it.");
            }
            problems.add(e);
            problems.raise();
            throw e;
        }
    }

    private List<String> findings(TreeManifest manifest, Converted converted, TreeWriter writer) throws OcnixException {
        List<String> findings = new ArrayList<>();
        if (writer.isUnfinished()) {
            findings.add("There is what a run leaves while it writes " + request.outputDirectory()
                    + ", or when it is killed; ocnix:generate waits for it, puts the old files back if it ran on this machine,"
                    + " and refuses what anybody else left.");
        }
        if (!converted.sourceFetched() && converted.input().source() instanceof TreeSource.Pinned pinned) {
            movedTag(Optional.of(pinned.pin().commit())).ifPresent(findings::add);
        }
        String digest = converted.input().lockfileSha256();
        manifest.lockfileSha256()
                .filter(old -> !old.equals(digest))
                .ifPresent(old -> findings.add("The lockfile "
                        + converted.input().lockfilePath() + " is not the one that the tree was generated from (sha256 "
                        + old
                        + ", now " + digest + ")."));
        if (converted.input().source() instanceof TreeSource.Pinned pinned) {
            String revision = pinned.pin().revision();
            manifest.revision()
                    .filter(old -> !old.equals(revision))
                    .ifPresent(old ->
                            findings.add("The tree was generated for " + old + ", and " + revision + " is pinned."));
        }
        return findings;
    }

    /** What is wrong with the pinned tag today. */
    private Optional<String> movedTag(Optional<String> commit) throws OcnixException {
        if (!asksTag
                || commit.isEmpty()
                || !(request.source() instanceof SourceChoice.Pinned choice)
                || Revisions.isCommit(choice.revision().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        if (request.offline()) {
            listener.info("Offline: whether the tag " + choice.revision() + " still means " + commit.get()
                    + " was not asked.");
            return Optional.empty();
        }
        try (Http http = new Http(settings)) {
            ProjectSource.sources(http).commitOf(choice.request(commit));
            return Optional.empty();
        } catch (OcnixException e) {
            if (e.fault() == OcnixException.Fault.INPUT) {
                return Optional.of(e.getMessage());
            }
            throw OcnixException.outside(
                    Problems.continued(e.getMessage(), "ocnix.check.tag=false, or -o, leaves the question out."), e);
        }
    }
}

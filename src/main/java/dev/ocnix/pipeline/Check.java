package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.SourceRequest;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.nix.FileDrift;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.TreeDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the tree as {@link Conversion} does and compares it with the one on disk, which stays as it is. */
public final class Check {
    private final ConversionRequest request;
    private final HttpSettings settings;
    private final Listener listener;
    private final boolean asksTag;

    /** @param asksTag whether a pinned tag is asked for again, unless offline */
    public Check(ConversionRequest request, HttpSettings settings, Listener listener, boolean asksTag) {
        this.request = request;
        this.settings = settings;
        this.listener = listener;
        this.asksTag = asksTag;
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
            TreeWriter writer = new TreeWriter(request.outputDirectory(), false);
            PreviousTree previous = PreviousTree.in(request.outputDirectory(), true);
            TreeManifest manifest = previous.manifest()
                    .orElseThrow(() -> OcnixException.input("There is no tree in " + request.outputDirectory()
                            + "; write it with ocnix:generate, and commit it."));
            Converted converted = convert(previous, writer);
            List<FileDrift> files = writer.compare(converted.tree());
            List<String> findings = findings(manifest, converted, writer);
            Optional<TreeDifference> packages = files.isEmpty()
                    ? Optional.empty()
                    : new Differences(request.outputDirectory(), listener).of(previous, converted);
            Drift drift = new Drift(
                    findings, files, packages, converted.tree().files().size());
            if (drift.isEmpty()) {
                listener.info("No drift: " + Summary.asItShouldBe(converted.tree(), request.outputDirectory()));
                reports.written(converted, drift.changes(), packages);
            } else {
                reports.drifted(converted, drift);
            }
            return drift;
        } catch (OcnixException e) {
            reports.failed(e);
            throw e;
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
                        + (edit.kind() == FileDrift.Kind.MISSING ? "is missing" : "was edited by hand")
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
            findings.add("A run is writing " + request.outputDirectory()
                    + ", or was killed while it did; ocnix:generate puts the old files back first.");
        }
        movedTag(converted).ifPresent(findings::add);
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
    private Optional<String> movedTag(Converted converted) throws OcnixException {
        if (!asksTag
                || converted.sourceFetched()
                || !(request.source() instanceof SourceChoice.Pinned choice)
                || !(converted.input().source() instanceof TreeSource.Pinned pinned)
                || Revisions.isCommit(choice.revision())) {
            return Optional.empty();
        }
        if (request.offline()) {
            listener.info("Offline: whether the tag " + choice.revision() + " still means "
                    + pinned.pin().commit() + " was not asked.");
            return Optional.empty();
        }
        try (Http http = new Http(settings)) {
            ProjectSource.sources(http)
                    .commitOf(new SourceRequest(
                            choice.identity(),
                            choice.revision(),
                            Optional.of(pinned.pin().commit()),
                            choice.transport()));
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

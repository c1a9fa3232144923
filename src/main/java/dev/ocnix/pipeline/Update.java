package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.SourceRequest;
import dev.ocnix.model.OcnixException;
import dev.ocnix.nix.TreeManifest;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.DifferenceText;
import dev.ocnix.report.TreeDifference;
import java.util.List;
import java.util.Optional;

/** Moves a pin and generates the tree for it: both, or nothing. */
public final class Update {
    private static final int SHOWN = 200;
    private static final String TARGET = "ocnix.update.to";

    private final ConversionRequest request;
    private final HttpSettings settings;
    private final Listener listener;

    public Update(ConversionRequest request, HttpSettings settings, Listener listener) {
        this.request = request;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Moves the pin.
     *
     * @param to the revision; the newest release when absent
     * @param pom where the pin stands
     * @return the new revision; empty if there is none to move to
     * @throws OcnixException with every problem that was found; POM and tree are as they were then
     */
    public Optional<String> run(Optional<String> to, boolean preReleases, PomFile pom) throws OcnixException {
        Reports reports = new Reports(request, listener);
        try {
            if (!(request.source() instanceof SourceChoice.Pinned pinned)) {
                throw OcnixException.input(
                        "No revision is pinned, so none can be moved; set ocnix.revision in the POM.");
            }
            Optional<String> target = to.isPresent() ? to : newest(pinned, preReleases);
            String source = pinned.identity().describe();
            if (target.isEmpty()) {
                listener.info("Nothing to do: " + source + " has no release newer than " + pinned.revision() + ".");
                reports.nothingToUpdate();
                return Optional.empty();
            }
            if (target.get().equals(pinned.revision())) {
                listener.info("Nothing to do: " + source + " is pinned at " + pinned.revision() + " already.");
                reports.nothingToUpdate();
                return Optional.empty();
            }
            pom.requireMovable(target.get());
            move(pinned, pinned.at(target.get(), to.isPresent() ? TARGET : SourceRequest.PIN), pom);
            return target;
        } catch (OcnixException e) {
            reports.updateFailed(e);
            throw e;
        }
    }

    private Optional<String> newest(SourceChoice.Pinned pinned, boolean preReleases) throws OcnixException {
        if (request.offline()) {
            throw new OcnixException(
                    OcnixException.Fault.OUTSIDE,
                    "Which releases of " + pinned.identity().describe()
                            + " there are cannot be asked offline; run without -o, or name one with " + TARGET + ".");
        }
        try (Http http = new Http(settings)) {
            return new ReleaseTags(pinned.revision(), preReleases)
                    .newer(ProjectSource.sources(http)
                            .tags(pinned.identity(), pinned.transport())
                            .keySet());
        }
    }

    private void move(SourceChoice.Pinned pinned, SourceChoice.Pinned target, PomFile pom) throws OcnixException {
        String to = target.revision();
        ConversionRequest wanted = request.withSource(target);
        TreeWriter writer = new TreeWriter(request.outputDirectory(), request.force(), request.cacheDirectory());
        writer.mend();
        PreviousTree previous = PreviousTree.in(request.outputDirectory(), request.force());
        Converted converted = new Conversion(wanted, settings, listener).convert(previous);
        Optional<TreeDifference> difference =
                new Differences(request.outputDirectory(), listener).of(previous, converted);
        // refuses what it would refuse, before the POM is touched
        writer.plan(converted.tree());
        pom.move(to);
        TreeWriter.Changes changes = write(writer, converted, pom);
        listener.info(Summary.of(converted.tree(), changes, request.outputDirectory()));
        tell(pinned, to, previous, difference, pom);
        Reports reports = new Reports(wanted, listener);
        reports.written(converted, changes, difference);
        reports.forgetUpdate();
    }

    private static TreeWriter.Changes write(TreeWriter writer, Converted converted, PomFile pom) throws OcnixException {
        try {
            return writer.write(converted.tree());
        } catch (OcnixException | RuntimeException e) {
            pom.restore();
            throw e;
        }
    }

    private void tell(
            SourceChoice.Pinned pinned,
            String to,
            PreviousTree previous,
            Optional<TreeDifference> difference,
            PomFile pom) {
        Optional<TreeManifest> manifest = previous.manifest();
        boolean isOld = manifest.flatMap(TreeManifest::revision).equals(Optional.of(pinned.revision()));
        listener.info(
                pinned.revision() + " -> " + to + " of " + pinned.identity().describe() + ", in " + pom.path()
                        + difference
                                .filter(found -> isOld)
                                .map(found -> ": " + DifferenceText.counts(found))
                                .orElse("") + ".");
        List<String> lines = difference.map(DifferenceText::lines).orElse(List.of());
        int alarms = difference.map(found -> found.alarms().size()).orElse(0);
        lines.stream().limit(alarms).forEach(listener::warn);
        lines.stream().skip(alarms).limit(SHOWN).forEach(listener::info);
        if (lines.size() - alarms > SHOWN) {
            listener.info("and " + (lines.size() - alarms - SHOWN) + " more, all of them in report.json.");
        }
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourcePin;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.LifecycleScripts;
import dev.ocnix.report.Report;
import dev.ocnix.report.ReportFiles;
import java.util.List;
import java.util.Optional;

/** Writes the report of a run, however it ended. */
final class Reports {
    private final ConversionRequest request;
    private final Listener listener;

    Reports(ConversionRequest request, Listener listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Reports a tree that was written. */
    void written(TreeInput input, Inventory inventory, List<LifecycleScripts> scripts, TreeWriter.Changes changes) {
        Optional<SourcePin> pin =
                input.source() instanceof TreeSource.Pinned pinned ? Optional.of(pinned.pin()) : Optional.empty();
        Report report = new Report(
                Report.Status.OK,
                pin.map(known -> known.identity().describe()),
                pin.map(SourcePin::revision),
                pin.map(SourcePin::commit),
                input.sources().size(),
                changes.written(),
                changes.deleted(),
                input.hints(),
                scripts,
                input.unverified(),
                List.of());
        write(report, Optional.of(inventory));
    }

    /** Reports a run that came to nothing. */
    void failed(OcnixException failure) {
        Optional<SourceChoice.Pinned> pinned =
                request.source() instanceof SourceChoice.Pinned choice ? Optional.of(choice) : Optional.empty();
        Report report = Report.failed(
                pinned.map(choice -> choice.identity().describe()),
                pinned.map(SourceChoice.Pinned::revision),
                failure.problems());
        write(report, Optional.empty());
    }

    /** A report that cannot be written must not hide how the run ended. */
    private void write(Report report, Optional<Inventory> inventory) {
        try {
            new ReportFiles(request.reportDirectory(), request.sbom()).write(report, inventory);
        } catch (OcnixException e) {
            listener.warn(e.getMessage());
        }
    }
}

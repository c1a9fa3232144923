package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Problem;
import dev.ocnix.model.SourcePin;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.Report;
import dev.ocnix.report.ReportFiles;
import dev.ocnix.report.TreeDifference;
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

    /** Reports a tree that was written, or that is right as it is. */
    void written(Converted converted, TreeWriter.Changes changes, Optional<TreeDifference> difference) {
        write(report(Report.Status.OK, converted, changes, List.of(), difference));
    }

    /** Reports a tree that is not what its pin gives. */
    void drifted(Converted converted, Drift drift) {
        write(report(Report.Status.DRIFT, converted, drift.changes(), drift.lines(), drift.packages()));
    }

    private static Report report(
            Report.Status status,
            Converted converted,
            TreeWriter.Changes changes,
            List<String> problems,
            Optional<TreeDifference> difference) {
        TreeInput input = converted.input();
        Optional<SourcePin> pin =
                input.source() instanceof TreeSource.Pinned pinned ? Optional.of(pinned.pin()) : Optional.empty();
        return new Report(
                status,
                pin.map(known -> known.identity().describe()),
                pin.map(SourcePin::revision),
                pin.map(SourcePin::commit),
                input.sources().size(),
                changes.written(),
                changes.deleted(),
                input.hints(),
                converted.scripts(),
                input.unverified(),
                problems,
                difference,
                Optional.of(converted.inventory()));
    }

    /** Reports a run that came to nothing. */
    void failed(OcnixException failure) {
        Optional<SourceChoice.Pinned> pinned =
                request.source() instanceof SourceChoice.Pinned choice ? Optional.of(choice) : Optional.empty();
        write(Report.failed(
                pinned.map(choice -> choice.identity().describe()),
                pinned.map(SourceChoice.Pinned::revision),
                failure.details().stream().map(Problem::inFull).toList()));
    }

    /** A report that cannot be written must not hide how the run ended. */
    private void write(Report report) {
        try {
            new ReportFiles(request.reportDirectory(), request.sbom()).write(report);
        } catch (OcnixException e) {
            listener.warn(e.getMessage());
        }
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.disk.Premises;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Problem;
import dev.ocnix.model.SourcePin;
import dev.ocnix.nix.TreeInput;
import dev.ocnix.nix.TreeSource;
import dev.ocnix.nix.TreeWriter;
import dev.ocnix.report.Report;
import dev.ocnix.report.ReportFiles;
import dev.ocnix.report.TreeDifference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the report of a run, however it ended. */
final class Reports {
    /** Folder in the report folder of what an update says that moved nothing. */
    static final String UPDATE = "update";

    private final ConversionRequest request;
    private final Listener listener;

    Reports(ConversionRequest request, Listener listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Reports a tree that was written, or that is right as it is. */
    void written(Converted converted, TreeWriter.Changes changes, Optional<TreeDifference> difference) {
        write(report(Report.Status.OK, converted, changes, List.of(), Optional.empty(), difference));
    }

    /** Reports a tree that is not what its pin gives. */
    void drifted(Converted converted, Drift drift, Optional<String> mending) {
        write(report(Report.Status.DRIFT, converted, drift.changes(), drift.lines(), mending, drift.packages()));
    }

    private static Report report(
            Report.Status status,
            Converted converted,
            TreeWriter.Changes changes,
            List<String> problems,
            Optional<String> mending,
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
                mending,
                difference,
                Optional.of(converted.inventory()));
    }

    /** Reports a run that came to nothing. */
    void failed(OcnixException failure) {
        write(failure(failure));
    }

    /** Reports a pin that was moved, or not: what was reported of the tree stands, unless the tree is another one now. */
    void updateFailed(OcnixException failure) {
        beside(failure(failure));
        if (!new ReportFiles(request.reportDirectory(), request.sbom()).holdGoodOne()) {
            write(failure(failure));
        }
    }

    /** Reports that there was no revision to move to. */
    void nothingToUpdate() {
        beside(Report.unmoved(repository(), revision()));
    }

    /** Removes what an update before said that moved nothing. */
    void forgetUpdate() {
        try {
            updates().remove();
        } catch (OcnixException e) {
            listener.warn(e.getMessage());
        }
    }

    private Report failure(OcnixException failure) {
        return Report.failed(
                repository(),
                revision(),
                failure.details().stream().map(Problem::inFull).toList());
    }

    private Optional<String> repository() {
        return pinned().map(choice -> choice.identity().describe());
    }

    private Optional<String> revision() {
        return pinned().map(SourceChoice.Pinned::revision);
    }

    private Optional<SourceChoice.Pinned> pinned() {
        return request.source() instanceof SourceChoice.Pinned choice ? Optional.of(choice) : Optional.empty();
    }

    private ReportFiles updates() throws OcnixException {
        Path folder = request.reportDirectory().resolve(UPDATE);
        new Premises(request.reportDirectory()).require(folder, "ocnix.reportDirectory");
        return new ReportFiles(folder, false);
    }

    private void beside(Report report) {
        try {
            updates().write(report);
        } catch (OcnixException e) {
            listener.warn(e.getMessage());
        }
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

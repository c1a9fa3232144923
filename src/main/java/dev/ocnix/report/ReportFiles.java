package dev.ocnix.report;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import dev.ocnix.report.html.HtmlReport;
import dev.ocnix.report.sbom.CycloneDx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that a run leaves for machines and people, however it ends. */
public final class ReportFiles {
    /** Their names. */
    public static final List<String> NAMES =
            List.of(ReportJson.FILE_NAME, HtmlReport.FILE_NAME, ChangesMarkdown.FILE_NAME, CycloneDx.FILE_NAME);

    private final Path folder;
    private final boolean sbom;

    /**
     * @param folder is made if need be
     * @param sbom whether a bill of materials is wanted
     */
    public ReportFiles(Path folder, boolean sbom) {
        this.folder = folder;
        this.sbom = sbom;
    }

    /**
     * Writes them over those of the run before. One that this run has no content for is removed: it would tell of another.
     *
     * @throws OcnixException if that cannot be done
     */
    public void write(Report report) throws OcnixException {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at) && !Files.isDirectory(at)) {
                throw OcnixException.input(
                        "The report cannot be written: " + at
                                + " is a file where its folder belongs; move it away, or set ocnix.reportDirectory to another.");
            }
        }
        try {
            put(ReportJson.FILE_NAME, Optional.of(ReportJson.print(report)));
            put(HtmlReport.FILE_NAME, Optional.of(HtmlReport.print(report)));
            put(ChangesMarkdown.FILE_NAME, Optional.of(ChangesMarkdown.print(report)));
            put(CycloneDx.FILE_NAME, report.inventory().filter(all -> sbom).map(all -> CycloneDx.print(report, all)));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The report in " + folder + " cannot be written (" + Words.reason(e)
                            + "); make the folder writable.",
                    e);
        }
    }

    /** Whether a report is there of a run that came to something. */
    public boolean holdGoodOne() {
        try {
            Path file = folder.resolve(ReportJson.FILE_NAME);
            String text = OwnFile.isRegular(file) ? Files.readString(file) : ReportJson.status(Report.Status.ERROR);
            return !text.contains(ReportJson.status(Report.Status.ERROR));
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes them, and their folder if nothing else is in it. */
    public void remove() throws OcnixException {
        try {
            for (String name : NAMES) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // what else is there is the user's
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The old report in " + folder + " cannot be removed (" + Words.reason(e)
                            + "); make the folder writable.",
                    e);
        }
    }

    private void put(String name, Optional<String> content) throws IOException {
        if (content.isPresent()) {
            OwnFile.write(folder.resolve(name), content.get().getBytes(StandardCharsets.UTF_8));
        } else {
            Files.deleteIfExists(folder.resolve(name));
        }
    }
}

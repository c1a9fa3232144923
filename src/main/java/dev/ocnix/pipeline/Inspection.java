package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.report.inspect.AddonPrint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into one lockfile: read it, decode it, print it. */
public final class Inspection {
    private final Request request;
    private final HttpSettings http;
    private final Listener listener;

    /**
     * What to print, and where.
     *
     * @param location a file, a folder or an http(s) URL
     * @param addon what to explain in place of printing the lockfile
     * @param outputFile a path; empty for standard output
     * @param currentFolder what relative paths start from
     */
    public record Request(
            String location,
            PrintFormat format,
            Optional<AddonQuestion> addon,
            Optional<String> outputFile,
            Path currentFolder) {}

    public Inspection(Request request, HttpSettings http, Listener listener) {
        this.request = request;
        this.http = http;
        this.listener = listener;
    }

    /**
     * Prints the lockfile, or the explanation of a package, as UTF-8. Nothing is written before all of it is understood.
     *
     * @throws OcnixException if it cannot be had, decoded or written
     */
    public void print(PrintStream standardOutput) throws OcnixException {
        LockfileLoader.Loaded loaded =
                new LockfileLoader(request.currentFolder(), http, listener).load(request.location());
        ListedLockfile read = LockfileReader.list(loaded.name(), loaded.content());
        read.lockfile().warnings().forEach(listener::warn);
        new Printout(request.outputFile(), request.currentFolder(), listener)
                .write(text(read, loaded.folder()), standardOutput);
    }

    private Printout.Text text(ListedLockfile read, Optional<Path> folder) throws OcnixException {
        if (request.addon().isEmpty()) {
            return out -> request.format().print(read, out);
        }
        List<AddonPrint.Subject> subjects = new AddonInspection(request.addon().get(), http, listener)
                .explain(read.lockfile(), new FolderFiles(folder));
        return out -> AddonPrint.print(subjects, out);
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.fetch.WholeFile;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.report.inspect.AddonPrint;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

    /** What is printed once all of it is understood. */
    private interface Text {
        void print(Appendable out) throws IOException;
    }

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
        Text text = text(read, loaded.folder());
        if (request.outputFile().isPresent()) {
            write(text, request.outputFile().get());
        } else {
            write(text, standardOutput);
        }
    }

    private Text text(ListedLockfile read, Optional<Path> folder) throws OcnixException {
        if (request.addon().isEmpty()) {
            return out -> request.format().print(read, out);
        }
        List<AddonPrint.Subject> subjects = new AddonInspection(request.addon().get(), http, listener)
                .explain(read.lockfile(), new FolderFiles(folder));
        return out -> AddonPrint.print(subjects, out);
    }

    private static void write(Text text, PrintStream out) throws OcnixException {
        try {
            print(text, out);
        } catch (IOException e) {
            throw cut(e);
        }
        if (out.checkError()) {
            throw cut(new IOException());
        }
    }

    private static OcnixException cut(IOException e) {
        return OcnixException.outside(
                "Standard output took only a part of the text; check that what reads it goes on to its end.", e);
    }

    private void write(Text text, String outputFile) throws OcnixException {
        Path file = file(outputFile);
        try {
            WholeFile.write(file, out -> print(text, out));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The file " + outputFile + " cannot be written (" + e.getMessage()
                            + "); make its folder writable, or correct ocnix.outputFile.",
                    e);
        }
        listener.info("Wrote " + outputFile + ".");
    }

    private Path file(String outputFile) throws OcnixException {
        try {
            Path file = request.currentFolder().resolve(outputFile);
            if (file.getFileName() != null && (!Files.exists(file) || Files.isRegularFile(file))) {
                return file;
            }
            throw OcnixException.input(
                    "ocnix.outputFile is " + outputFile + ", which is no regular file; name a file.");
        } catch (InvalidPathException e) {
            throw OcnixException.input("ocnix.outputFile is no path (" + e.getReason() + "); name a file.");
        }
    }

    private static void print(Text text, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.print(writer);
        writer.flush();
    }
}

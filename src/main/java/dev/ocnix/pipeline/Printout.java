package dev.ocnix.pipeline;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.disk.Premises;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
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
import java.util.Optional;

/**
 * Where a goal's text goes, as UTF-8: to standard output, or to a file, which appears whole or not at all.
 *
 * @param outputFile a path; empty for standard output
 * @param currentFolder what a relative path starts from
 * @param isJson whether the text is a JSON document
 */
record Printout(Optional<String> outputFile, Path currentFolder, boolean isJson, Listener listener) {
    /** What is printed once all of it is understood. */
    interface Text {
        void print(Appendable out) throws IOException;
    }

    /** @throws OcnixException if the text cannot be written, all of it */
    void write(Text text, PrintStream standardOutput) throws OcnixException {
        if (outputFile.isPresent()) {
            write(text, outputFile.get());
            return;
        }
        try {
            print(text, standardOutput);
        } catch (IOException e) {
            throw cut(e);
        }
        if (standardOutput.checkError()) {
            throw cut(new IOException());
        }
    }

    private static OcnixException cut(IOException e) {
        return OcnixException.outside(
                "Standard output took only a part of the text; check that what reads it goes on to its end.", e);
    }

    private void write(Text text, String path) throws OcnixException {
        Path file = file(path);
        try {
            OwnFile.write(file, out -> print(text, out));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The file " + path + " cannot be written (" + Words.reason(e)
                            + "); make its folder writable, or correct ocnix.outputFile.",
                    e);
        }
        listener.info("Wrote " + path + ".");
    }

    private Path file(String path) throws OcnixException {
        try {
            Path file = currentFolder.resolve(path);
            if (file.getFileName() != null && (!Files.exists(file) || Files.isRegularFile(file))) {
                Path parent = file.toAbsolutePath().getParent();
                if (parent != null) {
                    new Premises(currentFolder).require(parent, "ocnix.outputFile");
                }
                return file;
            }
            throw OcnixException.input("ocnix.outputFile is " + path + ", which is no regular file; name a file.");
        } catch (InvalidPathException e) {
            throw OcnixException.input("ocnix.outputFile is no path (" + e.getReason() + "); name a file.");
        }
    }

    private void print(Text text, OutputStream out) throws IOException {
        Writer buffered = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        Writer writer = new VisibleWriter(buffered, isJson);
        text.print(writer);
        writer.flush();
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.source.Transport;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.ListedLockfile;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.report.inspect.AddonPrint;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @param tree the folder of a generated tree, whose lockfile is meant where the current folder has none
     * @param cacheDirectory of what is known of sources
     * @param transport how a source that the cache lacks is fetched
     */
    public record Request(
            String location,
            PrintFormat format,
            Optional<AddonQuestion> addon,
            Optional<String> outputFile,
            Path currentFolder,
            Path tree,
            Path cacheDirectory,
            Transport transport) {}

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
        TreeLockfile.Found found = find();
        ListedLockfile read = LockfileReader.list(found.name(), found.content());
        read.lockfile().warnings().forEach(listener::warn);
        boolean isJson = request.addon().isEmpty() && request.format() == PrintFormat.JSON;
        new Printout(request.outputFile(), request.currentFolder(), isJson, listener)
                .write(text(read, found.beside()), standardOutput);
    }

    private TreeLockfile.Found find() throws OcnixException {
        Optional<Path> tree = tree();
        if (tree.isPresent()) {
            TreeLockfile.Found found =
                    new TreeLockfile(tree.get(), request.cacheDirectory(), request.transport(), http).find();
            listener.info("This is " + found.name() + " of the source of the tree in " + tree.get() + ".");
            return found;
        }
        LockfileLoader.Loaded loaded =
                new LockfileLoader(request.currentFolder(), http, listener).load(request.location());
        return new TreeLockfile.Found(loaded.name(), loaded.content(), new FolderFiles(loaded.folder()));
    }

    /** A tree that is named, or that stands in a folder without a lockfile. */
    private Optional<Path> tree() {
        if (LockfileLoader.isUrl(request.location())) {
            return Optional.empty();
        }
        try {
            Path place = request.currentFolder().resolve(request.location());
            if (TreeLockfile.isIn(place)) {
                return Optional.of(place);
            }
            boolean isCurrent =
                    request.location().isEmpty() || request.location().equals(".");
            boolean hasLockfile =
                    Stream.of(LockfileKind.values()).anyMatch(kind -> Files.exists(place.resolve(kind.fileName())));
            return isCurrent && !hasLockfile && TreeLockfile.isIn(request.tree())
                    ? Optional.of(request.tree())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Printout.Text text(ListedLockfile read, SourceFiles beside) throws OcnixException {
        if (request.addon().isEmpty()) {
            return out -> request.format().print(read, out);
        }
        List<AddonPrint.Subject> subjects =
                new AddonInspection(request.addon().get(), http, listener).explain(read.lockfile(), beside);
        return out -> AddonPrint.print(subjects, out);
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files that stand beside a lockfile, or none; nothing is listed or hashed. */
record FolderFiles(Optional<Path> folder) implements SourceFiles {
    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<Path> file = folder.map(known -> known.resolve(path)).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (Files.size(file.get()) > maxBytes) {
                throw OcnixException.input(
                        "The file " + file.get() + " has more than " + maxBytes + " bytes; check what it is.");
            }
            return Optional.of(Files.readAllBytes(file.get()));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The file " + file.get() + " cannot be read (" + Words.reason(e) + "); check its permissions.", e);
        }
    }

    @Override
    public SortedSet<String> list(String path) {
        return new TreeSet<>();
    }

    @Override
    public Optional<Sri> narHash(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> head(String path, int bytes) {
        return Optional.empty();
    }

    @Override
    public void visit(String folder, PackageVisitor visitor) {}
}

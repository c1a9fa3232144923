package dev.ocnix.fetch.source;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.util.Optional;
import java.util.SortedSet;

/** Source files that remember what they were asked and what they answered. May be used from several threads. */
public final class RecordingFiles implements SourceFiles {
    private final SourceFiles files;
    private final Answers answers = Answers.none();

    public RecordingFiles(SourceFiles files) {
        this.files = files;
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<byte[]> content = files.read(path, maxBytes);
        synchronized (answers) {
            answers.contents().put(path, content);
        }
        return content.map(byte[]::clone);
    }

    @Override
    public SortedSet<String> list(String folder) throws OcnixException {
        SortedSet<String> paths = files.list(folder);
        synchronized (answers) {
            answers.lists().put(folder, paths);
        }
        return paths;
    }

    @Override
    public Optional<Sri> narHash(String path) throws OcnixException {
        Optional<Sri> hash = files.narHash(path);
        synchronized (answers) {
            answers.narHashes().put(path, hash);
        }
        return hash;
    }

    Answers answers() {
        synchronized (answers) {
            return Answers.none().with(answers);
        }
    }
}

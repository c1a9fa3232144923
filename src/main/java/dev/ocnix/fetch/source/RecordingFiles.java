package dev.ocnix.fetch.source;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.SourceFiles;
import java.util.Optional;
import java.util.SortedSet;

/** Source files that remember what they were asked and what they answered. May be used from several threads. */
public final class RecordingFiles implements SourceFiles {
    private static final long MAX_RECORDED = 64L << 20;

    private final SourceFiles files;
    private final Answers answers = Answers.none();
    private final long maxRecorded;
    private long recorded;

    public RecordingFiles(SourceFiles files) {
        this(files, MAX_RECORDED);
    }

    /** @param maxRecorded bytes of all contents that are kept */
    RecordingFiles(SourceFiles files, long maxRecorded) {
        this.files = files;
        this.maxRecorded = maxRecorded;
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws OcnixException {
        Optional<byte[]> content = files.read(path, maxBytes);
        int size = content.map(bytes -> bytes.length).orElse(0);
        synchronized (answers) {
            // a later run asks the source itself for what is left out
            if (size <= maxRecorded - recorded && answers.contents().put(path, content) == null) {
                recorded += size;
            }
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

    @Override
    public Optional<byte[]> head(String path, int bytes) throws OcnixException {
        Optional<byte[]> head = files.head(path, bytes);
        synchronized (answers) {
            answers.heads().put(path, head);
        }
        return head.map(byte[]::clone);
    }

    /** What a visitor sees is too much to keep; its verdict is kept elsewhere, by the folder's hash. */
    @Override
    public void visit(String folder, PackageVisitor visitor) throws OcnixException {
        files.visit(folder, visitor);
    }

    Answers answers() {
        synchronized (answers) {
            return Answers.none().with(answers);
        }
    }
}

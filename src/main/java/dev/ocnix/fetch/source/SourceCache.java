package dev.ocnix.fetch.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ocnix.disk.OwnFile;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Revisions;
import dev.ocnix.model.SourceIdentity;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Answers of sources on disk, one JSON file for each identity and commit, so that a run on a pin that an earlier one fetched
 * opens no connection. Whatever transport brought them: the answers are the same. Each file carries its digest; one that does
 * not fit, is cut or is of another schema counts as absent.
 */
public final class SourceCache {
    private static final long MAX_BYTES = 256L << 20;
    private static final long MAX_TAG = 100;
    private static final String ANSWERS = ".json";
    private static final String TAG = ".tag";
    private static final String DIGEST = "digest";
    private static final String BODY = "source";

    private final Path folder;

    public SourceCache(Path folder) {
        this.folder = folder;
    }

    /** What earlier runs asked of a commit. */
    public Optional<Snapshot> find(SourceIdentity identity, String commit) {
        Path file = file(identity, commit, ANSWERS);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            JsonElement parsed = JsonParser.parseString(Files.readString(file));
            JsonObject whole = parsed.getAsJsonObject();
            JsonObject body = whole.getAsJsonObject(BODY);
            boolean isIntact = body != null
                    && whole.has(DIGEST)
                    && whole.get(DIGEST).getAsString().equals(digest(body).toString());
            return isIntact ? SnapshotJson.read(body, identity, commit) : Optional.empty();
        } catch (IOException
                | JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | ClassCastException
                | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * Adds a run's answers to those of earlier runs on the same commit.
     *
     * @throws OcnixException if the cache cannot be written; nothing half-written is left
     */
    public void store(FetchedSource source, RecordingFiles recording) throws OcnixException {
        SourceIdentity identity = source.pin().identity();
        String commit = source.pin().commit();
        Answers earlier = find(identity, commit)
                .filter(known -> known.narHash().equals(source.pin().narHash()))
                .map(known -> known.replayed().answers())
                .orElseGet(Answers::none);
        Snapshot snapshot = new Snapshot(
                identity,
                commit,
                source.pin().narHash(),
                source.submodules(),
                source.marks(),
                source.pin().cloned(),
                new ReplayedFiles(earlier.with(recording.answers())));
        JsonObject body = SnapshotJson.write(snapshot);
        JsonObject whole = new JsonObject();
        whole.addProperty(DIGEST, digest(body).toString());
        whole.add(BODY, body);
        write(file(identity, commit, ANSWERS), whole.toString());
        Optional<String> tag = source.pin().tag();
        if (tag.isPresent()) {
            write(file(identity, tag.get(), TAG), commit + "\n");
        }
    }

    /** The commit that a tag meant when it was seen last; forgeable by who writes to the cache, as are its answers. */
    public Optional<String> commitOf(SourceIdentity identity, String tag) {
        Path file = file(identity, tag, TAG);
        try {
            return Files.isRegularFile(file) && Files.size(file) < MAX_TAG
                    ? Optional.of(Files.readString(file).strip()).filter(Revisions::isCommit)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Sri digest(JsonObject body) {
        return Sri.ofContent(HashAlgorithm.SHA256, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Path file(SourceIdentity identity, String revision, String ending) {
        String key = SnapshotJson.key(identity) + "\n" + revision;
        return folder.resolve(Sri.ofContent(HashAlgorithm.SHA256, key.getBytes(StandardCharsets.UTF_8))
                        .hex()
                + ending);
    }

    private static void write(Path file, String text) throws OcnixException {
        try {
            OwnFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The cache file " + file + " could not be written (" + Words.reason(e)
                            + "); make its folder writable, or set ocnix.cacheDirectory to another.",
                    e);
        }
    }
}

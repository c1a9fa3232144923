package dev.ocnix.fetch.cache;

import dev.ocnix.disk.OwnFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What one process adds to the cache, line by line as it learns it: a kill costs at most the line that it cuts. */
final class Journal implements AutoCloseable {
    private final Path file;
    private final Path pack;
    private final FileChannel channel;

    /**
     * @param file which must not exist
     * @param pack what it becomes in the end
     */
    Journal(Path file, Path pack) throws IOException {
        this.file = file;
        this.pack = pack;
        this.channel = OwnFile.append(file);
    }

    void append(CacheLine line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.print() + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes a pack of it. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.move(file, pack, StandardCopyOption.ATOMIC_MOVE);
    }
}

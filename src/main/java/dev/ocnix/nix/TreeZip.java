package dev.ocnix.nix;

import static java.util.Objects.requireNonNull;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a tree: the files that its {@code ocnix.json} lists, and that itself. The same tree gives the same bytes on every
 * machine, so nothing is compressed, since each zlib does that in its own way, and all times are one that the format has without a time zone.
 */
public final class TreeZip {
    private static final LocalDateTime MOMENT = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path folder;

    /** @param folder of the tree */
    public TreeZip(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the zip, over another one if need be.
     *
     * @throws OcnixException if there is no tree, a file is not as it lists it, or the zip cannot be written
     */
    public void write(Path zip) throws OcnixException {
        try {
            SortedMap<String, byte[]> files = files();
            OwnFile.write(zip, out -> pack(files, out));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The tree in " + folder + " cannot be packed into " + zip + " (" + Words.reason(e)
                            + "); make the former readable and the latter writable.",
                    e);
        }
    }

    private static void pack(SortedMap<String, byte[]> files, OutputStream out) throws IOException {
        ZipOutputStream entries = new ZipOutputStream(out);
        for (String path : files.keySet()) {
            add(entries, path, requireNonNull(files.get(path)));
        }
        entries.finish();
    }

    private SortedMap<String, byte[]> files() throws IOException, OcnixException {
        Path list = folder.resolve(TreeManifest.FILE_NAME);
        if (!OwnFile.isRegular(list)) {
            throw OcnixException.input("There is no tree in " + folder + " to be packed; run ocnix:generate.");
        }
        byte[] manifest = Files.readAllBytes(list);
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(TreeManifest.FILE_NAME, manifest);
        SortedMap<String, String> listed =
                TreeManifest.read(manifest, list.toString()).files();
        for (String path : listed.keySet()) {
            // also says no to links on the way
            if (!DiskFile.of(folder, path).hasDigest(requireNonNull(listed.get(path)))) {
                throw OcnixException.input(
                        folder.resolve(path) + " is not as ocnix.json lists it; run ocnix:generate.");
            }
            files.put(path, Files.readAllBytes(folder.resolve(path)));
        }
        return files;
    }

    private static void add(ZipOutputStream entries, String path, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(path);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(MOMENT);
        entries.putNextEntry(entry);
        entries.write(content);
        entries.closeEntry();
    }
}

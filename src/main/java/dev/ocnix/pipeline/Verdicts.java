package dev.ocnix.pipeline;

import static java.util.Objects.requireNonNull;

import dev.ocnix.disk.OwnFile;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.report.ReportFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers on this machine which trees were found to be what their pins give, and what was reported of them, so that the same
 * plugin need not make the same tree for the same request again. Whether the files are still those of the tree is for the
 * caller to find out. Losing any of it costs only time.
 */
final class Verdicts {
    private static final int KEPT = 16;
    private static final String COMPLETE = "complete";

    private final Path folder;
    private final Optional<String> plugin;

    /** @param plugin what tells one build of the plugin from another; without it nothing is remembered */
    Verdicts(Path cacheDirectory, Optional<String> plugin) {
        this.folder = cacheDirectory.resolve("verdicts");
        this.plugin = plugin;
    }

    /** The running plugin: its jar's place, size and time. Empty if it runs from a folder of classes, which may change. */
    static Optional<String> runningPlugin() {
        try {
            CodeSource source = Verdicts.class.getProtectionDomain().getCodeSource();
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar)
                    ? Optional.of(jar + "\n" + Files.size(jar) + "\n" + Files.getLastModifiedTime(jar))
                    : Optional.empty();
        } catch (URISyntaxException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The remembered reports of a tree that was found right.
     *
     * @param manifest the tree's {@code ocnix.json}, which names every other file's digest
     * @return the folder that holds them; empty if nothing is remembered
     */
    Optional<Path> find(ConversionRequest request, byte[] manifest) {
        return place(request, manifest).filter(place -> Files.isRegularFile(place.resolve(COMPLETE)));
    }

    /** Puts remembered reports where reports go. */
    static void report(Path verdict, Path reports) throws IOException {
        for (String name : ReportFiles.NAMES) {
            Path kept = verdict.resolve(name);
            if (Files.isRegularFile(kept)) {
                OwnFile.write(reports.resolve(name), Files.readAllBytes(kept));
            }
        }
    }

    /** Remembers that a tree is right, and its reports. */
    void store(ConversionRequest request, byte[] manifest) throws IOException {
        Optional<Path> place = place(request, manifest);
        if (place.isPresent()) {
            report(request.reportDirectory(), place.get());
            OwnFile.write(place.get().resolve(COMPLETE), new byte[0]);
            forgetOld();
        }
    }

    private Optional<Path> place(ConversionRequest request, byte[] manifest) {
        // the files of a local project may change without its tree
        if (!(request.source() instanceof SourceChoice.Pinned pinned) || plugin.isEmpty()) {
            return Optional.empty();
        }
        List<String> key = new ArrayList<>();
        key.add(plugin.get());
        key.add(pinned.identity().toString());
        key.add(pinned.revision());
        key.add(Options.of(request).toString());
        key.add(String.valueOf(request.failOnUnverified()));
        key.add(String.valueOf(request.frozen()));
        key.add(request.facts().name());
        key.add(request.verifySignatures() + " " + request.signatureKeys().orElse(""));
        key.add(String.valueOf(request.sbom()));
        if (request.profile() instanceof ProfileChoice.File file) {
            Optional<String> digest = digest(file.path());
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            key.add(digest.get());
        }
        key.add(hex(manifest));
        return Optional.of(folder.resolve(hex(String.join("\n", key).getBytes(StandardCharsets.UTF_8))));
    }

    private static Optional<String> digest(Path file) {
        try {
            return Optional.of(hex(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String hex(byte[] content) {
        return Sri.ofContent(HashAlgorithm.SHA256, content).hex();
    }

    private void forgetOld() throws IOException {
        List<Path> places;
        try (Stream<Path> all = Files.list(folder)) {
            places = all.sorted(Comparator.comparing(Verdicts::time).reversed()).toList();
        }
        for (Path old : places.subList(Math.min(KEPT, places.size()), places.size())) {
            OwnFile.deleteFolder(requireNonNull(old));
        }
    }

    private static long time(Path place) {
        try {
            return Files.getLastModifiedTime(place).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}

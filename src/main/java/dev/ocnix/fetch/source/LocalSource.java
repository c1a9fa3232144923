package dev.ocnix.fetch.source;

import dev.ocnix.hash.ByteName;
import dev.ocnix.hash.NarNode;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The user's own project, unpinned: files are read where they are, when they are asked for. Left out is what {@code source.nix}
 * leaves out: {@code .git} and {@code node_modules} anywhere, the excluded paths, and what runs of this plugin wrote: trees and
 * reports.
 */
public final class LocalSource {
    private static final Set<String> NOWHERE = Set.of(".git", "node_modules");
    /** Build output, as Maven and Nix call it at the top of a project. */
    public static final Set<String> NOT_ON_TOP = Set.of("target", "result");

    /** Files that make a folder a generated tree. */
    private static final Set<String> TREE = Set.of("dependencies.nix", "layout.nix", "ocnix.json");
    /** Files that a run leaves together, and one that it may leave with them. */
    private static final Set<String> REPORTS = Set.of("changes.md", "report.html", "report.json");

    private static final String SBOM = "sbom.cdx.json";

    private final Path top;
    private final Set<Path> excluded;
    private final TreeLimits limits;
    private int entries;

    private record Folder(Path path, SortedMap<ByteName, NarNode> children, int depth) {}

    private LocalSource(Path top, Set<Path> excluded, TreeLimits limits) {
        this.top = top;
        this.excluded = excluded;
        this.limits = limits;
    }

    /**
     * Looks at a folder. Contents that change afterwards give an error or the new content.
     *
     * @param excluded paths in it, with {@code /}, that are left out
     */
    public static SourceTree open(Path folder, Set<String> excluded, TreeLimits limits) throws OcnixException {
        if (!Files.isDirectory(folder)) {
            throw OcnixException.input("There is no source directory " + folder
                    + "; set ocnix.sourceDirectory to the folder of the project.");
        }
        try {
            Set<Path> paths = excluded.stream().map(folder::resolve).collect(Collectors.toSet());
            return new LocalSource(folder, paths, limits).scan();
        } catch (IOException e) {
            throw new OcnixException(
                    OcnixException.Fault.INPUT,
                    "The source directory " + folder + " could not be read (" + Words.reason(e)
                            + "); see that it exists and is readable.",
                    e);
        }
    }

    private SourceTree scan() throws IOException, OcnixException {
        Folder root = new Folder(top, new TreeMap<>(), 0);
        Deque<Folder> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Folder folder = open.pop();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path)) {
                for (Path child : stream) {
                    add(folder, child, open);
                }
            }
        }
        return new SourceTree(new NarNode.Directory(root.children), () -> {}, "The source directory " + top);
    }

    private void add(Folder folder, Path child, Deque<Folder> open) throws IOException, OcnixException {
        String text = child.getFileName().toString();
        boolean skipped = NOWHERE.contains(text) || excluded.contains(child) || isReport(child, text);
        Optional<ByteName> name = ByteName.of(lastName(child));
        if (skipped || name.isEmpty()) {
            return;
        }
        if (++entries > limits.entries() || folder.depth >= limits.depth()) {
            throw OcnixException.input("The source directory " + top + " has more than " + limits.entries()
                    + " entries or " + limits.depth() + " levels; name the project's own folder.");
        }
        BasicFileAttributes attributes =
                Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory() && haveAll(child, TREE)) {
            return;
        }
        if (attributes.isDirectory()) {
            Folder next = new Folder(child, new TreeMap<>(), folder.depth + 1);
            folder.children.put(name.get(), new NarNode.Directory(next.children));
            open.push(next);
        } else if (attributes.isSymbolicLink()) {
            folder.children.put(name.get(), new NarNode.Symlink(target(Files.readSymbolicLink(child))));
        } else if (attributes.isRegularFile()) {
            folder.children.put(
                    name.get(), new NarNode.Regular(isExecutable(child), attributes.size(), () -> content(child)));
        }
    }

    private static boolean isReport(Path file, String name) {
        return (REPORTS.contains(name) || name.equals(SBOM)) && haveAll(file.resolveSibling(""), REPORTS);
    }

    private static boolean haveAll(Path folder, Set<String> names) {
        return names.stream().allMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static byte[] lastName(Path file) {
        byte[] path = bytes(file);
        int end = path[path.length - 1] == '/' ? path.length - 1 : path.length;
        int start = end;
        while (path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, end);
    }

    private static byte[] target(Path target) {
        byte[] path = bytes(target.getFileSystem().getPath("/").resolve(target));
        String shown = target.toString();
        int end = shown.endsWith("/") || path[path.length - 1] != '/' ? path.length : path.length - 1;
        return Arrays.copyOfRange(path, target.isAbsolute() ? 0 : 1, end);
    }

    /**
     * The bytes of an absolute path, perhaps with a slash behind a folder. The text of a path has lost those that the locale
     * cannot decode; its URI has them all.
     */
    private static byte[] bytes(Path path) {
        byte[] encoded = path.toUri().getRawPath().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '%') {
                bytes.write(HexFormat.fromHexDigits(new String(encoded, i + 1, 2, StandardCharsets.US_ASCII)));
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static InputStream content(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isExecutable(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .permissions()
                .contains(PosixFilePermission.OWNER_EXECUTE);
    }
}

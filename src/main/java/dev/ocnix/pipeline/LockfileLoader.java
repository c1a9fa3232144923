package dev.ocnix.pipeline;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockfileKind;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gets the bytes of a lockfile from where the user says that it is. */
final class LockfileLoader {
    private static final Pattern URL = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
    private static final Pattern OTHER_URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)https?://[^/?#]*@.*", Pattern.DOTALL);

    private final Path currentFolder;
    private final HttpSettings settings;
    private final Listener listener;
    private final String parameter;

    LockfileLoader(Path currentFolder, HttpSettings settings, Listener listener) {
        this(currentFolder, settings, listener, "ocnix.lockfile");
    }

    /** @param parameter what names the location, for messages */
    LockfileLoader(Path currentFolder, HttpSettings settings, Listener listener, String parameter) {
        this.parameter = parameter;
        this.currentFolder = currentFolder;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * A lockfile as it was found.
     *
     * @param name how messages call it
     * @param folder where it stands; empty for one from a server
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Loaded(String name, byte[] content, Optional<Path> folder) {}

    /** Whether a location is one that is asked for over http(s). */
    static boolean isUrl(String location) {
        return URL.matcher(location).matches();
    }

    /**
     * Loads a file, the lockfile of a folder, or what an http(s) URL answers.
     *
     * @throws OcnixException if there is none, or it is larger than any lockfile
     */
    Loaded load(String location) throws OcnixException {
        if (isUrl(location)) {
            return download(location);
        }
        if (OTHER_URL.matcher(location).matches()) {
            throw OcnixException.input(
                    parameter + " is \"" + location + "\"; give a file, a folder, or an http or https URL.");
        }
        try {
            Path path = currentFolder.resolve(location);
            return Files.isDirectory(path) ? ofFolder(location, path) : read(location, path);
        } catch (InvalidPathException e) {
            throw OcnixException.input(
                    parameter + " is no path (" + e.getReason() + "); give a file, a folder, or a URL.");
        }
    }

    private Loaded ofFolder(String location, Path folder) throws OcnixException {
        Path text = folder.resolve(LockfileKind.TEXT.fileName());
        Path binary = folder.resolve(LockfileKind.BINARY.fileName());
        if (!Files.exists(text) && !Files.exists(binary)) {
            throw OcnixException.input(
                    "There is neither bun.lock nor bun.lockb in " + name(location, "the current folder")
                            + "; run `bun install` there, or name a lockfile with " + parameter + ".");
        }
        if (!Files.exists(text)) {
            return read(nameIn(location, LockfileKind.BINARY), binary);
        }
        if (Files.exists(binary)) {
            listener.info("There is a bun.lock and a bun.lockb in " + name(location, "the current folder")
                    + "; bun.lock wins, as in Bun.");
        }
        return read(nameIn(location, LockfileKind.TEXT), text);
    }

    private static String name(String location, String ofCurrent) {
        return isCurrent(location) ? ofCurrent : location;
    }

    private static String nameIn(String location, LockfileKind kind) {
        if (isCurrent(location)) {
            return kind.fileName();
        }
        return location + (location.endsWith("/") ? "" : "/") + kind.fileName();
    }

    private static boolean isCurrent(String location) {
        return location.isEmpty() || location.equals(".");
    }

    private Loaded read(String name, Path file) throws OcnixException {
        if (!Files.exists(file)) {
            throw OcnixException.input("There is no lockfile \"" + name + "\"; correct " + parameter
                    + ", which is a file, a folder, or a URL.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new Loaded(
                    name,
                    bounded(name, in),
                    Optional.ofNullable(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw OcnixException.outside(
                    "The lockfile " + name + " cannot be read (" + Words.reason(e) + "); check its permissions.", e);
        }
    }

    private Loaded download(String url) throws OcnixException {
        if (CREDENTIALS.matcher(url).matches()) {
            throw OcnixException.input(parameter + " carries credentials, which would reach logs; put them into a"
                    + " <server> of settings.xml and leave them out of the URL.");
        }
        if (settings.offline()) {
            throw OcnixException.input("The lockfile " + url
                    + " cannot be had offline; run without -o, or name a file with " + parameter + ".");
        }
        String name = url.replaceFirst("[?#].*", "");
        try (Http http = new Http(settings.withTrusted(url))) {
            byte[] content = http.get(url, body -> bounded(name, body));
            if (content.length > 0 && content[0] == '<') {
                throw OcnixException.input(
                        "The answer of " + name + " is a page, not a lockfile; give the URL of the raw file.");
            }
            return new Loaded(name, content, Optional.empty());
        } catch (HttpFailure e) {
            if (e.status().orElse(0) == 404) {
                throw OcnixException.input("There is no lockfile at " + url + " (404); correct " + parameter + ".");
            }
            throw e;
        }
    }

    private static byte[] bounded(String name, InputStream in) throws IOException, OcnixException {
        byte[] content = in.readNBytes(LockfileReader.MAX_BYTES + 1);
        if (content.length > LockfileReader.MAX_BYTES) {
            throw OcnixException.input(name + " has more than the " + LockfileReader.MAX_BYTES
                    + " bytes that are read of a lockfile; check that it is one.");
        }
        return content;
    }
}

package dev.ocnix.fetch.registry;

import dev.ocnix.fetch.cache.SignatureCache;
import dev.ocnix.fetch.http.BodyReader;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the keys of registries are had: a file, an address, or from the registry itself. */
final class KeySource {
    private static final int MAX_BYTES = 1 << 20;
    private static final String PATH = "/-/npm/v1/keys";

    private final Http http;
    private final SignatureCache cache;
    private final Optional<String> configured;

    /** @param configured a path or an http(s) URL, of the keys that count for every registry */
    KeySource(Http http, SignatureCache cache, Optional<String> configured) {
        this.http = http;
        this.cache = cache;
        this.configured = configured;
    }

    /** The keys that are at hand: none, or those that an address answered last. */
    SigningKeys known(String registry) throws OcnixException {
        String place = configured.orElse(registry + PATH);
        if (!isUrl(place)) {
            return file(place);
        }
        Optional<byte[]> document = cache.keys(place);
        return document.isPresent() ? SigningKeys.read(document.get(), place) : new SigningKeys(List.of());
    }

    /**
     * The keys as they are now.
     *
     * @param base where this run reaches the registry
     * @return none if the registry publishes none
     */
    SigningKeys fresh(String registry, String base) throws OcnixException {
        String place = configured.orElse(registry + PATH);
        if (!isUrl(place)) {
            return file(place);
        }
        String url = configured.orElse(base + PATH);
        byte[] document;
        try {
            document = http.get(url, BodyReader.limited(MAX_BYTES, InputStream::readAllBytes));
        } catch (HttpFailure e) {
            // keys that a registry had do not go away because it now answers that it has none
            SigningKeys last = known(registry);
            if (!last.isEmpty()) {
                return last;
            }
            if (configured.isEmpty() && isAbsence(e.status())) {
                return last;
            }
            throw e;
        }
        SigningKeys keys = SigningKeys.read(document, url);
        cache.putKeys(place, document);
        return keys;
    }

    /** Whether a server says that it has no such thing. */
    static boolean isAbsence(OptionalInt status) {
        return status.isPresent() && (status.getAsInt() == 404 || status.getAsInt() == 405 || status.getAsInt() == 410);
    }

    private static boolean isUrl(String place) {
        return place.matches("(?i)https?://.*");
    }

    private static SigningKeys file(String path) throws OcnixException {
        try {
            Path file = Path.of(path);
            if (Files.size(file) > MAX_BYTES) {
                throw OcnixException.input("The file " + path + " has more than " + MAX_BYTES
                        + " bytes; let ocnix.signatureKeys name a registry's keys.");
            }
            return SigningKeys.read(Files.readAllBytes(file), path);
        } catch (InvalidPathException | IOException e) {
            throw OcnixException.input("The signing keys " + path
                    + " cannot be read; correct ocnix.signatureKeys, a file or an http(s) URL.");
        }
    }
}

package dev.ocnix.fetch.http;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Consumes the body of a response. It is called anew for each attempt, so it must start from nothing each time.
 *
 * @param <T> what it makes of the body
 */
@FunctionalInterface
public interface BodyReader<T> {
    /**
     * Reads one body.
     *
     * @throws IOException of the connection: the request is tried again
     * @throws OcnixException a verdict about the content: the request is not tried again
     */
    T read(InputStream body) throws IOException, OcnixException;

    /**
     * The same for bodies that are small by nature.
     *
     * @param maxBytes above which a body is refused
     */
    static <T> BodyReader<T> limited(long maxBytes, BodyReader<T> reader) {
        return body -> reader.read(new BodyStream(body, maxBytes));
    }
}

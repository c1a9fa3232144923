package dev.ocnix.fetch.http;

import dev.ocnix.model.PrivateHost;
import java.net.UnknownHostException;

/** A public name has an address on a private network; it is treated as if it had none. */
final class PrivateAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    PrivateAddressException() {
        super(PrivateHost.REFUSAL);
    }
}

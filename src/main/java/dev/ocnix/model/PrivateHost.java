package dev.ocnix.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells hosts that mean another machine to everyone, or none at all. */
public final class PrivateHost {
    /** Why an address there is refused, and what allows it: the rest of a sentence about it. */
    public static final String REFUSAL =
            "is on a loopback, link-local or private network, where a lockfile must not send"
                    + " anybody; if it is meant, name its host as ocnix.registry, or as the <url> of one of <registries>, which needs no"
                    + " <scope> for that";

    private PrivateHost() {}

    /**
     * Whether a lower-case host name is loopback, link-local or private, or a number that resolvers may read as an address:
     * {@code 2130706433} and {@code 0x7f.1} are 127.0.0.1 to many. Asks no name server.
     */
    public static boolean is(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost") || host.equals("localhost.localdomain")) {
            return true;
        }
        if (host.indexOf(':') >= 0) {
            return isLiteral(host);
        }
        String[] labels = host.split("\\.", -1);
        if (!isNumber(labels[labels.length - 1])) {
            return false;
        }
        if (labels.length != 4) {
            return true;
        }
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            if (!labels[i].matches("0|[1-9][0-9]{0,2}")) {
                return true;
            }
            octets[i] = Integer.parseInt(labels[i]);
        }
        return isPrivate(octets[0], octets[1]);
    }

    /** Whether an address is loopback, link-local, private, multicast, or means no machine. */
    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPrivate(bytes[0] & 0xff, bytes[1] & 0xff);
        }
        boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    /** An IPv6 address in the form of RFC 4291; a text with a colon that is none names no host. */
    private static boolean isLiteral(String address) {
        try {
            return is(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPrivate(int first, int second) {
        return first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168);
    }

    private static boolean isNumber(String label) {
        return label.matches("[0-9]+|0x[0-9a-f]*");
    }
}

package dev.ocnix.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Tells hosts that mean another machine to everyone, or none at all. */
public final class PrivateHost {
    /** Why an address there is refused, and what allows it: the rest of a sentence about it. */
    public static final String REFUSAL =
            "is on a loopback, link-local or private network, where a lockfile must not send"
                    + " anybody; if it is meant, name its host as ocnix.registry, or as the <url> of one of <registries>, which needs no"
                    + " <scope> for that";

    /** Names that RFCs and clouds keep for machines that only a network of its own knows. */
    private static final Set<String> OWN_NAMES = Set.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "intranet",
            "private",
            "corp",
            "home",
            "lan",
            "home.arpa",
            "onion",
            "metadata.tencentyun.com");

    /** Azure's metadata has an address that is nobody's else. */
    private static final byte[] WIRE_SERVER = {(byte) 168, 63, (byte) 129, 16};

    private PrivateHost() {}

    /**
     * Whether a host name is loopback, link-local or private, or a number that resolvers may read as an address:
     * {@code 2130706433} and {@code 0x7f.1} are 127.0.0.1 to many. A name without a dot is completed by the network that one
     * is in. Asks no name server.
     */
    public static boolean is(String name) {
        String host = plain(name);
        if (host.indexOf(':') >= 0) {
            return isLiteral(host);
        }
        String[] labels = host.split("\\.", -1);
        if (labels.length == 1 || isOwnName(host)) {
            return true;
        }
        if (!isNumber(labels[labels.length - 1])) {
            return false;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (labels.length != 4 || !labels[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(labels[i]) > 255) {
                return true;
            }
            address[i] = (byte) Integer.parseInt(labels[i]);
        }
        return isPrivate(address, 0);
    }

    /** Without what a resolver drops: the root's dot, and brackets. */
    private static String plain(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        String host = name.substring(0, end).toLowerCase(Locale.ROOT);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isOwnName(String host) {
        for (int at = 0; at >= 0; at = host.indexOf('.', at) + 1) {
            if (OWN_NAMES.contains(host.substring(at))) {
                return true;
            }
            if (host.indexOf('.', at) < 0) {
                return false;
            }
        }
        return false;
    }

    /** Whether an address is loopback, link-local, private, multicast, or means no machine, in whatever it is wrapped. */
    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPrivate(bytes, 0) : isPrivateIpv6(bytes);
    }

    /** An IPv6 address in the form of RFC 4291; a text with a colon that is none names no host. */
    private static boolean isLiteral(String address) {
        try {
            return is(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** All but global unicast, and of that what translators and tunnels turn into a private IPv4 address. */
    private static boolean isPrivateIpv6(byte[] address) {
        if (startsWith(address, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return isPrivate(address, 12);
        }
        if ((address[0] & 0xe0) != 0x20) {
            return true;
        }
        boolean is6to4 = startsWith(address, 0x20, 0x02);
        boolean isTeredo = startsWith(address, 0x20, 0x01, 0, 0);
        boolean isIsatap = address[10] == 0x5e && (address[11] & 0xff) == 0xfe && (address[8] & 0xfd) == 0;
        byte[] hidden = new byte[4];
        for (int i = 0; i < 4; i++) {
            hidden[i] = (byte) ~address[12 + i];
        }
        return is6to4 && isPrivate(address, 2)
                || isTeredo && (isPrivate(address, 4) || isPrivate(hidden, 0))
                || isIsatap && isPrivate(address, 12);
    }

    private static boolean startsWith(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((address[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrivate(byte[] address, int at) {
        return isPrivate(address[at] & 0xff, address[at + 1] & 0xff, address[at + 2] & 0xff)
                || Arrays.equals(address, at, at + 4, WIRE_SERVER, 0, 4);
    }

    private static boolean isPrivate(int first, int second, int third) {
        return first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && third == 0);
    }

    private static boolean isNumber(String label) {
        return label.matches("[0-9]+|0x[0-9a-f]*");
    }
}

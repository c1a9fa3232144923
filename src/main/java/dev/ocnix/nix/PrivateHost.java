package dev.ocnix.nix;

/** Tells hosts that mean another machine to everyone, or none at all. */
final class PrivateHost {
    private PrivateHost() {}

    /**
     * Whether a lower-case host name is loopback, link-local or private, or a number that resolvers may read as an address:
     * {@code 2130706433} and {@code 0x7f.1} are 127.0.0.1 to many.
     */
    static boolean is(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
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

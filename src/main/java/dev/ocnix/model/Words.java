package dev.ocnix.model;

import java.util.Collection;

/** How sentences list what may be many. */
public final class Words {
    private Words() {}

    /** The first {@code most} of some names, and how many more there are. */
    public static String few(Collection<String> names, int most) {
        String more = names.size() > most ? " and " + (names.size() - most) + " more" : "";
        return String.join(", ", names.stream().limit(most).toList()) + more;
    }
}

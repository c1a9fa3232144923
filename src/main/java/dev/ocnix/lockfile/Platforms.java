package dev.ocnix.lockfile;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.PlatformAxis;
import java.util.ArrayList;
import java.util.List;

/** Bun's reading of {@code os}, {@code cpu} and {@code libc}, as a list of names and as a mask. */
public final class Platforms {
    private Platforms() {}

    /**
     * The constraint that a list stands for. As in Bun, unknown names only count when nothing known is left, {@code none} is
     * an unknown name, and {@code any} allows everything.
     */
    public static Constraint ofNames(PlatformAxis axis, List<String> entries) {
        int added = 0;
        int removed = 0;
        boolean unknown = false;
        for (String entry : entries) {
            boolean negated = entry.startsWith("!");
            int index = axis.names().indexOf(negated ? entry.substring(1) : entry);
            if (entry.equals("any")) {
                added |= all(axis);
            } else if (index < 0) {
                unknown |= !negated && !entry.isEmpty();
            } else if (negated) {
                removed |= bit(index);
            } else {
                added |= bit(index);
            }
        }
        if (added == 0 && removed == 0) {
            return unknown ? Constraint.only(List.of()) : Constraint.unrestricted();
        }
        return ofMask(axis, (added == 0 ? all(axis) : added) & ~removed);
    }

    /** The constraint that a mask of a binary lockfile stands for; unknown bits are ignored. */
    public static Constraint ofMask(PlatformAxis axis, int mask) {
        if ((mask & all(axis)) == all(axis)) {
            return Constraint.unrestricted();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < axis.names().size(); i++) {
            if ((mask & bit(i)) != 0) {
                names.add(axis.names().get(i));
            }
        }
        return Constraint.only(names);
    }

    private static int bit(int index) {
        return 1 << (index + 1);
    }

    private static int all(PlatformAxis axis) {
        return bit(axis.names().size()) - 2;
    }
}

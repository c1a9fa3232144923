package dev.ocnix.lockfile.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands where in the file, as far as it is known: only failures look it up. */
final class Regions {
    private final List<Region> regions = new ArrayList<>();

    private record Region(long start, long count, int size, String element) {
        boolean holds(long offset) {
            return offset >= start && (offset - start) / size < count;
        }
    }

    void add(long start, long count, int size, String element) {
        regions.add(new Region(start, count, size, element));
    }

    /** Such as {@code meta of package 12}. */
    Optional<String> at(long offset) {
        for (Region region : regions) {
            if (region.holds(offset)) {
                long index = (offset - region.start()) / region.size();
                return Optional.of(region.count() == 1 ? region.element() : region.element() + " " + index);
            }
        }
        return Optional.empty();
    }
}

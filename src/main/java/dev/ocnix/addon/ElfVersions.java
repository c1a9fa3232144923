package dev.ocnix.addon;

import java.util.Arrays;
import java.util.Optional;

/** The versions of symbols that an ELF file needs ({@code DT_VERNEED}, by the Linux Standard Base), as far as they name a library's release. */
final class ElfVersions {
    /** More than any linker writes; a damaged list may go in circles. */
    private static final int MAX_ENTRIES = 4096;

    private int[] glibc = {};
    private int[] glibcxx = {};
    private int entries;

    /**
     * Reads the list.
     *
     * @param files how many libraries it speaks of
     */
    static ElfVersions read(Numbers list, long files, Numbers strings) {
        ElfVersions versions = new ElfVersions();
        long at = 0;
        for (long file = 0; file < files && versions.fits(list, at); file++) {
            versions.readNames(list, at + list.u32((int) at + 8), list.u16((int) at + 2), strings);
            long next = list.u32((int) at + 12);
            if (next == 0) {
                break;
            }
            at += next;
        }
        return versions;
    }

    private void readNames(Numbers list, long start, int count, Numbers strings) {
        long at = start;
        for (int i = 0; i < count && fits(list, at); i++) {
            long name = list.u32((int) at + 8);
            if (name < strings.length()) {
                note(strings.text((int) name));
            }
            long next = list.u32((int) at + 12);
            if (next == 0) {
                return;
            }
            at += next;
        }
    }

    private boolean fits(Numbers list, long at) {
        return at + 16 <= list.length() && ++entries <= MAX_ENTRIES;
    }

    private void note(String version) {
        if (version.startsWith("GLIBC_")) {
            glibc = higher(glibc, version.substring("GLIBC_".length()));
        } else if (version.startsWith("GLIBCXX_")) {
            glibcxx = higher(glibcxx, version.substring("GLIBCXX_".length()));
        }
    }

    private static int[] higher(int[] known, String text) {
        if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,4}){1,3}")) {
            return known;
        }
        int[] other =
                Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        return Arrays.compare(known, other) < 0 ? other : known;
    }

    Optional<String> glibc() {
        return text(glibc);
    }

    Optional<String> glibcxx() {
        return text(glibcxx);
    }

    private static Optional<String> text(int[] version) {
        return Arrays.stream(version).mapToObj(String::valueOf).reduce((some, more) -> some + "." + more);
    }
}

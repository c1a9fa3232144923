package dev.ocnix.pipeline;

import dev.ocnix.testing.InstalledTree.Difference;
import dev.ocnix.testing.InstalledTree.Entry;
import java.util.Arrays;
import java.util.Optional;

/** The differences from Bun's own tree that are meant, each with its reason and how often it occurs in the projects. */
enum ParityRule {
    /** Bun notes in a package's folder where it came from and how it was patched; nothing but Bun's installer reads that. */
    TAGS(80) {
        @Override
        boolean covers(Difference difference) {
            return difference.actual().isEmpty() && difference.path().matches("(.*/)?\\.bun-tag(-[0-9a-f]+)?");
        }
    },
    /** Programs must start in a sandbox and on NixOS, where there is no /usr/bin/env. */
    FIRST_LINES(259) {
        @Override
        boolean covers(Difference difference) {
            return difference.expected().filter(ParityRule::isProgram).isPresent()
                    && difference
                            .actual()
                            .filter(ParityRule::isProgram)
                            .filter(entry -> entry.content().startsWith("#!/nix/store/"))
                            .filter(entry -> rest(entry)
                                    .equals(rest(difference.expected().orElseThrow())))
                            .isPresent();
        }
    },
    /** What {@code link:} means is on the developer's machine; a build has the files that {@code overrides} gives instead. */
    LINKS(16) {
        @Override
        boolean covers(Difference difference) {
            return difference.path().matches("node_modules/(.*/)?linked(/package\\.json)?");
        }
    },
    /** Where the releases of Bun do not agree with each other we do as 1.4 does: this is what 1.3 does. */
    RELEASES(106) {
        @Override
        boolean covers(Difference difference) {
            return false;
        }
    };

    private final int count;

    ParityRule(int count) {
        this.count = count;
    }

    /** Whether the rule explains a difference by itself; what {@link #RELEASES} explains, the newer release shows. */
    abstract boolean covers(Difference difference);

    int count() {
        return count;
    }

    static Optional<ParityRule> of(Difference difference) {
        return Arrays.stream(values()).filter(rule -> rule.covers(difference)).findFirst();
    }

    private static boolean isProgram(Entry entry) {
        return entry.kind().equals("program");
    }

    private static String rest(Entry program) {
        return program.content().substring(program.content().indexOf('\n'));
    }
}

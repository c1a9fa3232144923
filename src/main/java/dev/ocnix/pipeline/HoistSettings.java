package dev.ocnix.pipeline;

import dev.ocnix.layout.isolated.BunRules;
import dev.ocnix.layout.isolated.Hoisting;
import dev.ocnix.layout.isolated.NamePattern;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.SourceFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source's {@code bunfig.toml} and {@code .npmrc} say of hoisting in isolation. Where both do, Bun 1.4 goes by the
 * former and 1.3 by the latter; {@code hoist} is known to 1.4 alone. Seen of 1.3.14 and 1.4.5.
 */
final class HoistSettings {
    private final Bunfig bunfig;
    private final Npmrc npmrc;

    private HoistSettings(Bunfig bunfig, Npmrc npmrc) {
        this.bunfig = bunfig;
        this.npmrc = npmrc;
    }

    /** @param folder where the lockfile stands: empty, or with a trailing slash */
    static Map<BunRules, Hoisting> of(SourceFiles files, String folder, Bunfig bunfig) throws OcnixException {
        HoistSettings settings = new HoistSettings(bunfig, Npmrc.of(files, folder));
        return Map.of(BunRules.BUN_1_3, settings.old(), BunRules.BUN_1_4, settings.current());
    }

    private Hoisting old() throws OcnixException {
        return new Hoisting(
                first(npmrc.texts("hoist-pattern"), bunfig.texts("hoistPattern")),
                first(npmrc.texts("public-hoist-pattern"), bunfig.texts("publicHoistPattern")));
    }

    private Hoisting current() throws OcnixException {
        boolean isOff = bunfig.isOff("hoist")
                || npmrc.text("hoist").filter("false"::equals).isPresent();
        Optional<NamePattern> fallback = first(bunfig.texts("hoistPattern"), npmrc.texts("hoist-pattern"));
        return new Hoisting(
                isOff ? Optional.of(new NamePattern(List.of())) : fallback,
                first(bunfig.texts("publicHoistPattern"), npmrc.texts("public-hoist-pattern")));
    }

    private static Optional<NamePattern> first(Optional<List<String>> one, Optional<List<String>> other) {
        return one.or(() -> other).map(NamePattern::new);
    }
}

package dev.ocnix.project.frozen;

import dev.ocnix.model.Lockfile;
import java.util.List;
import java.util.Optional;

/**
 * What manifests and lockfile say together.
 *
 * @param lockfile the recorded one with what Bun takes from package.json in the place of what it records itself
 * @param refusal the sentence about all that Bun refuses
 * @param warnings sentences about what should be known
 */
public record Agreement(Lockfile lockfile, Optional<String> refusal, List<String> warnings) {
    public Agreement {
        warnings = List.copyOf(warnings);
    }
}

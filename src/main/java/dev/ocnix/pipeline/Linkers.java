package dev.ocnix.pipeline;

import dev.ocnix.layout.isolated.IsolatedLayout;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.nix.PlatformLimits;
import java.util.Map;
import java.util.Optional;

/** Which way node_modules is laid out. */
final class Linkers {
    private static final String AUTO = "auto";
    private static final String HOISTED = "hoisted";
    private static final String ISOLATED = "isolated";

    private Linkers() {}

    /**
     * The isolated layout, where the user asks for it, else the profile, else {@code bunfig.toml}, else Bun's own rule: a
     * project with members whose lockfile has a {@code configVersion} of 1 or more is isolated.
     *
     * @return empty if the tree is hoisted
     * @throws OcnixException if the profile or the project names no linker, or the isolated layout has no end
     */
    static Optional<IsolatedLayout> isolated(
            ConversionRequest request,
            Profile profile,
            Lockfile lockfile,
            Map<PackageId, PlatformLimits> limits,
            Bunfig bunfig,
            Listener listener)
            throws OcnixException {
        Optional<String> asked = request.linker().filter(name -> !name.equals(AUTO));
        Optional<String> stated = asked.or(() -> profile.linker().filter(name -> !name.equals(AUTO)))
                .or(() -> bunfig.text("linker"));
        if (stated.filter(name -> !name.equals(HOISTED) && !name.equals(ISOLATED))
                .isPresent()) {
            throw OcnixException.input("The linker of the profile or of bunfig.toml is \"" + stated.get()
                    + "\"; set ocnix.linker to hoisted or isolated.");
        }
        boolean bunIsolates =
                lockfile.configVersion().orElse(0) > 0 && lockfile.workspaces().size() > 1;
        if (!stated.map(ISOLATED::equals).orElse(bunIsolates)) {
            return Optional.empty();
        }
        if (stated.isEmpty()) {
            listener.info("node_modules is laid out in isolation, which is Bun's default for this project"
                    + " (ocnix.linker=hoisted would change that).");
        }
        return Optional.of(IsolatedLayout.of(
                lockfile,
                (id, platform) -> Optional.ofNullable(limits.get(id))
                        .map(limit -> limit.admit(platform.os(), platform.cpu(), platform.libc()))
                        .orElse(true)));
    }
}

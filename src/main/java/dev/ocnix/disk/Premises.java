package dev.ocnix.disk;

import dev.ocnix.model.OcnixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The project that a run was started for, which may be a stranger's: folders in it that the run writes to may not lead out of it
 * over links, nor into git's own folder. Folders elsewhere are the user's choice.
 */
public final class Premises {
    private static final String GIT = ".git";

    private final Path project;

    /** @param project its folder */
    public Premises(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    /**
     * Makes sure that a folder is where it seems to be.
     *
     * @param folder need not exist
     * @param parameter that names it
     * @throws OcnixException if a link on the way leads out of the project, or out of its checkout where the folder is beside
     *     the project, or nowhere
     */
    public void require(Path folder, String parameter) throws OcnixException {
        Path wanted = folder.toAbsolutePath().normalize();
        Optional<Path> base = Stream.concat(Stream.of(project), checkout().stream())
                .filter(wanted::startsWith)
                .findFirst();
        if (base.isEmpty()) {
            return;
        }
        Path at = base.get();
        for (Path name : base.get().relativize(wanted)) {
            at = at.resolve(name);
            if (Files.isSymbolicLink(at) && !staysIn(base.get(), at)) {
                throw OcnixException.input(
                        at + " is a link out of the project, and this run would write through it; put a"
                                + " folder there, or set " + parameter + " to the folder that is meant.");
            }
        }
    }

    /** The checkout that the project is in. */
    private Optional<Path> checkout() {
        for (Path at = project; at != null; at = at.getParent()) {
            if (OwnFile.exists(at.resolve(GIT))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean staysIn(Path base, Path link) {
        try {
            Path root = base.toRealPath();
            Path target = link.toRealPath();
            if (!target.startsWith(root)) {
                return false;
            }
            for (Path name : root.relativize(target)) {
                if (name.toString().equalsIgnoreCase(GIT)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // it leads nowhere, or in a circle
            return false;
        }
    }
}

package dev.ocnix.pipeline;

import com.google.gson.JsonElement;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import dev.ocnix.model.Workspace;
import dev.ocnix.nix.Application;
import dev.ocnix.nix.BinNames;
import dev.ocnix.project.Manifest;
import dev.ocnix.project.Manifests;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The commands that a workspace's package.json offers, under the names that Bun gives them; of several with one name the
 * first. The listener is told of those that cannot be programs.
 */
final class Programs {
    private final Workspace workspace;
    private final Manifest manifest;
    private final Listener listener;
    private final SortedMap<String, String> programs = new TreeMap<>();

    private Programs(Workspace workspace, Manifest manifest, Listener listener) {
        this.workspace = workspace;
        this.manifest = manifest;
        this.listener = listener;
    }

    /** Command to file, relative to the workspace. A {@code directories.bin} counts where there is no {@code bin}. */
    static SortedMap<String, String> of(Workspace workspace, Manifest manifest, Manifests folders, Listener listener)
            throws OcnixException {
        Programs found = new Programs(workspace, manifest, listener);
        Optional<JsonElement> bin = Optional.ofNullable(manifest.json().get("bin"));
        Optional<String> single = bin.flatMap(Manifest::text);
        Optional<String> folder = manifest.text("directories", "bin");
        if (single.isPresent()) {
            found.named(workspace.name().orElse(""), single.get());
        } else if (bin.filter(JsonElement::isJsonObject).isPresent()) {
            found.all(bin.get().getAsJsonObject().asMap());
        } else if (folder.isPresent()) {
            found.in(folder.get(), folders);
        }
        return found.programs;
    }

    private void all(Map<String, JsonElement> bins) {
        bins.forEach((key, path) -> named(key, Manifest.text(path).orElse("")));
    }

    private void named(String key, String path) {
        Optional<String> command = BinNames.command(key).filter(Application::isProgramName);
        Optional<String> file = path.matches("(?s).*/\\.{0,2}") ? Optional.empty() : BinNames.target(path);
        if (command.isEmpty()) {
            leaveOut(key, path, "whose name is no plain file name");
        } else if (file.isEmpty()) {
            leaveOut(key, path, "which is no file of its folder");
        } else {
            programs.putIfAbsent(command.get(), file.get());
        }
    }

    /** Files whose names begin with a dot are none that anyone calls. */
    private void in(String path, Manifests folders) throws OcnixException {
        Optional<String> folder = BinNames.target(path);
        if (folder.isEmpty()) {
            leaveOut("*", path, "which is no folder in its folder");
            return;
        }
        for (String name : folders.filesIn(workspace, folder.get())) {
            if (!Application.isProgramName(name)) {
                if (!name.startsWith(".")) {
                    leaveOut(name, path, "whose name is no plain file name");
                }
                continue;
            }
            programs.put(name, folder.get() + "/" + name);
        }
        if (programs.isEmpty()) {
            leaveOut("*", path, "which holds no file that could be one");
        }
    }

    private void leaveOut(String key, String path, String why) {
        listener.warn("The package has no command " + Visible.quoted(key) + ": " + manifest.path() + " gives it as "
                + Visible.quoted(path) + ", " + why + "; correct its bin if you need the command.");
    }
}

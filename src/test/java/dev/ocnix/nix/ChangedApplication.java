package dev.ocnix.nix;

import java.util.List;
import java.util.SortedMap;

/** An application like another one, but for what a test changes. */
final class ChangedApplication {
    private final Application old;
    private String name;
    private List<String> buildCommands;
    private SortedMap<String, String> environment;
    private Running running;

    private ChangedApplication(Application old) {
        this.old = old;
        this.name = old.name();
        this.buildCommands = old.buildCommands();
        this.environment = old.environment();
        this.running = old.running();
    }

    static ChangedApplication of(Application old) {
        return new ChangedApplication(old);
    }

    ChangedApplication name(String other) {
        name = other;
        return this;
    }

    ChangedApplication buildCommands(List<String> others) {
        buildCommands = others;
        return this;
    }

    ChangedApplication environment(SortedMap<String, String> other) {
        environment = other;
        return this;
    }

    ChangedApplication running(Running other) {
        running = other;
        return this;
    }

    Application build() {
        return new Application(
                name,
                old.version(),
                old.meta(),
                old.workspace(),
                old.mainProgram(),
                old.programs(),
                old.sourcePaths(),
                old.installPaths(),
                old.buildWorkspaces(),
                buildCommands,
                environment,
                old.buildDependencies(),
                old.leaveOut(),
                old.postAssembly(),
                running,
                old.building());
    }
}

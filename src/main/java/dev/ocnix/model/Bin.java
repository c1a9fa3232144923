package dev.ocnix.model;

import java.util.List;

/** The commands that a package offers, as its lockfile records them; paths are relative to the package's folder. */
public sealed interface Bin {
    /** No command. */
    record None() implements Bin {
        private static final Bin INSTANCE = new None();
    }

    /** One command, named like the package (or its alias) without the scope. */
    record File(String path) implements Bin {}

    /** {@code directories.bin}: each file of a folder is a command. */
    record Dir(String path) implements Bin {}

    /** Named commands in the lockfile's order, which decides conflicts. */
    record Named(List<Command> commands) implements Bin {
        public Named {
            commands = List.copyOf(commands);
        }
    }

    /** One named command. */
    record Command(String name, String path) {}

    static Bin none() {
        return None.INSTANCE;
    }
}

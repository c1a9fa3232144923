package dev.ocnix.maven;

import java.io.Console;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /**
     * Whether both ends of the console are a terminal. Since JDK 22 there is a console without one, which then says so itself.
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}

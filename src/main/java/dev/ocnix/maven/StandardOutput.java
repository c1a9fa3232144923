package dev.ocnix.maven;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Properties;

/** Where a goal prints what another program may read: past Maven's log, which belongs to people. */
final class StandardOutput {
    private StandardOutput() {}

    /**
     * The process's own standard output. Up to Maven 3 that is {@code System.out}; Maven 4 makes lines of its log of what is
     * printed there, even with {@code -q}.
     *
     * @param properties of the session, where Maven says which version it is
     */
    static PrintStream of(Properties properties) {
        String version = properties.getProperty("maven.version", "");
        if (version.isEmpty() || version.startsWith("3.")) {
            withoutReset(System.out);
            return System.out;
        }
        System.out.flush();
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false);
    }

    /** Maven 3.8's console ends with an escape sequence that resets colours, in a file, too, unless it is told not to. */
    private static void withoutReset(PrintStream out) {
        try {
            out.getClass().getMethod("setResetAtUninstall", boolean.class).invoke(out, false);
        } catch (ReflectiveOperationException e) {
            // another Maven, whose console does no such thing
        }
    }
}

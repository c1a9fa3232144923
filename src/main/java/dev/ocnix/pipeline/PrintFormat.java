package dev.ocnix.pipeline;

import dev.ocnix.model.Lockfile;
import dev.ocnix.report.inspect.JsonPrint;
import dev.ocnix.report.inspect.TablePrint;
import dev.ocnix.report.inspect.TreePrint;
import dev.ocnix.report.inspect.YarnPrint;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways to print a lockfile. */
public enum PrintFormat {
    /** For people: counts and a line for each package. */
    TABLE(TablePrint::print),
    /** The folders of node_modules. */
    TREE(TreePrint::print),
    /** For machines: all that is known. */
    JSON(JsonPrint::print),
    /** As {@code bun bun.lockb} of Bun 1.3.14 prints it: a lockfile of yarn. */
    YARN(YarnPrint::print);

    private final Printer printer;

    PrintFormat(Printer printer) {
        this.printer = printer;
    }

    /** The name that users give. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name, if there is one. */
    public static Optional<PrintFormat> of(String term) {
        return Stream.of(values()).filter(format -> format.term().equals(term)).findFirst();
    }

    void print(Lockfile lockfile, Appendable out) throws IOException {
        printer.print(lockfile, out);
    }

    @FunctionalInterface
    private interface Printer {
        void print(Lockfile lockfile, Appendable out) throws IOException;
    }
}

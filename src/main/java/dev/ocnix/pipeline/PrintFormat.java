package dev.ocnix.pipeline;

import dev.ocnix.model.ListedLockfile;
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
    TABLE((read, out) -> TablePrint.print(read.lockfile(), out)),
    /** The folders of node_modules. */
    TREE((read, out) -> TreePrint.print(read.lockfile(), out)),
    /** For machines: all that is known. */
    JSON((read, out) -> JsonPrint.print(read.lockfile(), out)),
    /** As {@code bun bun.lockb} of Bun 1.3.14 prints it: a lockfile of yarn. */
    YARN((read, out) -> YarnPrint.print(read.listing(), out));

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

    void print(ListedLockfile read, Appendable out) throws IOException {
        printer.print(read, out);
    }

    @FunctionalInterface
    private interface Printer {
        void print(ListedLockfile read, Appendable out) throws IOException;
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.report.ChangesMarkdown;
import dev.ocnix.report.DifferenceJson;
import dev.ocnix.report.DifferenceText;
import dev.ocnix.report.TreeDifference;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ways to print a difference. */
public enum DiffFormat {
    /** For people at a terminal. */
    TEXT(DifferenceText::print),
    /** For machines. */
    JSON(DifferenceJson::print),
    /** For pull requests. */
    MARKDOWN(difference -> ChangesMarkdown.print(difference, Optional.empty()));

    private final Function<TreeDifference, String> printer;

    DiffFormat(Function<TreeDifference, String> printer) {
        this.printer = printer;
    }

    /** The name that users give. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name, if there is one. */
    public static Optional<DiffFormat> of(String term) {
        return Stream.of(values()).filter(format -> format.term().equals(term)).findFirst();
    }

    String print(TreeDifference difference) {
        return printer.apply(difference);
    }
}

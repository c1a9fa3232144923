package dev.ocnix.report;

import dev.ocnix.model.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A {@link TreeDifference} as lines for a terminal. */
public final class DifferenceText {
    private DifferenceText() {}

    /** Alarms, then a line for each package, without a line for the counts. */
    public static List<String> lines(TreeDifference difference) {
        List<String> lines = new ArrayList<>();
        difference
                .alarms()
                .forEach(alarm -> lines.add("ALARM " + alarm.kind().term() + ": " + Visible.of(alarm.sentence())));
        difference.changes().forEach(change -> lines.add(Visible.of(change.sentence())));
        return lines;
    }

    /** The whole of it, with LF at the end of each line. */
    public static String print(TreeDifference difference) {
        StringBuilder text = new StringBuilder();
        text.append(head(difference)).append('\n');
        lines(difference).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** What is compared, and how much of it differs. */
    public static String head(TreeDifference difference) {
        return Visible.of(difference.before() + " -> " + difference.after()) + ": " + counts(difference);
    }

    /** How much differs, such as {@code 1 alarm, 2 added, 1 upgraded}. */
    public static String counts(TreeDifference difference) {
        StringJoiner counts = new StringJoiner(", ");
        int alarms = difference.alarms().size();
        if (alarms > 0) {
            counts.add(alarms + (alarms == 1 ? " alarm" : " alarms"));
        }
        for (Map.Entry<PackageChange.Kind, Integer> count : difference.counts().entrySet()) {
            counts.add(count.getValue() + " " + count.getKey().term());
        }
        return difference.isEmpty() ? "no package differs" : counts.toString();
    }
}

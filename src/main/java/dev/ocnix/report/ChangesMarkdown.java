package dev.ocnix.report;

import java.util.List;
import java.util.Optional;

/** What changed, as Markdown: {@code changes.md}, the text for a pull request. */
public final class ChangesMarkdown {
    /** The file's name. */
    public static final String FILE_NAME = "changes.md";

    /** More rows than that exceed what forges take as a text. */
    private static final int MAX_ROWS = 300;

    private static final int SHORT_COMMIT = 12;

    private ChangesMarkdown() {}

    /** The document of a run. */
    static String print(Report report) {
        if (report.status() == Report.Status.ERROR) {
            return list("The run came to nothing", report.problems());
        }
        if (report.status() == Report.Status.UNMOVED) {
            return "## Nothing to do\n\n"
                    + report.repository().map(Markdown::code).orElse("The project") + " stays at "
                    + report.revision().map(Markdown::code).orElse("its revision") + ".\n";
        }
        Optional<TreeDifference> difference = report.difference();
        String changes = difference
                .map(found -> print(found, report.repository()))
                .orElseGet(() -> "## A new tree\n\n" + report.dependencies() + " packages"
                        + report.revision()
                                .map(revision -> " of " + Markdown.code(revision))
                                .orElse("") + ".\n");
        return report.status() == Report.Status.DRIFT
                ? changes + "\n" + list("What is not as it should be", report.problemsBesideChanges())
                        + report.mending()
                                .map(command -> "\nTo mend it: " + Markdown.code(command) + "\n")
                                .orElse("")
                : changes + missing(report.scripts());
    }

    /** Scripts of the project itself and of what comes from no registry, which may not be complete without them. */
    private static String missing(List<LifecycleScripts> all) {
        List<String> lines = all.stream()
                .filter(LifecycleScripts::isOwnOrUnpublished)
                .flatMap(one -> one.missing().entrySet().stream()
                        .map(script -> "- " + Markdown.code(one.shown()) + ", " + script.getKey() + ": "
                                + Markdown.code(script.getValue()) + "\n"))
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n### Scripts that bun install runs and this build does not\n\n");
        lines.stream().limit(MAX_ROWS).forEach(text::append);
        more(text, lines.size());
        return text.toString();
    }

    /** The document of a comparison. */
    public static String print(TreeDifference difference, Optional<String> repository) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(title(difference)).append("\n\n");
        commits(difference, repository).ifPresent(line -> text.append(line).append("\n\n"));
        text.append(DifferenceText.counts(difference)).append(".\n");
        if (!difference.alarms().isEmpty()) {
            text.append("\n### Look at these first\n\n");
            difference.alarms().stream().limit(MAX_ROWS).forEach(alarm -> text.append(line(alarm)));
            more(text, difference.alarms().size());
        }
        if (!difference.changes().isEmpty()) {
            text.append("\n| | package | from | to | |\n| --- | --- | --- | --- | --- |\n");
            difference.changes().stream().limit(MAX_ROWS).forEach(change -> text.append(row(change)));
            more(text, difference.changes().size());
        }
        return text.toString();
    }

    private static String title(TreeDifference difference) {
        return difference.before().equals(difference.after())
                ? Markdown.code(difference.after())
                : Markdown.code(difference.before()) + " → " + Markdown.code(difference.after());
    }

    private static Optional<String> commits(TreeDifference difference, Optional<String> repository) {
        Optional<String> range = difference
                .fromCommit()
                .flatMap(from ->
                        difference.toCommit().map(to -> from.equals(to) ? cut(to) : cut(from) + " → " + cut(to)));
        return range.map(commits -> repository.map(Markdown::code).orElse("commits") + ": " + commits);
    }

    private static String cut(String commit) {
        return Markdown.code(commit.substring(0, Math.min(SHORT_COMMIT, commit.length())));
    }

    private static String line(Alarm alarm) {
        return "- **" + alarm.kind().term() + "** " + Markdown.code(alarm.subject()) + ": "
                + Markdown.code(alarm.detail()) + "\n";
    }

    private static String row(PackageChange change) {
        return "| " + change.kind().term() + " | " + Markdown.code(change.name()) + " | "
                + change.from().map(Markdown::code).orElse("") + " | "
                + change.to().map(Markdown::code).orElse("") + " | " + Markdown.code(change.detail()) + " |\n";
    }

    private static void more(StringBuilder text, int all) {
        if (all > MAX_ROWS) {
            text.append("\nand ").append(all - MAX_ROWS).append(" more.\n");
        }
    }

    private static String list(String title, List<String> sentences) {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        sentences.stream()
                .limit(MAX_ROWS)
                .forEach(sentence ->
                        text.append("- ").append(Markdown.code(sentence)).append('\n'));
        more(text, sentences.size());
        return text.toString();
    }
}

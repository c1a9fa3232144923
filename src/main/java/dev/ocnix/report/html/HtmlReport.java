package dev.ocnix.report.html;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.Resources;
import dev.ocnix.report.JsonText;
import dev.ocnix.report.Report;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link Report} as one page that needs no other file and no network. What others wrote stands in it as JSON, in which no
 * {@code <} is left, and the script puts it into the page as text; a policy lets no other script run and nothing be loaded.
 */
public final class HtmlReport {
    /** The file's name. */
    public static final String FILE_NAME = "report.html";

    private static final Pattern PART = Pattern.compile("@([A-Z-]+)@");

    private HtmlReport() {}

    /** The file's content. */
    public static String print(Report report) {
        String style = Resources.text(HtmlReport.class, "style.css");
        String script = Resources.text(HtmlReport.class, "script.js");
        Matcher parts = PART.matcher(Resources.text(HtmlReport.class, "page.html"));
        StringBuilder page = new StringBuilder();
        while (parts.find()) {
            parts.appendReplacement(page, "");
            page.append(
                    switch (parts.group(1)) {
                        case "STYLE" -> style;
                        case "SCRIPT" -> script;
                        case "STYLE-HASH" -> hash(style);
                        case "SCRIPT-HASH" -> hash(script);
                        case "DATA" -> JsonText.inHtml(PageData.of(report));
                        default -> parts.group();
                    });
        }
        return parts.appendTail(page).toString();
    }

    private static String hash(String text) {
        return Sri.ofContent(HashAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

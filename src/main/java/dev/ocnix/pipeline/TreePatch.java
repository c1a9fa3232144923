package dev.ocnix.pipeline;

import dev.ocnix.model.PlacementKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A patch of <a href="https://github.com/ds300/patch-package">patch-package</a>, which is applied at the root of the project:
 * {@code name+1.2.3.patch}, {@code @scope+name+1.2.3+002+label.patch}, {@code parent++child+1.2.3.dev.patch}.
 *
 * @param key the place that it changes
 * @param sequence where it stands among the patches of one place
 */
record TreePatch(PlacementKey key, int sequence) {
    private static final Pattern NAME = Pattern.compile("(.+?)(?:\\.dev)?\\.patch");
    private static final Pattern LAST = Pattern.compile(
            "((?:@[^+]+\\+)?[^+]+)\\+(?:\\d[^+]*(?:\\+(?!\\d{3,}(?:\\+|$))[^+]+)?)(?:\\+(\\d{3,8})(?:\\+.*)?)?");
    private static final Pattern HEADER =
            Pattern.compile("(?:diff --git|---|\\+\\+\\+|rename from|rename to|copy from|copy to) .*", Pattern.DOTALL);
    private static final Pattern RANGES =
            Pattern.compile("@@ -\\d+(?:,(\\d{1,9}))? \\+\\d+(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

    /** What a file's name says; empty if it is no name of patch-package's. */
    static Optional<TreePatch> of(String fileName) {
        Matcher name = NAME.matcher(fileName);
        if (!name.matches()) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>(Arrays.asList(name.group(1).split("\\+\\+", -1)));
        Matcher last = LAST.matcher(steps.remove(steps.size() - 1));
        if (!last.matches()) {
            return Optional.empty();
        }
        steps.add(last.group(1));
        int sequence = last.group(2) == null ? 0 : Integer.parseInt(last.group(2));
        return PlacementKey.parse(String.join("/", steps).replace('+', '/')).map(key -> new TreePatch(key, sequence));
    }

    /** The patch as one of the package alone: its paths begin in the package's folder. */
    byte[] inPackage(byte[] patch) {
        String folder = "node_modules/" + String.join("/node_modules/", key.names()) + "/";
        Pattern prefix = Pattern.compile("(?<= |[ \"][ab]/)" + Pattern.quote(folder));
        StringBuilder text = new StringBuilder();
        int left = 0;
        for (String line : new String(patch, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
            Matcher ranges = RANGES.matcher(line);
            if (left > 0) {
                left -= weight(line);
                text.append(line);
            } else if (HEADER.matcher(line).matches()) {
                text.append(prefix.matcher(line).replaceAll(""));
            } else {
                left = ranges.matches() ? count(ranges.group(1)) + count(ranges.group(2)) : 0;
                text.append(line);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** How many lines of the two sides of a hunk one of its lines is. */
    private static int weight(String line) {
        if (line.startsWith("\\")) {
            return 0;
        }
        return line.startsWith("+") || line.startsWith("-") ? 1 : 2;
    }

    private static int count(String lines) {
        return lines == null ? 1 : Integer.parseInt(lines);
    }
}

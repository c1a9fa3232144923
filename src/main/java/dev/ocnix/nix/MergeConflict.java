package dev.ocnix.nix;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A merge that git left to a person: text with the lines of both sides between its markers. */
public final class MergeConflict {
    private static final String OURS = "<<<<<<<";
    private static final String BASE = "|||||||";
    private static final String MIDDLE = "=======";
    private static final String THEIRS = ">>>>>>>";

    private MergeConflict() {}

    private enum Part {
        BOTH,
        OURS,
        BASE,
        THEIRS
    }

    /** Whether text holds all three markers, each at the beginning of a line. */
    public static boolean isIn(byte[] content) {
        List<String> order = lines(content)
                .filter(line -> isMarker(line, OURS) || isMarker(line, MIDDLE) || isMarker(line, THEIRS))
                .limit(3)
                .map(line -> line.substring(0, MIDDLE.length()))
                .toList();
        return order.equals(List.of(OURS, MIDDLE, THEIRS));
    }

    /** The text as either side has it. */
    static List<byte[]> sides(byte[] content) {
        return List.of(side(content, Part.OURS), side(content, Part.THEIRS));
    }

    private static byte[] side(byte[] content, Part wanted) {
        StringBuilder side = new StringBuilder();
        Part part = Part.BOTH;
        for (String line : lines(content).toList()) {
            Part next = next(part, line);
            if (next == part && (part == Part.BOTH || part == wanted)) {
                side.append(line).append('\n');
            }
            part = next;
        }
        return side.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Part next(Part part, String line) {
        if (isMarker(line, OURS)) {
            return Part.OURS;
        }
        if (part == Part.OURS && isMarker(line, BASE)) {
            return Part.BASE;
        }
        if (part != Part.BOTH && isMarker(line, MIDDLE)) {
            return Part.THEIRS;
        }
        return isMarker(line, THEIRS) ? Part.BOTH : part;
    }

    private static boolean isMarker(String line, String marker) {
        return line.equals(marker) || line.startsWith(marker + " ");
    }

    private static Stream<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines();
    }
}

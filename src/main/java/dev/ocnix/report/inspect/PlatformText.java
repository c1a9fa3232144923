package dev.ocnix.report.inspect;

import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PlatformAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/** The limits of a package in few characters: {@code linux x64 glibc}, {@code !win32}, {@code darwin|linux arm64}. */
final class PlatformText {
    private static final String SEPARATOR = "|";

    private PlatformText() {}

    /** The limits; empty if there are none. */
    static String of(LockedPackage entry) {
        boolean isProcessorLimited = entry.cpu() instanceof Constraint.Only;
        String os = axis(PlatformAxis.OS, entry.os());
        return String.join(
                " ",
                Stream.of(
                                os.isEmpty() && isProcessorLimited ? "any" : os,
                                axis(PlatformAxis.CPU, entry.cpu()),
                                axis(PlatformAxis.LIBC, entry.libc()))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    private static String axis(PlatformAxis axis, Constraint constraint) {
        if (!(constraint instanceof Constraint.Only only)) {
            return "";
        }
        SortedSet<String> names = only.names();
        if (names.isEmpty()) {
            return "none";
        }
        List<String> others = new ArrayList<>(axis.names());
        others.removeAll(names);
        return others.size() < names.size() && axis != PlatformAxis.LIBC
                ? "!" + String.join(SEPARATOR + "!", others)
                : String.join(SEPARATOR, names);
    }
}

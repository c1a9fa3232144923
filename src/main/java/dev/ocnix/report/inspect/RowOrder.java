package dev.ocnix.report.inspect;

import dev.ocnix.model.Listing.Row;
import dev.ocnix.model.Resolution;
import java.util.Comparator;
import java.util.List;

/** The order in which Bun prints packages: by name, kind of resolution, and version or source. */
final class RowOrder implements Comparator<Row> {
    /** Compares texts by their UTF-8 bytes, which is by code points. */
    static final Comparator<String> BY_BYTES = RowOrder::bytes;

    private static final Comparator<Resolution.GitHub> BY_REPOSITORY =
            Comparator.comparing(Resolution.GitHub::owner, BY_BYTES).thenComparing(Resolution.GitHub::repo, BY_BYTES);

    /** In the order of Bun's numbers for them. */
    private static final List<Class<? extends Resolution>> KINDS = List.of(
            Resolution.Root.class,
            Resolution.Npm.class,
            Resolution.Folder.class,
            Resolution.LocalTarball.class,
            Resolution.GitHub.class,
            Resolution.Git.class,
            Resolution.Link.class,
            Resolution.Workspace.class,
            Resolution.RemoteTarball.class);

    private static int bytes(String a, String b) {
        int i = 0;
        int length = Math.min(a.length(), b.length());
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == length) {
            return Integer.compare(a.length(), b.length());
        }
        boolean pairs = Character.isSurrogate(a.charAt(i)) != Character.isSurrogate(b.charAt(i));
        return pairs
                ? Boolean.compare(Character.isSurrogate(a.charAt(i)), Character.isSurrogate(b.charAt(i)))
                : Character.compare(a.charAt(i), b.charAt(i));
    }

    @Override
    public int compare(Row a, Row b) {
        int order = BY_BYTES.compare(a.id().name(), b.id().name());
        return order != 0 ? order : resolutions(a, b);
    }

    private static int resolutions(Row a, Row b) {
        int order = Integer.compare(kind(a), kind(b));
        if (order != 0 || a.resolution().isEmpty() || b.resolution().isEmpty()) {
            return order;
        }
        Resolution left = a.resolution().get();
        Resolution right = b.resolution().get();
        if (left instanceof Resolution.Npm npm && right instanceof Resolution.Npm other) {
            return versions(npm.version(), other.version());
        }
        if (left instanceof Resolution.GitHub hub && right instanceof Resolution.GitHub other) {
            order = BY_REPOSITORY.compare(hub, other);
            return order != 0 ? order : BY_BYTES.compare(a.requested(), b.requested());
        }
        if (left instanceof Resolution.Git) {
            order = BY_BYTES.compare(a.url().orElse(""), b.url().orElse(""));
            return order != 0 ? order : BY_BYTES.compare(a.requested(), b.requested());
        }
        return BY_BYTES.compare(a.id().resolution(), b.id().resolution());
    }

    private static int kind(Row row) {
        return row.resolution()
                .map(resolution -> KINDS.indexOf(resolution.getClass()))
                .orElse(-1);
    }

    /** Semantic order; builds count only where neither version is a pre-release. */
    private static int versions(String a, String b) {
        Version left = Version.of(a);
        Version right = Version.of(b);
        for (int i = 0; i < left.numbers().length; i++) {
            int order = Long.compareUnsigned(left.numbers()[i], right.numbers()[i]);
            if (order != 0) {
                return order;
            }
        }
        if (left.pre().isEmpty() != right.pre().isEmpty()) {
            return left.pre().isEmpty() ? 1 : -1;
        }
        return left.pre().isEmpty()
                ? BY_BYTES.compare(left.build(), right.build())
                : preReleases(left.pre().split("\\.", -1), right.pre().split("\\.", -1));
    }

    private static int preReleases(String[] a, String[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean number = isNumber(a[i]);
            if (number != isNumber(b[i])) {
                return number ? -1 : 1;
            }
            int order = number
                    ? Long.compareUnsigned(Long.parseUnsignedLong(a[i]), Long.parseUnsignedLong(b[i]))
                    : BY_BYTES.compare(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static boolean isNumber(String part) {
        try {
            Long.parseUnsignedLong(part);
            return Character.isDigit(part.charAt(0));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Version(long[] numbers, String pre, String build) {
        static Version of(String text) {
            int plus = text.indexOf('+');
            String withoutBuild = plus < 0 ? text : text.substring(0, plus);
            int dash = withoutBuild.indexOf('-');
            String[] parts = (dash < 0 ? withoutBuild : withoutBuild.substring(0, dash)).split("\\.", -1);
            long[] numbers = new long[3];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Long.parseUnsignedLong(parts[i]);
            }
            return new Version(
                    numbers,
                    dash < 0 ? "" : withoutBuild.substring(dash + 1),
                    plus < 0 ? "" : text.substring(plus + 1));
        }
    }
}

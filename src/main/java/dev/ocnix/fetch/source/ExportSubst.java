package dev.ocnix.fetch.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Expands {@code $Format:…$} as {@code git archive} does in files with the attribute {@code export-subst}. Only placeholders that
 * follow from the commit itself are known; the others depend on the repository, its refs or the day, so that nobody but the
 * host can tell what its archive holds.
 */
final class ExportSubst {
    private static final byte[] START = "$Format:".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter DEFAULT =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu Z", Locale.ENGLISH);
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter ISO_STRICT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ENGLISH);

    private final RevCommit commit;

    ExportSubst(RevCommit commit) {
        this.commit = commit;
    }

    /** @throws TextConversion.Unsupported naming the first placeholder that is not known */
    byte[] expand(byte[] content) throws TextConversion.Unsupported {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
        int at = 0;
        while (at < content.length) {
            int end = startsAt(content, at) ? indexOf(content, at + START.length) : -1;
            if (end < 0) {
                out.write(content[at]);
                at++;
            } else {
                String format = new String(content, at + START.length, end - at - START.length, StandardCharsets.UTF_8);
                out.writeBytes(format(format).getBytes(StandardCharsets.UTF_8));
                at = end + 1;
            }
        }
        return out.toByteArray();
    }

    private static boolean startsAt(byte[] content, int at) {
        return content.length - at >= START.length
                && Arrays.equals(content, at, at + START.length, START, 0, START.length);
    }

    private static int indexOf(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] == '$') {
                return i;
            }
        }
        return -1;
    }

    private String format(String format) throws TextConversion.Unsupported {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c != '%') {
                out.append(c);
                at++;
                continue;
            }
            int length = placeholderLength(format, at + 1);
            if (at + 1 + length > format.length()) {
                throw new TextConversion.Unsupported("export-subst of " + format.substring(at));
            }
            String placeholder = format.substring(at + 1, at + 1 + length);
            out.append(value(placeholder));
            at += 1 + length;
        }
        return out.toString();
    }

    private static int placeholderLength(String format, int at) {
        char c = at < format.length() ? format.charAt(at) : 0;
        return switch (c) {
            case 'x' -> 3;
            case 'a', 'c' -> 2;
            default -> 1;
        };
    }

    private String value(String placeholder) throws TextConversion.Unsupported {
        return switch (placeholder.charAt(0)) {
            case '%' -> "%";
            case 'n' -> "\n";
            case 'x' -> hex(placeholder);
            case 'H' -> commit.name();
            case 'T' -> commit.getTree().name();
            case 'P' -> Arrays.stream(commit.getParents()).map(RevCommit::name).collect(Collectors.joining(" "));
            case 'a' -> person(commit.getAuthorIdent(), placeholder);
            case 'c' -> person(commit.getCommitterIdent(), placeholder);
            case 's' -> subject();
            case 'B' -> commit.getFullMessage();
            default -> throw new TextConversion.Unsupported("export-subst of %" + placeholder);
        };
    }

    private static String hex(String placeholder) throws TextConversion.Unsupported {
        try {
            int value = Integer.parseInt(placeholder, 1, placeholder.length(), 16);
            if (value >= 0 && value < 0x80) {
                return String.valueOf((char) value);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new TextConversion.Unsupported("export-subst of %" + placeholder);
    }

    private static String person(PersonIdent person, String placeholder) throws TextConversion.Unsupported {
        Instant when = person.getWhenAsInstant();
        ZoneId zone = person.getZoneId();
        OffsetDateTime date = when.atZone(zone).toOffsetDateTime();
        return switch (placeholder.charAt(1)) {
            case 'n' -> person.getName();
            case 'e' -> person.getEmailAddress();
            case 'l' -> person.getEmailAddress().split("@", 2)[0];
            case 'd' -> DEFAULT.format(date);
            case 'D' -> RFC_2822.format(date);
            case 't' -> Long.toString(when.getEpochSecond());
            case 'i' -> ISO.format(date);
            case 'I' -> strict(date);
            case 's' -> SHORT.format(date);
            default -> throw new TextConversion.Unsupported("export-subst of %" + placeholder);
        };
    }

    /** Git has written UTC as {@code Z} and as {@code +00:00}. */
    private static String strict(OffsetDateTime date) throws TextConversion.Unsupported {
        if (date.getOffset().equals(ZoneOffset.UTC)) {
            throw new TextConversion.Unsupported("export-subst of a strict ISO date in UTC");
        }
        return ISO_STRICT.format(date);
    }

    private String subject() {
        return commit.getShortMessage();
    }
}

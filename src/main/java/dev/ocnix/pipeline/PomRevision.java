package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The places of a POM that can say which revision is pinned, found by position, so that one of them can be replaced and every
 * other character stays. Knows as much XML as that needs: comments, CDATA sections, instructions, a document type, quoted
 * attributes.
 */
final class PomRevision {
    /** The property, as an element. */
    static final String PROPERTY = "ocnix.revision";

    private static final String PROPERTIES = "project/properties/" + PROPERTY;
    private static final String IN_PROFILE = "project/profiles/profile/properties/" + PROPERTY;

    private final String text;
    private final List<Spot> properties = new ArrayList<>();
    private final List<Spot> profiles = new ArrayList<>();
    private int at;

    private PomRevision(String text) {
        this.text = text;
    }

    /**
     * An element's content.
     *
     * @param start of the content in the text, in characters; {@code end} is behind its last one
     * @param line from 1
     */
    record Spot(int start, int end, int line, String content) {}

    /** Looks through a POM. */
    static PomRevision in(String text) {
        PomRevision pom = new PomRevision(text);
        pom.scan();
        return pom;
    }

    /** The property in the project's own {@code <properties>}. */
    List<Spot> properties() {
        return properties;
    }

    /** Likewise in those of its profiles. */
    List<Spot> profiles() {
        return profiles;
    }

    /**
     * The text with another value of the property.
     *
     * @param where the POM, for messages
     * @throws OcnixException if the property is there more than once, or its value is not one plain text
     */
    String with(String revision, String where) throws OcnixException {
        if (properties.size() != 1) {
            throw OcnixException.input(where + " has <" + PROPERTY + "> " + properties.size()
                    + " times in its <properties>; leave one of them.");
        }
        Spot spot = properties.get(0);
        int[] value = value(spot, where);
        return text.substring(0, value[0]) + escaped(revision) + text.substring(value[1]);
    }

    /** Start and end of what is neither white space nor a comment. */
    private int[] value(Spot spot, String where) throws OcnixException {
        int start = -1;
        int end = -1;
        for (int i = spot.start(); i < spot.end(); ) {
            if (text.startsWith("<!--", i)) {
                i = Math.min(spot.end(), after("-->", i + 4));
                continue;
            }
            int stop = text.indexOf("<!--", i);
            stop = stop < 0 || stop > spot.end() ? spot.end() : stop;
            String piece = text.substring(i, stop);
            if (!piece.isBlank()) {
                if (start >= 0 || piece.contains("<") || piece.contains("&") || piece.contains("${")) {
                    throw notPlain(spot, where);
                }
                start = i + piece.length() - piece.stripLeading().length();
                end = start + piece.strip().length();
            }
            i = stop;
        }
        if (start < 0) {
            throw notPlain(spot, where);
        }
        return new int[] {start, end};
    }

    private static OcnixException notPlain(Spot spot, String where) {
        return OcnixException.input(where + ", line " + spot.line() + ": <" + PROPERTY
                + "> is not one plain text; write the tag or the commit itself there, <" + PROPERTY + ">v1.2.3</"
                + PROPERTY
                + ">.");
    }

    private static String escaped(String revision) {
        return revision.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void scan() {
        Deque<String> path = new ArrayDeque<>();
        Deque<Integer> starts = new ArrayDeque<>();
        while ((at = text.indexOf('<', at)) >= 0) {
            if (skipped()) {
                continue;
            }
            int tag = at;
            int end = tagEnd(tag);
            if (end < 0) {
                return;
            }
            at = end + 1;
            if (text.charAt(tag + 1) == '/') {
                if (path.isEmpty()) {
                    return;
                }
                Iterable<String> fromRoot = path::descendingIterator;
                close(String.join("/", fromRoot), starts.pop(), tag);
                path.pop();
            } else if (text.charAt(end - 1) != '/') {
                path.push(name(tag + 1, end));
                starts.push(at);
            }
        }
    }

    private void close(String path, int start, int end) {
        if (path.equals(PROPERTIES) || path.equals(IN_PROFILE)) {
            int line = 1
                    + (int) text.substring(0, start)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            (path.equals(PROPERTIES) ? properties : profiles)
                    .add(new Spot(start, end, line, text.substring(start, end)));
        }
    }

    /** Passes over what is no element. */
    private boolean skipped() {
        if (text.startsWith("<!--", at)) {
            at = after("-->", at + 4);
        } else if (text.startsWith("<![CDATA[", at)) {
            at = after("]]>", at);
        } else if (text.startsWith("<?", at)) {
            at = after("?>", at);
        } else if (text.startsWith("<!", at)) {
            int subset = text.indexOf('[', at);
            int end = text.indexOf('>', at);
            at = subset >= 0 && subset < end ? after("]>", at) : after(">", at);
        } else {
            return false;
        }
        return true;
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private int tagEnd(int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return -1;
    }

    private String name(int from, int end) {
        int i = from;
        while (i < end && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return text.substring(from, i);
    }
}

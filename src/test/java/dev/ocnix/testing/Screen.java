package dev.ocnix.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal's screen, as far as programs here write to one: characters, CR, LF, erasing to the end of the line (EL) and
 * switching automatic wrapping on and off (DECAWM). After the last column a character wraps, or replaces the one there.
 */
public final class Screen {
    private final int columns;
    private final List<StringBuilder> lines = new ArrayList<>();
    private int column;
    private boolean wraps = true;

    public Screen(int columns) {
        this.columns = columns;
        lines.add(new StringBuilder());
    }

    /** Shows a text. */
    public void write(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\u001b[?7l", i) || text.startsWith("\u001b[?7h", i)) {
                wraps = text.charAt(i + 4) == 'h';
                i += 4;
            } else if (text.startsWith("\u001b[K", i)) {
                last().setLength(Math.min(last().length(), column));
                i += 2;
            } else if (text.charAt(i) == '\r') {
                column = 0;
            } else if (text.charAt(i) == '\n') {
                lines.add(new StringBuilder());
            } else if (text.charAt(i) == '\u001b') {
                throw new IllegalArgumentException("an escape sequence that this screen does not know");
            } else {
                put(text.charAt(i));
            }
        }
    }

    private void put(char character) {
        if (column == columns) {
            if (wraps) {
                lines.add(new StringBuilder());
                column = 0;
            } else {
                column--;
            }
        }
        StringBuilder line = last();
        while (line.length() <= column) {
            line.append(' ');
        }
        line.setCharAt(column++, character);
    }

    private StringBuilder last() {
        return lines.get(lines.size() - 1);
    }

    /** All lines that were ever used, the first one first. */
    public List<String> lines() {
        return lines.stream().map(StringBuilder::toString).toList();
    }
}

package dev.ocnix.pipeline;

import dev.ocnix.model.Visible;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** A writer of lines, each of which goes out as people may get it. */
final class VisibleWriter extends FilterWriter {
    private final UnaryOperator<String> shown;
    private final StringBuilder line = new StringBuilder();

    /** @param isJson whether what is not visible is escaped, and not replaced */
    VisibleWriter(Writer out, boolean isJson) {
        super(out);
        this.shown = isJson ? Visible::json : Visible::of;
    }

    @Override
    public void write(int c) throws IOException {
        if (c == '\n') {
            end();
            out.write('\n');
        } else {
            line.append((char) c);
        }
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(buffer[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }

    private void end() throws IOException {
        out.write(shown.apply(line.toString()));
        line.setLength(0);
    }

    /** Also what is no whole line yet. */
    @Override
    public void flush() throws IOException {
        end();
        super.flush();
    }
}

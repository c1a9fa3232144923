package dev.ocnix.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others write steers no terminal, no log and no eye. */
class VisibleTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 9, 0xa, 0xd, 0x1b, 0x7f, 0x85, 0x9b, 0x9d, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b,
                0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2063,
                0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x2800, 0x3164, 0xd800, 0xe000, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
                0x1d173, 0xe0001, 0xe0041, 0xe0100, 0xf0000, 0x10ffff
            })
    void whatNobodySeesIsMarked(int c) {
        String text = "a" + new StringBuilder().appendCodePoint(c) + "b";
        assertEquals("a\ufffdb", Visible.of(text));
        assertEquals("\"a\ufffdb\"", Visible.quoted(text));
        String json = Visible.json(new JsonPrimitive(text).toString());
        assertTrue(json.chars().allMatch(unit -> unit >= ' ' && unit < 0x7f), json);
        assertEquals(
                c == 0xd800 ? "a\ud800b" : text, JsonParser.parseString(json).getAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "left-pad@1.0.0", "größer → 日本語 «x» 😀", "http://a/b::c", "# a ## b", "a[0] #[x]"})
    void whatEverybodySeesStays(String text) {
        assertEquals(text, Visible.of(text));
        assertEquals(text, Visible.json(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::error::x",
                " \t::set-output name=a::b",
                "::warning file=a::",
                "##vso[task.setvariable variable=a]b",
                "a ##[error]b",
                "####vso[task.complete]",
                "x ##teamcity[buildStop]",
                "##[group]##[endgroup]",
                "\u001b]0;##[error]"
            })
    void aLogHoldsNoCommandsToItsReader(String text) {
        for (String line : List.of(Visible.of(text), Visible.lines("ours\n" + text), Visible.json(text))) {
            assertTrue(line.lines().noneMatch(one -> one.strip().startsWith("::") && !line.equals(Visible.json(text))));
            assertFalse(line.matches("(?s).*##[a-z]*\\[.*"), line);
        }
    }

    @Test
    void aLineBreakOfOthersBeginsNoLine() {
        assertEquals("a\ufffd::error::b", Visible.of("a\n::error::b"));
        assertEquals("a\ufffd\ufffd::error::b", Visible.of("a\r\n::error::b"));
        assertEquals("a\n\ufffd:error::b", Visible.lines("a\n::error::b"));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertEquals("\"" + "x".repeat(119) + "…\"", Visible.quoted("x".repeat(119) + "😀y"));
        assertEquals("\"😀\"", Visible.quoted("😀", 2));
    }

    @Test
    void aProblemIsVisibleWhoeverNamesIt() {
        OcnixException e = OcnixException.input("no \u001b[2J\u009b\u202e\n::error::tag");
        assertEquals("no \ufffd[2J\ufffd\ufffd\ufffd::error::tag", e.getMessage());
        assertEquals(List.of(e.getMessage()), e.problems());
        assertEquals("a \ufffdx b", new Problem("a ", List.of("\u2066x"), " b").inFull());
    }
}

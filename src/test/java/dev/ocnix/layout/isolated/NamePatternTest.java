package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Bun 1.3.14 and 1.4.5 were seen to choose. */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "is-*,              is-odd is-even,         kind-of yis-odd @s/is-odd",
        "is-* !is-odd,      is-even,                is-odd kind-of",
        "!is-odd is-*,      is-odd is-even,         kind-of",
        "!is-*,             kind-of @s/is-odd,      is-odd",
        "@s/*,              @s/is-odd,              is-odd @t/is-odd",
        "*,                 is-odd @s/is-odd,",
        "* !*,,             is-odd",
        "*odd*,             is-odd odd @s/odd-one,  is-even",
        "s?ring s\\w* s.ring s[t]ring (string),  s?ring, string",
        "i*d*d,             is-odd idd,             is-od id",
    })
    void starsMeanAnythingAndTheLastPatternDecides(String patterns, String chosen, String others) {
        NamePattern pattern = new NamePattern(List.of(patterns.split(" ")));
        names(chosen).forEach(name -> assertEquals(true, pattern.chooses(name), name));
        names(others).forEach(name -> assertEquals(false, pattern.chooses(name), name));
    }

    private static Stream<String> names(String names) {
        return names == null ? Stream.empty() : Arrays.stream(names.split(" "));
    }

    @Test
    void anEmptyListChoosesNothingAndBlanksAroundPatternsDoNotCount() {
        assertEquals(false, new NamePattern(List.of()).chooses("is-odd"));
        assertEquals(false, new NamePattern(List.of("")).chooses("is-odd"));
        assertEquals(true, new NamePattern(List.of(" is-* ")).chooses("is-odd"));
    }
}

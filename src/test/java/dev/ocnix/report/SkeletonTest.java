package dev.ocnix.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkeletonTest {
    @ParameterizedTest
    @CsvSource({
        "lodash, 1odash",
        "lodash, lоdаsh",
        "lodash, l0dash",
        "lodash, Iodash",
        "modern, modem",
        "react, rеасt",
        "wrap, vvrap",
        "express, ｅxpress",
        "jest, јеѕt",
        "chalk, chàlk"
    })
    void namesThatLookAlikeHaveOne(String one, String other) {
        assertEquals(Skeleton.of(one), Skeleton.of(other));
    }

    @ParameterizedTest
    @CsvSource({"is-plain-obj, is-plain-object", "ws, vs", "uuid, luid", "lodash.merge, lodash-merge", "a, b"})
    void othersDoNot(String one, String other) {
        assertNotEquals(Skeleton.of(one), Skeleton.of(other));
    }

    @Test
    void aForeignLetterIsNamed() {
        assertEquals(Optional.of("U+0430"), Skeleton.foreign("rе".replace("е", "а")));
        assertEquals(Optional.empty(), Skeleton.foreign("@scope/left-pad_2.js"));
    }
}

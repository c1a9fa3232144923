package dev.ocnix.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementKeyTest {
    private static final List<String> NAMES =
            List.of("a", "a-b", "ab", "a.b", "a0", "@a/b", "@a/b-c", "@a/bc", "b", "é", "😀");

    @ParameterizedTest
    @ValueSource(strings = {".bin", ".BIN", ".bun", ".Bun", ".ocnix", "node_modules", "a/.bin", "a/node_modules", "."})
    void namesThatInstallersKeepForThemselvesAreNone(String key) {
        assertEquals(Optional.empty(), PlacementKey.parse(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {".binary", "bin", "bun", "@a/.bin", "@/x", "a/@/x", "node_modules2"})
    void othersAre(String key) {
        assertEquals(key, PlacementKey.parse(key).orElseThrow().toString());
    }

    @Test
    void keysAreOrderedAsTheirTexts() {
        Random random = new Random(1);
        List<PlacementKey> keys = IntStream.range(0, 400)
                .mapToObj(i -> new PlacementKey(IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(depth -> NAMES.get(random.nextInt(NAMES.size())))
                        .toList()))
                .toList();
        for (PlacementKey one : keys) {
            assertEquals(one.toString().length(), one.length());
            for (PlacementKey other : keys) {
                int expected = Integer.signum(one.toString().compareTo(other.toString()));
                assertEquals(expected, Integer.signum(one.compareTo(other)), () -> one + " and " + other);
            }
        }
    }
}

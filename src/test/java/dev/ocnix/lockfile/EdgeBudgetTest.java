package dev.ocnix.lockfile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgeBudgetTest {
    private static byte[] lockfile(int places, int dependencies) {
        String edges = IntStream.range(0, dependencies)
                .mapToObj(i -> "\"d" + i + "\":\"1\"")
                .collect(Collectors.joining(","));
        String entries = IntStream.range(0, places)
                .mapToObj(i -> ",\"p" + i + "\":[\"x@1.0.0\",\"\",{},\"\"]")
                .collect(Collectors.joining("\n"));
        return ("{\"lockfileVersion\":1,\"workspaces\":{\"\":{}},\"packages\":{\"x\":[\"x@1.0.0\",\"\",{"
                        + "\"optionalDependencies\":{" + edges + "}},\"\"]" + entries + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSmallFileWhoseEdgesMultiplyIsRefusedAtOnce() {
        byte[] small = lockfile(100_000, 100_000);
        assertTrue(small.length < 8 << 20);
        OcnixException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(OcnixException.class, () -> LockfileReader.read("bun.lock", small)));
        assertTrue(
                refused.getMessage().contains(", \"x\": the packages stand in so many places"), refused.getMessage());
    }

    @Test
    void manyPlacesOfAnOrdinaryPackageAreFine() throws OcnixException {
        assertTrue(LockfileReader.read("bun.lock", lockfile(20_000, 100))
                        .placements()
                        .size()
                > 20_000);
    }
}

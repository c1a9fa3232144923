package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchablesTest {
    private static Lockfile read(String workspaces, String packages) throws OcnixException {
        String text = "{\"lockfileVersion\":1,\"workspaces\":{" + workspaces + "},\"packages\":{" + packages + "}}";
        return LockfileReader.read("bun.lock", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Optional<String>> paths(Lockfile lockfile) {
        Fetchables fetchables = new Fetchables(lockfile);
        return fetchables.packages().stream()
                .filter(locked -> locked.resolution() instanceof Resolution.LocalTarball)
                .map(locked -> path(fetchables, locked))
                .toList();
    }

    private static Optional<String> path(Fetchables fetchables, LockedPackage locked) {
        return fetchables.pathInSource(locked.id(), (Resolution.LocalTarball) locked.resolution(), "top/");
    }

    @Test
    void aTarballIsWhereTheManifestThatNamesItHasIt() throws OcnixException {
        Lockfile lockfile = read(
                "\"\":{\"dependencies\":{\"b\":\"./b.tgz\"}},"
                        + "\"w\":{\"name\":\"w\",\"dependencies\":{\"a\":\"../v/a.tgz\",\"b\":\"./b.tgz\"}}",
                "\"w\":[\"w@workspace:w\"],\"a\":[\"a@../v/a.tgz\",{}],\"b\":[\"b@./b.tgz\",{}],"
                        + "\"b/c\":[\"c@../../../x.tgz\",{}]");
        assertEquals(List.of(Optional.of("top/v/a.tgz"), Optional.of("top/b.tgz"), Optional.empty()), paths(lockfile));
    }

    @Test
    void manyTarballsAndManyDependenciesAreNoProduct() throws OcnixException {
        int many = 20_000;
        String edges = IntStream.range(0, many)
                .mapToObj(i -> "\"p" + i + "\":\"./p.tgz\"")
                .collect(Collectors.joining(","));
        String entries = IntStream.range(0, many)
                .mapToObj(i -> "\"p" + i + "\":[\"p" + i + "@./p.tgz\",{}]")
                .collect(Collectors.joining(","));
        Lockfile lockfile = read("\"\":{\"dependencies\":{" + edges + "}}", entries);
        assertEquals(
                many,
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> paths(lockfile))
                        .size());
    }
}

package dev.ocnix.layout.isolated;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.PeerGraph;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long all variants of the isolated layout take for projects whose packages have peers in ways that multiply their uses,
 * in a heap of 512 MB, and how that grows.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class PeersBenchmark {
    @Param
    public PeerGraph.Shape shape = PeerGraph.Shape.DIAMONDS;

    /** Pairs, hosts, circles or members; of a monorepo all packages. */
    @Param({"50", "100", "200"})
    public int size;

    private Lockfile lockfile;

    @Setup
    public void read() throws OcnixException {
        lockfile = LockfileReader.read(
                "bun.lock", PeerGraph.of(shape, size).lockfile());
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public IsolatedLayout layOut() throws OcnixException {
        return IsolatedLayout.of(lockfile, (id, platform) -> true);
    }
}

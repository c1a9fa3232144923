package dev.ocnix.lockfile;

import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.Corpus;
import dev.ocnix.testing.SyntheticLockfile;
import java.io.IOException;
import java.nio.file.Files;
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
 * How long a lockfile of 1,800 packages takes to decode in both formats, OpenChamber's when the corpus is given, and how that
 * grows from 1,000 to 100,000 packages. {@code -Djmh.args="-p file=100000 -jvmArgsAppend -Xmx256m"} shows that the largest
 * fits into that heap.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class DecodeBenchmark {
    /** The format, or the number of packages in a binary file of the benchmark's own. */
    @Param({"text", "binary", "1000", "10000", "100000"})
    public String file;

    private static final int PACKAGES = 1800;

    private byte[] content = {};
    private String name = "bun.lockb";

    @Setup
    public void read() throws IOException {
        if (Character.isDigit(file.charAt(0))) {
            content = SyntheticLockfile.of(Integer.parseInt(file));
            return;
        }
        boolean text = file.equals("text");
        name = text ? "bun.lock" : "bun.lockb";
        if (Corpus.folder().isPresent()) {
            content = Files.readAllBytes(
                    Corpus.entry(text ? "text/openchamber__v1.9.9" : "lockb/openchamber__v1.9.9__twin-bun1.3.14")
                            .lockfile());
        } else {
            content = text ? SyntheticLockfile.textOf(PACKAGES) : SyntheticLockfile.of(PACKAGES);
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    public Lockfile warm() throws OcnixException {
        return LockfileReader.read(name, content);
    }

    /** In a JVM that has read nothing before. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(value = 10, jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Lockfile first() throws OcnixException {
        return LockfileReader.read(name, content);
    }
}

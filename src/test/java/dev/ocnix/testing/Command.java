package dev.ocnix.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process to run to its end: given standard input, captured output, killed after its time limit. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Command(List<String> words, Path folder, Map<String, String> environment, Duration limit, byte[] input) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... words) {
        return of(Arrays.asList(words));
    }

    public static Command of(List<String> words) {
        return new Command(words, Path.of("").toAbsolutePath(), Map.of(), Duration.ofSeconds(60), new byte[0]);
    }

    public Command in(Path newFolder) {
        return new Command(words, newFolder, environment, limit, input);
    }

    /** The same with a variable; an empty value removes it from the environment. */
    public Command with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Command(words, folder, more, limit, input);
    }

    public Command with(Map<String, String> variables) {
        Map<String, String> more = new TreeMap<>(environment);
        more.putAll(variables);
        return new Command(words, folder, more, limit, input);
    }

    public Command within(Duration newLimit) {
        return new Command(words, folder, environment, newLimit, input);
    }

    /** The same with these bytes on its standard input, which is empty otherwise. */
    public Command reading(byte[] newInput) {
        return new Command(words, folder, environment, limit, newInput);
    }

    public Command and(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(Arrays.asList(more));
        return new Command(all, folder, environment, limit, input);
    }

    /** Runs it, whatever its exit status. */
    public Result run() {
        try {
            Path in = Files.createTempFile("ocnix-", ".in");
            Path out = Files.createTempFile("ocnix-", ".out");
            Path err = Files.createTempFile("ocnix-", ".err");
            try {
                Files.write(in, input);
                int exit = exitOf(in, out, err);
                return new Result(this, exit, Files.readAllBytes(out), text(err));
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + words, e);
        }
    }

    /** Runs it and fails the test, with all output, unless it exits with 0. */
    public Result runOrFail() {
        Result result = run();
        if (result.exit() != 0) {
            throw new AssertionError(result.describe());
        }
        return result;
    }

    private int exitOf(Path in, Path out, Path err) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(
                    "not done within %s: %s%n%s%n%s".formatted(limit, String.join(" ", words), text(out), text(err)));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Where a program is, by the PATH. */
    public static Optional<Path> onPath(String program) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a process left behind. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(Command command, int exit, byte[] bytes, String err) {
        /** Standard output as text. */
        public String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String describe() {
            return "exit %d: %s%n%s%n%s".formatted(exit, String.join(" ", command.words()), out(), err);
        }
    }
}

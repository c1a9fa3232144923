package dev.ocnix.fetch;

import dev.ocnix.testing.Certificate;
import dev.ocnix.testing.LoopbackServer;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.TinyProject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How long a first {@code generate} takes against a first {@code bun install} of the same 1,500 tarballs, 300 MB, from the same
 * HTTPS server on the loopback that lets each answer wait for 30 ms. Whole processes, in turn; of {@code generate} the time of
 * the {@code help} goal is taken off, which is Maven's own. Needs GNU time, Bun, and a local repository that holds the plugin:
 *
 * <pre>
 * mvn verify
 * mvn -Pbench -Dquick test -Dbench.main=dev.ocnix.fetch.DownloadRace -Djmh.args="ROUNDS BUN mvn -Dmaven.repo.local=..."
 * </pre>
 */
public final class DownloadRace {
    private static final int PACKAGES = 1500;
    private static final long BYTES = 300_000_000;
    private static final long DELAY_MILLIS = 30;
    private static final String GOAL = "dev.ocnix:ocnix-maven-plugin:";
    private static final String HEAP = "-Xmx256m";

    private final Path folder;
    private final Path bun;
    private final List<String> maven;

    private DownloadRace(Path folder, Path bun, List<String> maven) {
        this.folder = folder;
        this.bun = bun;
        this.maven = maven;
    }

    /** What one process took: seconds, and megabytes of resident memory at most. */
    private record Cost(double wall, double cpu, double memory) {
        @Override
        public String toString() {
            return String.format("%.2f s (cpu %.2f s, %.0f MB)", wall, cpu, memory);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("ocnix-race-");
        try {
            List<String> maven = Arrays.asList(arguments).subList(2, arguments.length);
            new DownloadRace(folder, Path.of(arguments[1]), maven).run(Integer.parseInt(arguments[0]));
        } finally {
            delete(folder);
        }
    }

    private void run(int rounds) throws Exception {
        Certificate certificate = Certificate.fitting(folder);
        List<PackageTarball> packages = packages();
        try (LoopbackServer server = LoopbackServer.start(certificate)) {
            packages.forEach(one -> {
                server.serve(one.path(), "application/octet-stream", one.bytes());
                server.fault(one.path(), DownloadRace::late);
            });
            TinyProject.write(folder.resolve("source"), "race", packages);
            TinyProject.commit(folder.resolve("source"), "v1.0.0");
            Files.writeString(
                    folder.resolve("pom.xml"),
                    "<project><modelVersion>4.0.0</modelVersion><groupId>race</groupId><artifactId>race</artifactId>"
                            + "<version>1</version><packaging>pom</packaging></project>\n");
            race(rounds, server.url(), certificate);
        }
    }

    private void race(int rounds, String registry, Certificate certificate) throws Exception {
        List<Cost> generates = new ArrayList<>();
        List<Cost> helps = new ArrayList<>();
        List<Cost> installs = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Cost generate = generate(registry, certificate);
            Cost help = maven(List.of(goal("help")), certificate);
            Cost install = install(registry, certificate);
            System.out.printf(
                    "%s generate %s, help %s, bun install %s, ratio %.2f%n",
                    round == 0 ? "warm-up" : "round " + round,
                    generate,
                    help,
                    install,
                    (generate.wall() - help.wall()) / install.wall());
            if (round > 0) {
                generates.add(generate);
                helps.add(help);
                installs.add(install);
            }
        }
        System.out.printf(
                "medians: generate - help %.2f s wall, %.2f s cpu, %.0f MB; bun install %.2f s wall, %.2f s cpu, %.0f MB%n",
                median(generates, Cost::wall) - median(helps, Cost::wall),
                median(generates, Cost::cpu) - median(helps, Cost::cpu),
                median(generates, Cost::memory),
                median(installs, Cost::wall),
                median(installs, Cost::cpu),
                median(installs, Cost::memory));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return costs.stream().mapToDouble(part).sorted().toArray()[costs.size() / 2];
    }

    private Cost generate(String registry, Certificate certificate) throws Exception {
        delete(folder.resolve("cache"));
        delete(folder.resolve("nix"));
        return maven(
                List.of(
                        goal("generate"),
                        "-Docnix.repository=example/race",
                        "-Docnix.revision=v1.0.0",
                        "-Docnix.gitMirror=" + folder.resolve("source"),
                        "-Docnix.registryMirror=" + registry,
                        "-Docnix.cacheDirectory=" + folder.resolve("cache"),
                        "-Docnix.outputDirectory=" + folder.resolve("nix")),
                certificate);
    }

    private static String goal(String name) {
        String version = DownloadRace.class.getPackage().getImplementationVersion();
        return GOAL + (version == null ? "0.1.0" : version) + ":" + name;
    }

    private Cost maven(List<String> words, Certificate certificate) throws Exception {
        StringBuilder options = new StringBuilder(HEAP);
        certificate.properties().forEach((name, value) -> options.append(" -D" + name + "=" + value));
        List<String> command = new ArrayList<>(maven);
        command.add("-B");
        command.addAll(words);
        return run(folder, command, Map.of("MAVEN_OPTS", options.toString()));
    }

    private Cost install(String registry, Certificate certificate) throws Exception {
        Path project = folder.resolve("install");
        delete(project);
        delete(folder.resolve("bun-home"));
        Files.createDirectories(project);
        for (String file : List.of("package.json", "bun.lock")) {
            Files.copy(folder.resolve("source").resolve(file), project.resolve(file));
        }
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, certificate.authority());
        Files.writeString(
                project.resolve("bunfig.toml"),
                "[install]\nregistry = \"" + registry + "\"\ncafile = \"" + authority + "\"\n");
        return run(
                project,
                List.of(bun.toString(), "install", "--frozen-lockfile", "--ignore-scripts", "--no-progress"),
                Map.of(
                        "HOME", folder.resolve("bun-home").toString(),
                        "BUN_INSTALL_CACHE_DIR", folder.resolve("bun-home/cache").toString(),
                        "DO_NOT_TRACK", "1"));
    }

    private Cost run(Path where, List<String> words, Map<String, String> environment) throws Exception {
        Path figures = folder.resolve("figures");
        Path log = folder.resolve("log");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-o", figures.toString(), "-f", "%e %U %S %M"));
        timed.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(timed)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()));
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IOException(words + " ended with " + exit + "\n" + Files.readString(log));
        }
        String[] parts = Files.readString(figures).strip().split(" ");
        return new Cost(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]) / 1024);
    }

    private static void late(com.sun.net.httpserver.HttpExchange exchange, byte[] right) throws IOException {
        try {
            Thread.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(200, right.length);
        exchange.getResponseBody().write(right);
    }

    /** Text that packs about as well as programs do, in sizes from a hundredth to some ten times the mean. */
    private static List<PackageTarball> packages() {
        Random random = new Random(1);
        byte[][] words = new byte[4096][];
        for (int word = 0; word < words.length; word++) {
            words[word] = Base64.getEncoder().encode(random(random, 2 + random.nextInt(8)));
        }
        List<PackageTarball> packages = new ArrayList<>();
        long left = BYTES;
        for (int index = 0; index < PACKAGES; index++) {
            double share = Math.exp(1.5 * random.nextGaussian() - 1.1);
            long size = (long) Math.min(left, Math.min(20_000_000, Math.max(2000, share * BYTES / PACKAGES)));
            if (index == PACKAGES - 1) {
                size = Math.min(20_000_000, left);
            }
            PackageTarball.Builder builder = PackageTarball.of("package-" + index, "1.0.0");
            for (int file = 0; file < 12; file++) {
                builder.file("lib/file" + file + ".js", text(random, words, (int) (size * 2 / 12)));
            }
            packages.add(builder.build());
            left -= packages.get(index).bytes().length;
        }
        System.out.printf("%d tarballs, %.1f MB%n", PACKAGES, (BYTES - left) / 1e6);
        return packages;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(Random random, byte[][] words, int length) {
        byte[] text = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] word = words[(int) (words.length * Math.pow(random.nextDouble(), 3))];
            int count = Math.min(word.length, length - at);
            System.arraycopy(word, 0, text, at, count);
            at += count;
            if (at < length) {
                text[at++] = ' ';
            }
        }
        return text;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

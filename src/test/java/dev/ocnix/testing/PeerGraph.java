package dev.ocnix.testing;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A project whose packages have peers in one of the ways that multiply the uses of a package. */
public final class PeerGraph {
    private static final String VERSION = "1.0.0";

    /** The packages, by their places in the lockfile. */
    private final Map<String, PackageTarball.Builder> packages = new TreeMap<>();

    private final JsonObject root = new JsonObject();
    private final Map<String, JsonObject> members = new LinkedHashMap<>();

    /** What multiplies the uses. */
    public enum Shape {
        /** Each of a pair of packages needs both of the next, the last has an optional peer that nobody has. */
        DIAMONDS {
            @Override
            void fill(PeerGraph graph, int size) {
                for (int i = 0; i < size; i++) {
                    boolean isLast = i + 1 == size;
                    for (String side : List.of("a", "b")) {
                        PackageTarball.Builder builder = graph.add(side + i);
                        if (isLast) {
                            optionalPeers(builder, List.of("nobody"));
                        } else {
                            builder.dependency("a" + (i + 1), VERSION).dependency("b" + (i + 1), VERSION);
                        }
                    }
                }
                graph.need(graph.root, "a0", VERSION);
                graph.need(graph.root, "b0", VERSION);
            }
        },
        /** Each package has a tenth of all hosts as peers; the root has every other host. */
        WIDE {
            @Override
            void fill(PeerGraph graph, int size) {
                for (int i = 0; i < size; i++) {
                    graph.add("host" + i);
                    if (i % 2 == 0) {
                        graph.need(graph.root, "host" + i, VERSION);
                    }
                }
                for (int i = 0; i < size; i++) {
                    PackageTarball.Builder builder = graph.add("user" + i);
                    JsonObject peers = new JsonObject();
                    for (int k = 0; k < 1 + size / 10; k++) {
                        peers.addProperty("host" + (i + 3 * k) % size, "*");
                    }
                    builder.field("peerDependencies", peers.toString());
                    for (int next = i + 1; next < Math.min(size, i + 4); next++) {
                        builder.dependency("user" + next, VERSION);
                    }
                }
                graph.need(graph.root, "user0", VERSION);
            }
        },
        /** Circles of five packages, one below the other, each of which needs the next two; all have unheld peers. */
        CIRCLES {
            @Override
            void fill(PeerGraph graph, int size) {
                for (int i = 0; i < size; i++) {
                    for (int k = 0; k < 5; k++) {
                        PackageTarball.Builder builder = graph.add(circular(i, k))
                                .dependency(circular(i, (k + 1) % 5), VERSION)
                                .dependency(circular(i, (k + 2) % 5), VERSION);
                        optionalPeers(builder, List.of("nobody" + k));
                        if (i + 1 < size) {
                            builder.dependency(circular(i + 1, k), VERSION);
                        }
                    }
                }
                graph.need(graph.root, circular(0, 0), VERSION);
                graph.need(graph.root, circular(0, 3), VERSION);
            }
        },
        /** Members that share diamonds, each with the host of one of two versions that these ask for, or with none. */
        MEMBERS {
            @Override
            void fill(PeerGraph graph, int size) {
                graph.add("host");
                graph.add("outer/host", PackageTarball.of("host", "2.0.0"));
                graph.add("outer").dependency("host", "2.0.0").dependency("left0", VERSION);
                for (int i = 0; i < size; i++) {
                    for (String side : List.of("left", "right")) {
                        PackageTarball.Builder builder = graph.add(side + i);
                        builder.field("peerDependencies", "{ \"host\": \"*\" }");
                        if (i % 3 == 2) {
                            optionalPeers(builder, List.of("host", "nobody" + i % 5));
                        }
                        if (i + 1 < size) {
                            builder.dependency("left" + (i + 1), VERSION).dependency("right" + (i + 1), VERSION);
                        }
                    }
                    JsonObject member = graph.member("m" + i);
                    if (i % 3 == 0) {
                        graph.need(member, "host", VERSION);
                    }
                    graph.need(member, "left" + i, VERSION);
                    graph.need(member, i % 2 == 0 ? "outer" : "right0", VERSION);
                }
            }
        },
        /**
         * A monorepo: members in four kinds, with the first versions of all frameworks, the second ones, every other of these, or
         * none, use plugins of several frameworks that use each other, some in circles, and have optional peers.
         */
        MONOREPO {
            @Override
            void fill(PeerGraph graph, int size) {
                int members = Math.max(4, size / 17);
                int frameworks = 2 + size / 100;
                int plugins = Math.max(6, size - members - 2 * frameworks);
                for (int i = 0; i < frameworks; i++) {
                    graph.add("framework" + i);
                }
                for (int i = 0; i < plugins; i++) {
                    plugin(graph, i, plugins, frameworks);
                }
                for (int i = 0; i < members; i++) {
                    JsonObject member = graph.member("m" + i);
                    for (int k = 0; k < frameworks && i % 4 != 3; k++) {
                        boolean isSecond = i % 4 == 1 || (i % 4 == 2 && k % 2 == 0);
                        graph.need(member, "framework" + k, isSecond ? "2.0.0" : VERSION);
                        if (isSecond) {
                            graph.add("m" + i + "/framework" + k, PackageTarball.of("framework" + k, "2.0.0"));
                        }
                    }
                    for (int k = 0; k < 5; k++) {
                        graph.need(member, "plugin" + (31 * i + 97 * k) % plugins, VERSION);
                    }
                }
            }

            private void plugin(PeerGraph graph, int number, int plugins, int frameworks) {
                PackageTarball.Builder builder = graph.add("plugin" + number);
                for (int step : new int[] {1, 5, 17}) {
                    if (number + step < plugins) {
                        builder.dependency("plugin" + (number + step), VERSION);
                    }
                }
                if (number % 50 == 5) {
                    builder.dependency("plugin" + (number - 1), VERSION);
                }
                if (number % 4 == 3) {
                    optionalPeers(builder, List.of("framework" + number % (frameworks / 2) * 2, "nobody" + number % 3));
                } else {
                    JsonObject peers = new JsonObject();
                    for (int k = 0; k <= number % 3; k++) {
                        peers.addProperty("framework" + ((number + 7 * k) % (frameworks / 2) * 2 + 1), "*");
                    }
                    builder.field("peerDependencies", peers.toString());
                }
            }
        };

        abstract void fill(PeerGraph graph, int size);

        private static String circular(int circle, int position) {
            return "c" + circle + "-" + position;
        }
    }

    private PeerGraph() {
        root.addProperty("name", "root");
    }

    public static PeerGraph of(Shape shape, int size) {
        PeerGraph graph = new PeerGraph();
        shape.fill(graph, size);
        return graph;
    }

    private static void optionalPeers(PackageTarball.Builder builder, List<String> names) {
        JsonObject peers = new JsonObject();
        JsonObject meta = new JsonObject();
        JsonObject optional = new JsonObject();
        optional.addProperty("optional", true);
        for (String name : names) {
            peers.addProperty(name, "*");
            meta.add(name, optional);
        }
        builder.field("peerDependencies", peers.toString()).field("peerDependenciesMeta", meta.toString());
    }

    private PackageTarball.Builder add(String name) {
        return add(name, PackageTarball.of(name, VERSION));
    }

    private PackageTarball.Builder add(String place, PackageTarball.Builder builder) {
        packages.put(place, builder);
        return builder;
    }

    private JsonObject member(String name) {
        JsonObject manifest = new JsonObject();
        manifest.addProperty("name", name);
        members.put(name, manifest);
        return manifest;
    }

    private void need(JsonObject manifest, String name, String range) {
        if (!manifest.has("dependencies")) {
            manifest.add("dependencies", new JsonObject());
        }
        manifest.getAsJsonObject("dependencies").addProperty(name, range);
    }

    /** The text of bun.lock. */
    public byte[] lockfile() {
        JsonObject workspaces = new JsonObject();
        workspaces.add("", root);
        members.forEach((name, manifest) -> workspaces.add("packages/" + name, manifest));
        JsonObject placed = new JsonObject();
        Map<String, JsonArray> sorted = new TreeMap<>();
        packages.forEach((place, builder) -> sorted.put(place, record(builder.build())));
        members.keySet().forEach(name -> {
            JsonArray member = new JsonArray();
            member.add(name + "@workspace:packages/" + name);
            sorted.put(name, member);
        });
        sorted.forEach(placed::add);
        JsonObject lockfile = new JsonObject();
        lockfile.addProperty("lockfileVersion", 1);
        lockfile.addProperty("configVersion", 1);
        lockfile.add("workspaces", workspaces);
        lockfile.add("packages", placed);
        return new Gson().toJson(lockfile).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArray record(PackageTarball tarball) {
        JsonObject info = new JsonObject();
        for (String group : List.of("dependencies", "peerDependencies")) {
            if (tarball.manifest().has(group)) {
                info.add(group, tarball.manifest().get(group));
            }
        }
        if (tarball.manifest().has("peerDependenciesMeta")) {
            JsonArray optional = new JsonArray();
            new ArrayList<>(tarball.manifest()
                            .getAsJsonObject("peerDependenciesMeta")
                            .keySet())
                    .forEach(optional::add);
            info.add("optionalPeers", optional);
        }
        JsonArray record = new JsonArray();
        record.add(tarball.name() + "@" + tarball.version());
        record.add("");
        record.add(info);
        record.add(tarball.integrity());
        return record;
    }

    /** Writes bun.lock and all files package.json. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonObject manifest = root.deepCopy();
        if (!members.isEmpty()) {
            JsonArray globs = new JsonArray();
            globs.add("packages/*");
            manifest.add("workspaces", globs);
        }
        Files.writeString(folder.resolve("package.json"), manifest.toString());
        for (Map.Entry<String, JsonObject> member : members.entrySet()) {
            Path path = Files.createDirectories(folder.resolve("packages").resolve(member.getKey()));
            Files.writeString(path.resolve("package.json"), member.getValue().toString());
        }
        Files.write(folder.resolve("bun.lock"), lockfile());
    }

    public void publish(LoopbackRegistry registry) {
        packages.values().forEach(builder -> registry.publish(builder.build()));
    }
}

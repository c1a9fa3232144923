package dev.ocnix.layout.isolated;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.testing.LoopbackRegistry;
import dev.ocnix.testing.PackageTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A project with members and a dozen packages that depend on each other in every way, peers above all. */
final class RandomProject {
    private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "2.0.0");
    private static final List<String> RANGES =
            List.of("^1.0.0", "^2.0.0", "*", ">=1.0.0", "1.0.0", "1.x || 2.x", "~1.0.0");
    private static final List<String> SYSTEMS = List.of("linux", "darwin", "!win32", "win32");
    private static final int PACKAGES = 11;

    private final Random random;
    private final String prefix;

    /** @param seed the same gives the same project; names differ between seeds */
    RandomProject(long seed) {
        this.random = new Random(seed);
        this.prefix = "r" + seed + "-";
    }

    void publish(LoopbackRegistry registry) {
        for (int i = 0; i < PACKAGES; i++) {
            for (String version : VERSIONS) {
                PackageTarball.Builder builder = PackageTarball.of(name(i), version);
                JsonObject manifest = new JsonObject();
                depend(manifest, "dependencies", i, random.nextInt(3));
                depend(manifest, "optionalDependencies", i, random.nextInt(5) / 4);
                depend(manifest, "peerDependencies", i, random.nextInt(5) / 3);
                optionalPeers(manifest);
                if (random.nextInt(6) == 0) {
                    JsonArray os = new JsonArray();
                    os.add(SYSTEMS.get(random.nextInt(SYSTEMS.size())));
                    manifest.add("os", os);
                }
                manifest.entrySet()
                        .forEach(field ->
                                builder.field(field.getKey(), field.getValue().toString()));
                registry.publish(builder.build());
            }
        }
    }

    void write(Path folder) throws IOException {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String member = (random.nextInt(3) == 0 ? "@m/" : "m-") + prefix + i;
            JsonObject manifest = new JsonObject();
            manifest.addProperty("name", member);
            project(manifest, members);
            write(folder.resolve("packages/m" + i), manifest);
            members.add(member);
        }
        JsonObject root = new JsonObject();
        root.addProperty("name", "root");
        project(root, members);
        JsonArray globs = new JsonArray();
        globs.add("packages/*");
        root.add("workspaces", globs);
        write(folder, root);
    }

    private static void write(Path folder, JsonObject manifest) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("package.json"), manifest.toString());
    }

    private void project(JsonObject manifest, List<String> members) {
        depend(manifest, "dependencies", -1, 1 + random.nextInt(4));
        depend(manifest, "devDependencies", -1, random.nextInt(4));
        depend(manifest, "optionalDependencies", -1, random.nextInt(2));
        depend(manifest, "peerDependencies", -1, random.nextInt(3) / 2);
        optionalPeers(manifest);
        for (String member : members) {
            if (random.nextInt(2) == 0) {
                group(manifest, random.nextBoolean() ? "dependencies" : "devDependencies")
                        .addProperty(member, "workspace:*");
            }
        }
    }

    private static JsonObject group(JsonObject manifest, String group) {
        if (!manifest.has(group)) {
            manifest.add(group, new JsonObject());
        }
        return manifest.getAsJsonObject(group);
    }

    private String name(int number) {
        return (number % 4 == 0 ? "@s/" : "") + prefix + (char) ('a' + number);
    }

    private void depend(JsonObject manifest, String group, int self, int count) {
        for (int i = 0; i < count; i++) {
            // cycles are rare
            boolean back = random.nextInt(16) == 0;
            int number = back ? random.nextInt(PACKAGES) : self + 1 + random.nextInt(PACKAGES - self);
            if (number >= PACKAGES) {
                continue;
            }
            String name = name(number);
            boolean known = manifest.entrySet().stream()
                    .anyMatch(field -> field.getValue().isJsonObject()
                            && field.getValue().getAsJsonObject().has(name));
            if (number == self || (known && random.nextInt(4) > 0)) {
                continue;
            }
            String range = RANGES.get(random.nextInt(RANGES.size()));
            if (random.nextInt(8) == 0 && !group.startsWith("peer")) {
                group(manifest, group).addProperty(prefix + "alias" + random.nextInt(3), "npm:" + name + "@" + range);
            } else {
                group(manifest, group).addProperty(name, range);
            }
        }
    }

    private void optionalPeers(JsonObject manifest) {
        if (manifest.has("peerDependencies")) {
            for (Map.Entry<String, ?> peer :
                    manifest.getAsJsonObject("peerDependencies").entrySet()) {
                if (random.nextInt(3) == 0) {
                    JsonObject optional = new JsonObject();
                    optional.addProperty("optional", true);
                    group(manifest, "peerDependenciesMeta").add(peer.getKey(), optional);
                }
            }
        }
    }
}

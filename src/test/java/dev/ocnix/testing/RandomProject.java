package dev.ocnix.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A project with members and a dozen packages that depend on each other in every way, peers above all, with folders, tarballs,
 * packages inside of others and overrides.
 */
public final class RandomProject {
    private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "2.0.0");
    private static final List<String> RANGES =
            List.of("^1.0.0", "^2.0.0", "*", ">=1.0.0", "1.0.0", "1.x || 2.x", "~1.0.0");
    private static final List<String> SYSTEMS = List.of("linux", "darwin", "!win32", "win32");
    private static final int PACKAGES = 11;

    /** A field of package.json that only files in the tarballs of others have. */
    public static final String BUNDLED = "isBundled";

    private final Random random;
    private final String prefix;
    /** Tarballs with peers and dependencies, which a project has by their address. */
    private final List<PackageTarball> tarballs = new ArrayList<>();
    /** The addresses of some. */
    private final List<String> urls = new ArrayList<>();

    /** @param seed the same gives the same project; names differ between seeds */
    public RandomProject(long seed) {
        this.random = new Random(seed);
        this.prefix = "r" + seed + "-";
    }

    /** Publishes all versions of all packages. */
    public void publish(LoopbackRegistry registry) {
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
                if (random.nextInt(8) == 0) {
                    bundle(builder, manifest, i);
                }
                registry.publish(build(builder, manifest));
            }
        }
        for (int i = 0; i < 2; i++) {
            JsonObject manifest = new JsonObject();
            depend(manifest, "dependencies", -1, random.nextInt(2));
            depend(manifest, "peerDependencies", -1, random.nextInt(3));
            optionalPeers(manifest);
            PackageTarball tarball = build(PackageTarball.of(prefix + "t" + i, "1.0.0"), manifest);
            tarballs.add(tarball);
            registry.publish(tarball);
            urls.add(registry.url(tarball));
        }
    }

    private static PackageTarball build(PackageTarball.Builder builder, JsonObject manifest) {
        manifest.entrySet()
                .forEach(field -> builder.field(field.getKey(), field.getValue().toString()));
        return builder.build();
    }

    /** Has the tarball hold one of the packages that it depends on. */
    private void bundle(PackageTarball.Builder builder, JsonObject manifest, int number) {
        int bundled = number + 1 + random.nextInt(PACKAGES);
        if (bundled < PACKAGES) {
            group(manifest, "dependencies").addProperty(name(bundled), "*");
            JsonArray names = new JsonArray();
            names.add(name(bundled));
            manifest.add("bundledDependencies", names);
            builder.file(
                    "node_modules/" + name(bundled) + "/package.json",
                    "{ \"name\": \"" + name(bundled) + "\", \"version\": \"1.0.0\", \"" + BUNDLED + "\": true }");
        }
    }

    /** Writes the project, without a lockfile. */
    public void write(Path folder) throws IOException {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String member = (random.nextInt(3) == 0 ? "@m/" : "m-") + prefix + i;
            JsonObject manifest = new JsonObject();
            manifest.addProperty("name", member);
            project(manifest, members);
            own(manifest, folder, "../../");
            write(folder.resolve("packages/m" + i), manifest);
            members.add(member);
        }
        JsonObject root = new JsonObject();
        root.addProperty("name", "root");
        project(root, members);
        own(root, folder, "./");
        if (random.nextInt(3) == 0) {
            group(root, "overrides")
                    .addProperty(name(random.nextInt(PACKAGES)), VERSIONS.get(random.nextInt(VERSIONS.size())));
        }
        JsonArray globs = new JsonArray();
        globs.add("packages/*");
        root.add("workspaces", globs);
        write(folder, root);
    }

    /** Now and then a folder and a tarball, local or remote, of the project's own. */
    private void own(JsonObject manifest, Path folder, String up) throws IOException {
        if (random.nextInt(4) == 0) {
            String name = prefix + "f" + random.nextInt(2);
            Path own = folder.resolve("folders").resolve(name);
            if (!Files.exists(own)) {
                JsonObject inside = new JsonObject();
                inside.addProperty("name", name);
                inside.addProperty("version", "1.0.0");
                depend(inside, "dependencies", -1, random.nextInt(3));
                depend(inside, "devDependencies", -1, random.nextInt(3) / 2);
                depend(inside, "peerDependencies", -1, random.nextInt(3) / 2);
                optionalPeers(inside);
                write(own, inside);
            }
            group(manifest, "dependencies").addProperty(name, "file:" + up + "folders/" + name);
        }
        if (random.nextInt(3) == 0) {
            int number = random.nextInt(tarballs.size());
            PackageTarball tarball = tarballs.get(number);
            boolean isLocal = up.equals("./") && random.nextBoolean();
            if (isLocal) {
                Files.createDirectories(folder);
                Files.write(folder.resolve(number + ".tgz"), tarball.bytes());
            }
            group(manifest, random.nextInt(3) == 0 ? "devDependencies" : "dependencies")
                    .addProperty(tarball.name(), isLocal ? "file:./" + number + ".tgz" : urls.get(number));
        }
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

package dev.ocnix.testing;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An npm registry of packages that a test makes: packuments for Bun, tarballs for everybody. */
public final class LoopbackRegistry extends LoopbackServer {
    private final Map<String, JsonObject> packuments = new ConcurrentHashMap<>();

    private LoopbackRegistry() {}

    public static LoopbackRegistry start() {
        LoopbackRegistry registry = new LoopbackRegistry();
        registry.open();
        return registry;
    }

    /** Publishes a package; the version published last is the latest. */
    public LoopbackRegistry publish(PackageTarball tarball) {
        JsonObject dist = new JsonObject();
        dist.addProperty("tarball", url(tarball));
        dist.addProperty("integrity", tarball.integrity());
        dist.addProperty("shasum", tarball.shasum());
        return publish(tarball, dist);
    }

    /** The same with a {@code dist} of the test's own, for odd hashes and URLs. */
    public LoopbackRegistry publish(PackageTarball tarball, JsonObject dist) {
        JsonObject version = tarball.manifest().deepCopy();
        version.add("dist", dist);
        JsonObject packument = packuments.computeIfAbsent(tarball.name(), LoopbackRegistry::emptyPackument);
        synchronized (packument) {
            packument.getAsJsonObject("versions").add(tarball.version(), version);
            packument.getAsJsonObject("dist-tags").addProperty("latest", tarball.version());
            serve(tarball.name(), "", packument);
            serve(tarball.name(), "/" + tarball.version(), version);
        }
        serve(tarball.path(), "application/octet-stream", tarball.bytes());
        return this;
    }

    /** Says when a version was published. */
    public LoopbackRegistry published(PackageTarball tarball, Instant time) {
        JsonObject packument = packuments.computeIfAbsent(tarball.name(), LoopbackRegistry::emptyPackument);
        synchronized (packument) {
            if (!packument.has("time")) {
                packument.add("time", new JsonObject());
            }
            packument.getAsJsonObject("time").addProperty(tarball.version(), time.toString());
            serve(tarball.name(), "", packument);
        }
        return this;
    }

    /** Clients write the slash of a scope in three ways. */
    private void serve(String name, String rest, JsonObject document) {
        byte[] json = document.toString().getBytes(StandardCharsets.UTF_8);
        for (String slash : List.of("/", "%2f", "%2F")) {
            serve("/" + name.replace("/", slash) + rest, "application/json", json);
        }
    }

    /** Where a package's tarball is had. */
    public String url(PackageTarball tarball) {
        return url() + tarball.path();
    }

    private static JsonObject emptyPackument(String name) {
        JsonObject packument = new JsonObject();
        packument.addProperty("name", name);
        packument.add("dist-tags", new JsonObject());
        packument.add("versions", new JsonObject());
        return packument;
    }
}

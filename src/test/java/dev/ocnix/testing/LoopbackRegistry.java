package dev.ocnix.testing;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
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
            byte[] json = packument.toString().getBytes(StandardCharsets.UTF_8);
            // clients write the slash of a scope in three ways
            serve("/" + tarball.name(), "application/json", json);
            serve("/" + tarball.name().replace("/", "%2f"), "application/json", json);
            serve("/" + tarball.name().replace("/", "%2F"), "application/json", json);
        }
        serve(tarball.path(), "application/octet-stream", tarball.bytes());
        return this;
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

package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Looks for native parts in packages as they stream by. Only what a package contains decides; its name never does. */
public final class AddonScanner implements PackageVisitor.Factory {
    @Override
    public PackageVisitor open(PackageId id) {
        return new Scan();
    }

    /** One package. */
    private static final class Scan implements PackageVisitor {
        private final Traces traces = new Traces();

        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            if (path.equals(GypFile.PATH)) {
                traces.setGyp(size > GypFile.MAX_BYTES ? "" : text(content));
            } else if (path.equals("CMakeLists.txt")) {
                traces.setCmake();
            } else if (LocalScript.isPlausible(path, size)) {
                traces.addScript(path, LocalScript.read(text(content)));
            } else if (!Traces.isAside(path)) {
                inspect(path, content);
            }
        }

        private void inspect(String path, InputStream content) throws IOException {
            if (path.endsWith("Cargo.toml")) {
                traces.addCargo(path);
            } else if (path.endsWith(".wasm")) {
                traces.addWasm(path);
            } else if (!path.endsWith(".bare")) {
                BinaryHeader.read(path, content).ifPresent(traces::add);
            }
        }

        private static String text(InputStream content) throws IOException {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            return new Verdict(traces, manifest).facts();
        }
    }
}

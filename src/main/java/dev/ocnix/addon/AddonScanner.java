package dev.ocnix.addon;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.UnjudgedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks for native parts in packages as they stream by. Only what a package contains decides; of names, only the few that download
 * when they are first used count ({@link PackageTable}).
 */
public final class AddonScanner implements PackageVisitor.Factory {
    private final PackageTable table = PackageTable.load();

    @Override
    public PackageVisitor open(PackageId id) {
        return new Scan(table, id.name());
    }

    /** One package. */
    private static final class Scan implements PackageVisitor {
        /** More than any text that is read has, in bytes. */
        private static final int LOOK_AHEAD = 4 << 20;

        private final Traces traces = new Traces();
        private final PackageTable table;

        private final String name;

        Scan(PackageTable table, String name) {
            this.table = table;
            this.name = name;
        }

        @Override
        public void file(String path, boolean executable, long size, InputStream content) throws IOException {
            try {
                look(path, size, content);
            } catch (RuntimeException | StackOverflowError e) {
                throw new IOException("looking for native parts in " + path + " ended in " + kind(e), e);
            }
        }

        private void look(String path, long size, InputStream content) throws IOException {
            traces.note(path);
            PushbackInputStream whole = new PushbackInputStream(content, BinaryHeader.START);
            byte[] start = whole.readNBytes(BinaryHeader.START);
            whole.unread(start);
            if (!BinaryHeader.isOne(start) || path.endsWith(".bare")) {
                lookAtText(path, size, whole);
                return;
            }
            // code may begin with the same letters
            BufferedInputStream again = new BufferedInputStream(whole);
            again.mark(LOOK_AHEAD);
            Optional<NativeFile> file = BinaryHeader.read(path, again);
            if (file.isEmpty() && size <= LOOK_AHEAD) {
                again.reset();
                lookAtText(path, size, again);
            } else if (file.isEmpty()) {
                inspect(path);
            }
            // whatever its name says, the loader takes it
            file.filter(known -> !Traces.isAside(path)).ifPresent(traces::add);
        }

        private void lookAtText(String path, long size, InputStream content) throws IOException {
            Optional<LocalScript.Use> use = LocalScript.use(path, size, name);
            if (path.endsWith(".gyp") || path.endsWith(".gypi")) {
                traces.addGyp(path, size > GypFile.MAX_BYTES ? "" : text(content));
            } else if (path.endsWith("CMakeLists.txt")) {
                traces.addCmake(path, size > CmakeFile.MAX_BYTES ? "" : text(content));
            } else if (use.isEmpty()) {
                inspect(path);
            } else if (traces.hasRoom(use.get(), size)) {
                traces.addScript(path, use.get(), content.readAllBytes());
            }
        }

        private void inspect(String path) {
            if (path.endsWith("Cargo.toml")) {
                addUnlessAside(path, traces::addCargo);
            } else if (path.endsWith(".wasm")) {
                addUnlessAside(path, traces::addWasm);
            } else if (path.endsWith(".pdb")) {
                addUnlessAside(path, traces::addSymbols);
            }
        }

        private static void addUnlessAside(String path, Consumer<String> add) {
            if (!Traces.isAside(path)) {
                add.accept(path);
            }
        }

        private static String text(InputStream content) throws IOException {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public AddonFacts finish(PackageManifest manifest) {
            try {
                return new Verdict(traces, manifest, table).facts();
            } catch (RuntimeException | StackOverflowError e) {
                throw new UnjudgedException("looking for native parts ended in " + kind(e), e);
            }
        }

        private static String kind(Throwable failure) {
            return failure instanceof BoundedText.TooCostly
                    ? "too much work for its size"
                    : "a " + failure.getClass().getSimpleName();
        }
    }
}

package dev.ocnix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks read is a lockfile. */
class SyntheticLockfileTest {
    private static final int PACKAGES = 3000;

    @Test
    void weReadEachPackage() throws Exception {
        Lockfile lockfile = LockfileReader.read("bun.lockb", SyntheticLockfile.of(PACKAGES));
        assertEquals(PACKAGES, lockfile.packages().size());
        assertEquals(PACKAGES, lockfile.placements().size());
        assertEquals(PACKAGES, lockfile.root().dependencies().size());
        assertEquals(0, lockfile.warnings().size());
    }

    @Test
    void bothFormatsSayTheSame() throws Exception {
        Lockfile binary = LockfileReader.read("bun.lockb", SyntheticLockfile.of(PACKAGES));
        Lockfile text = LockfileReader.read("bun.lock", SyntheticLockfile.textOf(PACKAGES));
        assertEquals(text.placements(), binary.placements());
        assertEquals(text.workspaces(), binary.workspaces());
        for (LockedPackage entry : text.packages().values()) {
            LockedPackage other = binary.packages().get(entry.id());
            assertEquals(entry.integrity(), other.integrity());
            assertEquals(entry.dependencies(), other.dependencies());
            assertEquals(entry.bin(), other.bin());
        }
    }

    @Test
    @NeedsBun
    void bunReadsEachPackage(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("bun.lockb"), SyntheticLockfile.of(PACKAGES));
        String print = Bun.version("1.3.14").in(folder, "bun.lockb").runOrFail().out();
        assertEquals(
                PACKAGES,
                print.lines().filter(line -> line.startsWith("  version ")).count());
        assertTrue(
                print.contains(
                        "\"@scope-0/package-number-2700@^0.5.9\":\n  version \"0.5.9\"\n"
                                + "  resolved \"https://registry.npmjs.org/@scope-0/package-number-2700/-/package-number-2700-0.5.9.tgz\"\n"));
    }
}

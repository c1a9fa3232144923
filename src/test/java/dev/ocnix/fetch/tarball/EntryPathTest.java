package dev.ocnix.fetch.tarball;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryPathTest {
    @Test
    void aNulInAPathDamagesTheTarball() throws IOException {
        assertEquals(Optional.of("a b"), EntryPath.inPackage("package/a b"));
        IOException e = assertThrows(IOException.class, () -> EntryPath.inPackage("package/a\0b"));
        assertTrue(e.getMessage().contains("\"package/a\ufffdb\""), e::getMessage);
    }
}

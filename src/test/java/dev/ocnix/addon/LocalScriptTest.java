package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalScriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"/*", "\n", "/* *", "fetch ", "//", "A_", "https://a "})
    void aFileMadeToBeSlowIsNotSlow(String piece) {
        String text = piece.repeat(LocalScript.MAX_BYTES / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> LocalScript.read(text));
    }

    @Test
    void commentsDoNotCount() {
        assertFalse(LocalScript.read("  // download\n/* download */ let a = 1 /* https://x\nfetch() */")
                .downloads());
        assertTrue(LocalScript.read("let a = 'https://x' // fetch(\n").downloads());
        assertTrue(LocalScript.read("/*/ download()").downloads());
        assertTrue(LocalScript.read("/* one */ download()").downloads());
    }

    @Test
    void theVariableThatSkipsIsNamed() {
        assertEquals(
                "[SKIP_X, X_SKIP_DOWNLOAD]",
                LocalScript.read("process.env.SKIP_X || process.env.X_SKIP_DOWNLOAD || process.env.XSKIP")
                        .skipVariables()
                        .toString());
    }
}

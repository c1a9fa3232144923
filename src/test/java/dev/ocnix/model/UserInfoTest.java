package dev.ocnix.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserInfoTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://me:secret@example.org/a              | https://…@example.org/a
            see HTTP://token@h:1/a and https://x@y, too. | see HTTP://…@h:1/a and https://…@y, too.
            git+https://a:p@ss@host/x                    | git+https://…@host/x
            ssh://git:secret@host/a                      | ssh://…@host/a
            ssh://git@host/a                             | ssh://git@host/a
            https://example.org/@scope/pkg?a=b@c         | https://example.org/@scope/pkg?a=b@c
            pkg@https://example.org/a.tgz (x@y)          | pkg@https://example.org/a.tgz (x@y)
            git@host:owner/repo                          | git@host:owner/repo
            https://…@example.org                        | https://…@example.org
            """)
    void secretsOfUrlsAreHiddenAndNothingElse(String text, String shown) {
        assertEquals(shown, UserInfo.hidden(text));
        assertEquals(!text.equals(shown), UserInfo.isIn(text));
    }

    @Test
    void aHostileTextTakesNoLongTime() {
        String text = "http://:".repeat(200_000) + "a".repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(text, UserInfo.hidden(text)));
    }
}

package dev.ocnix.report.sbom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpdxLicenseTest {
    private final SpdxLicense spdx = new SpdxLicense();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apache-2.0                                    | Apache-2.0
            (MIT OR CC0-1.0)                              | (MIT OR CC0-1.0)
            mit and (ISC or bsd-3-clause)                 | MIT AND (ISC OR BSD-3-Clause)
            GPL-2.0-only WITH Classpath-exception-2.0     | GPL-2.0-only WITH Classpath-exception-2.0
            MPL-2.0+ OR LicenseRef-own                    | MPL-2.0+ OR LicenseRef-own
            """)
    void anExpressionIsWrittenAsSpdxLists(String text, String expected) {
        assertEquals(expected, spdx.expression(text).orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Public Domain",
                "SEE LICENSE IN LICENSE.txt",
                "MIT OR",
                "OR MIT",
                "(MIT",
                "MIT)",
                "MIT MIT",
                "MIT/X11",
                "MIT WITH",
                "MIT WITH nothing",
                "<script>",
                "()"
            })
    void whatIsNoExpressionIsNone(String text) {
        assertEquals("", spdx.expression(text).orElse(""));
    }

    @Test
    void anEndlessExpressionIsNone() {
        assertEquals("", spdx.expression("(".repeat(1_000_000)).orElse(""));
    }
}

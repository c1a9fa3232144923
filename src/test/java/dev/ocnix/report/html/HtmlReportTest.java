package dev.ocnix.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.BuildAdvice;
import dev.ocnix.addon.Outcome;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.PackageId;
import dev.ocnix.report.Alarm;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.HashStatus;
import dev.ocnix.report.Inventory;
import dev.ocnix.report.Origin;
import dev.ocnix.report.PackageChange;
import dev.ocnix.report.Report;
import dev.ocnix.report.SignatureStatus;
import dev.ocnix.report.TreeDifference;
import dev.ocnix.testing.Chromium;
import dev.ocnix.testing.NeedsChromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: it works, it asks for nothing, and what others wrote stays text. */
class HtmlReportTest {
    private static final String HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
            + "\"'><svg/onload=window.hacked=1><!--${window.hacked=1}\u2028&lt;<a href=javascript:window.hacked=1>x";

    @TempDir
    Path folder;

    @Test
    @NeedsChromium
    void thePageWorksAndAsksForNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("report.html"), HtmlReport.print(report("name", "MIT")));
        try (Chromium browser = new Chromium(Files.createDirectory(folder.resolve("profile")))) {
            browser.show(1280, 900, false);
            browser.open(file);
            assertEquals("app 1.0.0 · ocnix report", browser.value("document.title"));
            assertEquals("100", browser.value("document.querySelectorAll('#table tbody tr').length"));
            browser.value("document.getElementById('more').click(), 1");
            assertEquals("301", browser.value("document.querySelectorAll('#table tbody tr').length"));
            search(browser, "PACKAGE-17 mit");
            assertEquals("11 of 301 packages, 177 kB.", browser.value("document.getElementById('count').textContent"));
            search(browser, "nothing like that");
            assertEquals("0", browser.value("document.querySelectorAll('#table tbody tr').length"));
            search(browser, "");
            browser.value("document.querySelectorAll('#table .sort')[2].click(), 1");
            assertEquals(
                    "name@1.0.0",
                    browser.value("document.querySelector('#table tbody th').textContent"),
                    "the largest comes first");
            browser.value("document.querySelector('#map button.tile').click(), 1");
            assertEquals("name@1.0.0", browser.value("document.getElementById('search').value"));
            assertEquals("1", browser.value("document.querySelectorAll('#table tbody tr').length"));
            assertEquals(
                    "The same version, another content",
                    browser.value("document.querySelector('#alarms h3').textContent"));
            assertEquals(
                    "essential cannot work where there is no native part for a system",
                    browser.value("document.querySelector('#addon-table li:nth-child(3)').textContent"));
            String light = browser.value("getComputedStyle(document.body).backgroundColor");
            browser.show(390, 844, true);
            assertFalse(light.equals(browser.value("getComputedStyle(document.body).backgroundColor")));
            assertEquals("390", browser.value("document.documentElement.scrollWidth"), "nothing sticks out");
            assertQuiet(browser, file);
        }
    }

    @Test
    @NeedsChromium
    void whatOthersWroteStaysText() throws Exception {
        Path file = Files.writeString(folder.resolve("report.html"), HtmlReport.print(report(HOSTILE, HOSTILE)));
        try (Chromium browser = new Chromium(Files.createDirectory(folder.resolve("profile")))) {
            browser.show(1280, 900, false);
            browser.open(file);
            assertEquals("undefined", browser.value("typeof window.hacked"));
            assertEquals("0", browser.value("document.querySelectorAll('img, svg, a:not(.skip)').length"));
            search(browser, "svg/onload");
            assertEquals(
                    HOSTILE.replace('\u2028', '\ufffd') + "@1.0.0",
                    browser.value("document.querySelector('#table tbody th').textContent"));
            browser.value("document.querySelectorAll('details').forEach(one => { one.open = true; }), 1");
            assertEquals("undefined", browser.value("typeof window.hacked"));
            assertQuiet(browser, file);
        }
    }

    @Test
    @NeedsChromium
    void aRunThatFailedHasItsPage() throws Exception {
        Report failed = Report.failed(Optional.of("example/app"), Optional.of("v1"), List.of("It is <b>broken</b>."));
        Path file = Files.writeString(folder.resolve("report.html"), HtmlReport.print(failed));
        try (Chromium browser = new Chromium(Files.createDirectory(folder.resolve("profile")))) {
            browser.open(file);
            assertEquals("It is <b>broken</b>.", browser.value("document.querySelector('#alarms li').textContent"));
            assertQuiet(browser, file);
        }
    }

    @Test
    void theSameReportIsTheSameBytesAndNoMarkupIsLeftInItsData() {
        String page = HtmlReport.print(report(HOSTILE, HOSTILE));
        assertEquals(page, HtmlReport.print(report(HOSTILE, HOSTILE)));
        assertFalse(page.contains("<img"), "the data is escaped");
        assertTrue(page.endsWith("</html>\n"));
    }

    private static void search(Chromium browser, String text) {
        browser.value("(() => { const field = document.getElementById('search'); field.value = '" + text
                + "'; field.dispatchEvent(new Event('input')); return 1; })()");
    }

    private static void assertQuiet(Chromium browser, Path file) {
        assertEquals(List.of(), browser.complaints());
        assertEquals(
                List.of(file.toUri().toString()),
                browser.requests().stream().filter(url -> !url.equals("data:,")).toList());
    }

    private static Report report(String name, String licence) {
        List<FetchedPackage> packages = new ArrayList<>();
        packages.add(fetched(name, 9_000_000, licence));
        for (int i = 0; i < 300; i++) {
            packages.add(fetched("package-" + i, 15_960 + i, "MIT"));
        }
        AddonHint addon = new AddonHint(
                packages.get(0).id(),
                List.of(AddonKind.GYP_SCRIPT),
                List.of(new Evidence(AddonKind.GYP_SCRIPT, licence, licence)),
                new TreeMap<>(Map.of("x86_64-linux", Outcome.COMPILE)),
                List.of(),
                List.of(licence),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(Map.of("install", licence)),
                List.of(),
                new BuildAdvice(
                        "",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        "",
                        Optional.empty(),
                        new TreeMap<>(),
                        List.of(),
                        List.of(),
                        false,
                        true));
        TreeDifference difference = new TreeDifference(
                "v0 " + licence,
                "v1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new PackageChange(
                        PackageChange.Kind.CHANGED, name, Optional.of("1.0.0"), Optional.of("1.0.0"), licence)),
                List.of(new Alarm(Alarm.Kind.HASH_CHANGED, name + "@1.0.0", "has another hash " + licence)));
        return new Report(
                Report.Status.OK,
                Optional.of("example/" + name),
                Optional.of("v1"),
                Optional.of("0123456789012345678901234567890123456789"),
                packages.size(),
                List.of(),
                List.of(),
                List.of(addon),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(difference),
                Optional.of(new Inventory(
                        "app",
                        Optional.of("1.0.0"),
                        Optional.of("MIT"),
                        packages,
                        List.of(),
                        List.of(addon),
                        List.of())));
    }

    private static FetchedPackage fetched(String name, long size, String licence) {
        return new FetchedPackage(
                new PackageId(name, "1.0.0"),
                "npm",
                new Origin.Registry("https:registry.example.org/" + name),
                Optional.of("1.0.0"),
                Optional.of(Sri.ofContent(HashAlgorithm.SHA512, new byte[] {1})),
                false,
                HashStatus.VERIFIED,
                Optional.of(SignatureStatus.SIGNED),
                OptionalLong.of(size),
                Optional.of(licence),
                Optional.of(List.of("linux", licence)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}

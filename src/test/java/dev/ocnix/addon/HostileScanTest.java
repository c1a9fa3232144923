package dev.ocnix.addon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.ManifestReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageVisitor;
import dev.ocnix.model.UnjudgedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages whose files are made to keep whoever reads them busy for ever, or to end on the stack. */
class HostileScanTest {
    private static final int LARGE = 200_000;

    static Stream<Map.Entry<String, Map<String, String>>> packages() {
        Map<String, Map<String, String>> packages = new LinkedHashMap<>();
        gyp(packages, "flags of a command", "'<!(node " + "-a ".repeat(20_000) + "\"x\")'");
        gyp(packages, "blanks in a command", "'<!(node" + " ".repeat(LARGE) + "x)'");
        gyp(packages, "commands", "'" + "<!(x ".repeat(20_000) + "'");
        gyp(packages, "pkg-config", "'<!(" + "pkg-config ".repeat(20_000) + ")'");
        gyp(packages, "linked", "'" + "-l".repeat(LARGE) + "'");
        gyp(packages, "variables", "'" + "<(a".repeat(LARGE) + "'");
        packages.put("open lists", Map.of("binding.gyp", "[".repeat(LARGE)));
        packages.put("nested lists", Map.of("binding.gyp", "{'a':" + "[".repeat(LARGE) + "]".repeat(LARGE) + "}"));
        packages.put("nested dictionaries", Map.of("binding.gyp", "{'a':".repeat(LARGE)));
        packages.put("quotes", Map.of("binding.gyp", "'\"".repeat(LARGE)));
        packages.put("backslashes", Map.of("binding.gyp", "{'a':'" + "\\".repeat(LARGE) + "'}"));
        condition(packages, "parentheses", "(".repeat(LARGE));
        condition(packages, "comparisons", "OS==".repeat(LARGE));
        condition(packages, "negations", "not ".repeat(LARGE));
        condition(packages, "conjunctions", "OS==1 and ".repeat(50_000) + "1");
        script(packages, "import and blanks", "import" + " ".repeat(LARGE));
        script(packages, "imports", "import ".repeat(LARGE));
        script(packages, "imports, each in its line", "import\n".repeat(100_000));
        script(packages, "downloads", "Download".repeat(LARGE));
        script(packages, "downloads and blanks", ("download" + " ".repeat(1_000)).repeat(500));
        script(packages, "requires", "require(".repeat(100_000));
        script(packages, "quotes", "'\"`".repeat(LARGE));
        script(packages, "folders", "__dirname, 'a', 'b', 'c', ".repeat(30_000));
        script(packages, "names of variables", "A_".repeat(LARGE) + "SKIP_" + "A_".repeat(LARGE));
        script(packages, "braces", "{".repeat(LARGE) + "}".repeat(LARGE));
        script(packages, "functions", "function a(){".repeat(50_000));
        script(packages, "arrows", "a=>".repeat(LARGE));
        script(packages, "throws", "throw{".repeat(LARGE));
        script(packages, "comments", "/*".repeat(LARGE));
        script(packages, "slashes", "/".repeat(LARGE));
        script(packages, "templates", "`${".repeat(LARGE));
        cmake(packages, "conditions", "if(WIN32)\n".repeat(30_000));
        cmake(packages, "parentheses", "if" + "(".repeat(LARGE));
        cmake(packages, "packages", "find_package(a".repeat(50_000));
        cmake(packages, "variables", "set(a ${a}${a})\n".repeat(30_000) + "target_link_libraries(x ${a})\n");
        cmake(packages, "blanks", "find_library(" + " ".repeat(LARGE));
        cmake(packages, "brackets", "[[".repeat(LARGE));
        command(packages, "npm run", "npm run " + "-a ".repeat(20_000));
        command(packages, "cd", "cd a && ".repeat(8_000) + "node-gyp rebuild");
        command(packages, "blanks", "node" + " ".repeat(60_000) + "x");
        command(packages, "itself", "npm run install && npm run install");
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            folder.append("win-");
        }
        packages.put("names of systems in a folder", Map.of(folder + "/x.node", "MZ"));
        return packages.entrySet().stream();
    }

    private static void gyp(Map<String, Map<String, String>> packages, String name, String text) {
        packages.put("gyp: " + name, Map.of("binding.gyp", "{'targets':[{'libraries':[" + text + "]}]}"));
    }

    private static void condition(Map<String, Map<String, String>> packages, String name, String text) {
        packages.put(
                "condition: " + name,
                Map.of("binding.gyp", "{'targets':[{'conditions':[['" + text + "',{'libraries':['-la']}]]}]}"));
    }

    private static void script(Map<String, Map<String, String>> packages, String name, String text) {
        packages.put(
                "script: " + name, Map.of("install.js", text, "index.js", text, "prebuilds/linux-x64/a.node", "x"));
    }

    private static void cmake(Map<String, Map<String, String>> packages, String name, String text) {
        packages.put("cmake: " + name, Map.of("CMakeLists.txt", text));
    }

    private static void command(Map<String, Map<String, String>> packages, String name, String text) {
        packages.put("command: " + name, Map.of("package.json", "{\"scripts\":{\"install\":\"" + text + "\"}}"));
    }

    private static AddonFacts scan(Map<String, String> files) throws IOException {
        String json = files.getOrDefault("package.json", "{\"scripts\":{\"install\":\"node install.js\"}}");
        PackageVisitor visitor = new AddonScanner().open(new PackageId("hostile", "1.0.0"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            byte[] content = file.getValue().getBytes(UTF_8);
            visitor.file(file.getKey(), false, content.length, new ByteArrayInputStream(content));
        }
        return visitor.finish(ManifestReader.read(json.getBytes(UTF_8)).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageIsJudgedOrRefusedInTime(Map.Entry<String, Map<String, String>> hostile) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try {
                scan(hostile.getValue());
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("looking for native parts in "), e.getMessage());
            } catch (UnjudgedException e) {
                assertTrue(e.clause().startsWith("looking for native parts ended in "), e.getMessage());
            }
        });
    }

    @Test
    void aCommandOfManyFlagsIsUnknown() throws IOException {
        AddonFacts facts = scan(Map.of(
                "binding.gyp",
                "{'targets':[{'target_name':'a','sources':['a.cc'],'libraries':['<!(node " + "-a ".repeat(5_000)
                        + "\"x\")']}]}"));
        assertTrue(facts.toString().contains("the command node -a"), facts.toString());
    }
}

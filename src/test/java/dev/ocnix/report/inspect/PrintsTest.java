package dev.ocnix.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Lockfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the prints make of a lockfile with one of everything. */
class PrintsTest {
    private static final String SHA512 = "sha512-" + "A".repeat(86) + "==";
    private static final String SHA1 = "sha1-" + "A".repeat(27) + "=";

    /** With Bun's wrong padding. */
    private static final String SHA384 = "sha384-" + "A".repeat(64) + "==";

    private static final String LOCKFILE =
            """
            {
              "lockfileVersion": VERSION,
              "configVersion": 1,
              "workspaces": {
                "": { "name": "top", "dependencies": { "native": "^1.0.0", "git": "git+https://example.org/git.git" } },
                "packages/ui": {
                  "name": "@top/ui", "version": "2.0.0", "bin": { "ui": "ui.js" },
                  "devDependencies": { "old": "1" }, "peerDependencies": { "native": "*" }, "optionalPeers": ["native"],
                },
              },
              "trustedDependencies": ["native"],
              "patchedDependencies": { "old@1.0.0": "patches/old.patch" },
              "overrides": { "old": "1.0.0", "native": { ".": "1.0.0", "old": "1.0.0" } },
              "catalog": { "old": "^1" },
              "catalogs": { "next": { "old": "^2" } },
              "packages": {
                "@top/ui": ["@top/ui@workspace:packages/ui"],
                "git": ["git@git+https://example.org/git.git#0123456789012345678901234567890123456789", {}, "0123456789012345678901234567890123456789"],
                "native": ["native@1.0.0", "https://example.org/native.tgz", { "optionalDependencies": { "native-arm": "1.0.0", "native-x64": "1.0.0" }, "bin": "cli.js" }, "SHA512"],
                "native-arm": ["native-arm@1.0.0", "", { "os": "!win32", "cpu": ["arm64", "arm"] }, "SHA384"],
                "native-x64": ["native-x64@1.0.0", "", { "os": "none", "cpu": "x64", LIBC }, "SHA512"],
                "old": ["old@1.0.0", "", { "binDir": "bin" }, "SHA1"],
                "@top/ui/old": ["real@0.9.0", "", {}, ""],
                "native/old": ["real@0.9.0", "", {}, ""],
              }
            }
            """.replace("SHA512", SHA512).replace("SHA384", SHA384).replace("SHA1", SHA1);

    @Test
    void theTableMarksWhatAPersonShouldLookAt() throws Exception {
        assertEquals("""
                lockfile    bun.lock, lockfileVersion 1, configVersion 1
                packages    8: 5 npm, 1 git, 1 root, 1 workspace
                hashes      6: 2 without (none!), 2 sha512, 1 weak (sha1!), 1 sha384
                native      1 with children (packages of single platforms),
                            install scripts are not recorded
                patched     1: old@1.0.0
                trusted     1: native
                overrides   3
                workspaces  1: packages/ui (@top/ui 2.0.0)

                name        resolution      kind       hash    platforms         notes
                @top/ui     workspace:packages/ui  workspace
                git         git+https://example.or…901234567890123456789  git  none!
                native      1.0.0           npm        sha512                    2 children, trusted
                native-arm  1.0.0           npm        sha384  !win32 arm|arm64
                native-x64  1.0.0           npm        sha512  none x64 musl
                old         1.0.0           npm        sha1!                     patched
                real        0.9.0           npm        none!
                top         root:           root
                """, print(TablePrint::print, lockfile(1, "\"libc\": \"musl\"")));
    }

    @Test
    void theTableSaysWhatIsKnownOfInstallScripts() throws Exception {
        String table = print(TablePrint::print, lockfile(2, "\"hasInstallScript\": true"));
        assertTrue(table.contains("\n            1 with install scripts\n"), table);
        assertTrue(table.lines().anyMatch(line -> line.startsWith("native-x64 ") && line.endsWith("  script")), table);
    }

    @Test
    void theTreeHasInstalledNamesAndMembersFolders() throws Exception {
        assertEquals("""
                . node_modules
                ├── @top/ui@workspace:packages/ui
                │   └── old@0.9.0
                ├── git@git+https://example.org/git.git#0123456789012345678901234567890123456789
                ├── native@1.0.0
                │   └── old@0.9.0
                ├── native-arm@1.0.0
                ├── native-x64@1.0.0
                └── old@1.0.0
                """, print(TreePrint::print, lockfile(1, "\"libc\": \"musl\"")));
    }

    @Test
    void jsonHasEveryFieldAndSaysWhichOnesAreUnknown() throws Exception {
        JsonObject json = json(lockfile(1, "\"libc\": \"musl\""));
        assertEquals(
                "{\"kind\":\"bun.lock\",\"version\":1,\"configVersion\":1}",
                json.get("lockfile").toString());
        assertEquals(parse("""
                        { "name": "native-x64", "resolution": "1.0.0", "kind": "npm", "url": null, "integrity": "SHA512",
                          "os": [], "cpu": ["x64"], "libc": ["musl"], "bin": null, "binDir": null, "dependencies": {},
                          "devDependencies": {}, "optionalDependencies": {}, "peerDependencies": {}, "optionalPeers": [],
                          "hasInstallScript": null, "unknown": ["hasInstallScript"],
                          "paths": ["node_modules/native-x64"] }
                        """.replace("SHA512", SHA512)), entry(json, "native-x64"));
        assertEquals(parse("""
                        { "name": "real", "resolution": "0.9.0", "kind": "npm", "url": null, "integrity": null,
                          "os": null, "cpu": null, "libc": null, "bin": null, "binDir": null, "dependencies": {},
                          "devDependencies": {}, "optionalDependencies": {}, "peerDependencies": {}, "optionalPeers": [],
                          "hasInstallScript": null, "unknown": ["libc", "hasInstallScript"],
                          "paths": ["node_modules/native/node_modules/old", "packages/ui/node_modules/old"] }
                        """), entry(json, "real"));
        assertEquals(
                "sha384-" + "A".repeat(64),
                entry(json, "native-arm").get("integrity").getAsString());
        assertEquals(
                "https://example.org/native.tgz",
                entry(json, "native").get("url").getAsString());
        assertEquals("root", entry(json, "top").get("kind").getAsString());
        assertEquals("bin", entry(json, "old").get("binDir").getAsString());
    }

    @Test
    void jsonOfANewFileKnowsThatThereIsNoLimitAndNoScript() throws Exception {
        JsonObject known = entry(json(lockfile(2, "\"hasInstallScript\": true")), "old");
        assertTrue(known.get("libc").isJsonNull());
        assertEquals("false", known.get("hasInstallScript").toString());
        assertEquals("[]", known.get("unknown").toString());
        JsonObject script = entry(json(lockfile(2, "\"hasInstallScript\": true")), "native-x64");
        assertEquals("true", script.get("hasInstallScript").toString());
    }

    @Test
    void jsonRepeatsTheOtherSectionsAsBunLockHasThem() throws Exception {
        JsonObject json = json(lockfile(1, "\"libc\": \"musl\""));
        assertEquals("[\"native\"]", json.get("trustedDependencies").toString());
        assertEquals(
                "{\"old@1.0.0\":\"patches/old.patch\"}",
                json.get("patchedDependencies").toString());
        assertEquals(
                "{\"native\":{\".\":\"1.0.0\",\"old\":\"1.0.0\"},\"old\":\"1.0.0\"}",
                json.get("overrides").toString());
        assertEquals("{\"old\":\"^1\"}", json.get("catalog").toString());
        assertEquals("{\"next\":{\"old\":\"^2\"}}", json.get("catalogs").toString());
        assertEquals(parse("""
                        { "path": "packages/ui", "name": "@top/ui", "version": "2.0.0", "bin": { "ui": "ui.js" },
                          "binDir": null, "dependencies": {}, "devDependencies": { "old": "1" },
                          "optionalDependencies": {}, "peerDependencies": { "native": "*" },
                          "optionalPeers": ["native"] }
                        """), json.getAsJsonArray("workspaces").get(1));
    }

    @Test
    void trustedDependenciesThatNobodySetAreNull() throws Exception {
        String text = "{ \"lockfileVersion\": 1, \"workspaces\": { \"\": {} } }";
        Lockfile lockfile = LockfileReader.read("bun.lock", text.getBytes(StandardCharsets.UTF_8));
        assertTrue(json(lockfile).get("trustedDependencies").isJsonNull());
        assertTrue(
                json(lockfile).getAsJsonObject("lockfile").get("configVersion").isJsonNull());
        assertTrue(print(TablePrint::print, lockfile).contains("\ntrusted     not set\n"));
        assertEquals(". node_modules\n", print(TreePrint::print, lockfile));
    }

    @Test
    void aTerminalGetsNoCharactersThatSteerIt() throws Exception {
        String text = """
                { "lockfileVersion": 1, "workspaces": { "": {} },
                  "packages": { "a\\u009b31mb\\u202ec": ["a\\u009b31mb\\u202ec@1.0.0", "", {}, ""] } }
                """;
        Lockfile lockfile = LockfileReader.read("bun.lock", text.getBytes(StandardCharsets.UTF_8));
        String shown = "a\ufffd31mb\ufffdc";
        assertTrue(print(TablePrint::print, lockfile).contains("\n" + shown + " "));
        assertEquals(". node_modules\n└── " + shown + "@1.0.0\n", print(TreePrint::print, lockfile));
        assertEquals(
                "1.0.0",
                entry(json(lockfile), "a\u009b31mb\u202ec").get("resolution").getAsString());
    }

    private static JsonObject entry(JsonObject json, String name) {
        for (JsonElement entry : json.getAsJsonArray("packages")) {
            if (entry.getAsJsonObject().get("name").getAsString().equals(name)) {
                return entry.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + name);
    }

    private static JsonObject json(Lockfile lockfile) throws IOException {
        String text = print(JsonPrint::print, lockfile);
        assertTrue(text.endsWith("\n}\n") && !text.contains("\r"), text);
        return parse(text);
    }

    private static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static String print(Printer printer, Lockfile lockfile) throws IOException {
        StringBuilder out = new StringBuilder();
        printer.print(lockfile, out);
        return out.toString();
    }

    private interface Printer {
        void print(Lockfile lockfile, Appendable out) throws IOException;
    }

    private static Lockfile lockfile(int version, String libc) throws Exception {
        String text = LOCKFILE.replace("VERSION", Integer.toString(version)).replace("LIBC", libc);
        return LockfileReader.read("bun.lock", text.getBytes(StandardCharsets.UTF_8));
    }
}

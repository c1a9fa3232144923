package dev.ocnix.addon;

import static dev.ocnix.model.AddonKind.BUNDLED_MULTI;
import static dev.ocnix.model.AddonKind.CMAKE;
import static dev.ocnix.model.AddonKind.DOWNLOAD_ON_FIRST_USE;
import static dev.ocnix.model.AddonKind.DOWNLOAD_POSTINSTALL;
import static dev.ocnix.model.AddonKind.DYLIB_FFI;
import static dev.ocnix.model.AddonKind.EXE_PLATFORM;
import static dev.ocnix.model.AddonKind.GYP_IMPLICIT;
import static dev.ocnix.model.AddonKind.GYP_SCRIPT;
import static dev.ocnix.model.AddonKind.INSTALL_FROM_CACHE;
import static dev.ocnix.model.AddonKind.NAPI_PLATFORM;
import static dev.ocnix.model.AddonKind.NODE_PRE_GYP;
import static dev.ocnix.model.AddonKind.PREBUILDIFY;
import static dev.ocnix.model.AddonKind.PREBUILD_FLAT;
import static dev.ocnix.model.AddonKind.PREBUILD_INSTALL;
import static dev.ocnix.model.AddonKind.RUST_SOURCE;
import static dev.ocnix.model.AddonKind.SCRIPT_ONLY;
import static dev.ocnix.model.AddonKind.WASM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.fetch.tarball.TarballReader;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.PackageId;
import dev.ocnix.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddonScannerTest {
    private static final byte[] LINUX = Binaries.elf(Binaries.X64, "libc.so.6");
    private static final byte[] MUSL = Binaries.elf(Binaries.X64, "libc.so");
    private static final byte[] DARWIN = Binaries.machO(0x0100000c, 8);
    private static final byte[] WINDOWS = Binaries.pe(0x8664, true);
    private static final String GYP = "{'targets':[{'target_name':'x','libraries':['-lutil']}]}";

    private static AddonFacts facts(TarBuilder tarball) {
        try {
            return new TarballReader(new AddonScanner(), warning -> {})
                    .read(
                            new PackageId("p", "1.0.0"),
                            "p.tgz",
                            Optional.empty(),
                            new ByteArrayInputStream(tarball.tgz()))
                    .addon();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertKinds(TarBuilder tarball, AddonKind... kinds) {
        assertEquals(List.of(kinds), facts(tarball).kinds());
    }

    private static TarBuilder scripted(String install, String... more) {
        return TarBuilder.npm("{\"scripts\":{\"install\":\"" + install + "\"}" + String.join("", more) + "}");
    }

    private static TarBuilder binary(TarBuilder tarball, String path, byte[] content) {
        return tarball.file("package/" + path, content, 0644);
    }

    @Test
    void aGypFileAloneIsBuiltByTheInstallerItself() {
        AddonFacts facts = facts(TarBuilder.npm("{}").file("package/binding.gyp", GYP));
        assertEquals(List.of(GYP_IMPLICIT), facts.kinds());
        assertEquals(List.of("-lutil"), facts.gyp().linux());
        assertKinds(TarBuilder.npm("{\"gypfile\":false}").file("package/binding.gyp", GYP));
        assertKinds(scripted("exit 0").file("package/binding.gyp", GYP), SCRIPT_ONLY);
        assertKinds(TarBuilder.npm("{}").file("package/deps/binding.gyp", GYP));
    }

    @Test
    void scriptsTellWhichHelperRuns() {
        assertKinds(scripted("node-gyp -j 16 rebuild"), GYP_SCRIPT);
        assertKinds(scripted("prebuild-install -r napi || node-gyp rebuild"), PREBUILD_INSTALL, GYP_SCRIPT);
        assertKinds(scripted("node-pre-gyp install --fallback-to-build"), NODE_PRE_GYP);
        assertKinds(scripted("install-from-cache --artifact x || npm run rebuild"), INSTALL_FROM_CACHE);
        assertKinds(scripted("cmake-js compile"), CMAKE);
        assertKinds(scripted("node-gyp-build"), SCRIPT_ONLY);
        assertKinds(scripted("node-gyp-build").file("package/binding.gyp", GYP), GYP_SCRIPT);
        assertKinds(
                TarBuilder.npm(
                        "{\"scripts\":{\"install\":\"npm run -s a\",\"a\":\"yarn b\",\"b\":\"node-gyp rebuild\"}}"),
                GYP_SCRIPT);
        assertKinds(
                TarBuilder.npm("{\"scripts\":{\"install\":\"npm run a\",\"a\":\"npm run a && npm run a\"}}"),
                SCRIPT_ONLY);
        assertKinds(TarBuilder.npm("{\"scripts\":{\"prepare\":\"node-gyp rebuild\",\"test\":\"x\"}}"));
    }

    @Test
    void aBinaryFieldCountsOnlyWithItsHelper() {
        String field = "{\"binary\":{\"module_name\":\"m\",\"host\":\"h\"}";
        assertKinds(TarBuilder.npm(field + "}"));
        assertKinds(TarBuilder.npm(field + ",\"dependencies\":{\"@mapbox/node-pre-gyp\":\"1\"}}"), NODE_PRE_GYP);
    }

    @Test
    void prebuildsAreTakenFromTheirFolderButNotThoseForBare() {
        AddonFacts facts = facts(binary(
                binary(TarBuilder.npm("{}"), "prebuilds/linux-x64/a.node", LINUX),
                "prebuilds/darwin-arm64/a.node",
                DARWIN));
        assertEquals(List.of(PREBUILDIFY), facts.kinds());
        assertEquals("darwin-arm64, linux-x64", facts.evidence().get(0).detail());
        assertKinds(binary(TarBuilder.npm("{}"), "prebuilds/linux-x64/a.bare", LINUX));
        assertKinds(
                binary(TarBuilder.npm("{\"gypfile\":false}"), "prebuilds/linux-x64.node", LINUX)
                        .file("package/binding.gyp", GYP),
                PREBUILD_FLAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lib/a.pdb",
                "binding.gyp",
                "a.gypi",
                "CMakeLists.txt",
                "deps/Cargo.toml",
                "a.wasm",
                "index.js",
                "install.js",
                "data.dat",
                "LICENSE"
            })
    void noNameHidesALibrary(String path) {
        AddonFacts facts = facts(binary(scripted("node install.js"), path, LINUX));
        assertEquals(
                List.of(path), facts.binaries().stream().map(BinaryFile::path).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MZ", "\u007fELF"})
    void noFirstLettersHideAScript(String letters) {
        String code = " = 1; require('https').get('https://example.org/a.node'); fs.createWriteStream('a.node');\n";
        assertEquals(
                facts(scripted("node install.js").file("package/install.js", "a" + code))
                        .kinds(),
                facts(scripted("node install.js").file("package/install.js", letters + code))
                        .kinds());
        assertEquals(
                facts(TarBuilder.npm("{}").file("package/binding.gyp", GYP)).kinds(),
                facts(TarBuilder.npm("{}").file("package/binding.gyp", letters + " " + GYP))
                        .kinds());
    }

    @Test
    void platformPackagesAreKnownFromBothSides() {
        assertKinds(
                TarBuilder.npm(
                        "{\"name\":\"pq\",\"optionalDependencies\":{\"@x/pq-p-linux-x64\":\"1\",\"@x/pq-p-x86_64-apple-darwin\":\"1\"}}"),
                EXE_PLATFORM);
        assertKinds(TarBuilder.npm(
                "{\"name\":\"mine\",\"optionalDependencies\":{\"@pp/linux-x64\":\"1\",\"@pp/darwin-arm64\":\"1\"}}"));
        assertKinds(TarBuilder.npm("{\"optionalDependencies\":{\"@p/linux-x64\":\"1\",\"fsevents\":\"1\"}}"));
        String child = "{\"os\":[\"linux\"],\"cpu\":[\"x64\"]}";
        assertKinds(binary(TarBuilder.npm(child), "a.node", LINUX), NAPI_PLATFORM);
        assertKinds(binary(TarBuilder.npm(child), "lib/liba.so", LINUX), DYLIB_FFI);
        assertKinds(
                binary(
                        TarBuilder.npm("{\"os\":[\"win32\"],\"cpu\":[\"x64\"]}"),
                        "bin/a.exe",
                        Binaries.pe(0x8664, false)),
                EXE_PLATFORM);
        assertKinds(TarBuilder.npm("{\"cpu\":[\"wasm32\"]}").file("package/a.wasm", "\0asm"), WASM);
    }

    @Test
    void binariesOfThePackageItselfDecideByTheirHeaders() {
        AddonFacts facts = facts(binary(binary(TarBuilder.npm("{}"), "rust/a.so", LINUX), "rust/a_musl.so", MUSL));
        assertEquals(List.of(DYLIB_FFI), facts.kinds());
        assertEquals(Optional.of("glibc"), facts.binaries().get(0).libc());
        assertEquals(Optional.of("musl"), facts.binaries().get(1).libc());
        assertKinds(binary(binary(TarBuilder.npm("{}"), "lib/a.node", LINUX), "lib/b.node", WINDOWS), BUNDLED_MULTI);
        assertKinds(
                binary(binary(TarBuilder.npm("{\"os\":[\"linux\",\"win32\"]}"), "a.node", LINUX), "b.node", WINDOWS),
                BUNDLED_MULTI);
        assertKinds(binary(TarBuilder.npm("{}"), "test/fixtures/a.node", LINUX));
        assertKinds(TarBuilder.npm("{}").file("package/a.node", "text"));
    }

    @Test
    void aLocalScriptThatFetchesIsADownloadAndOneThatPrintsIsNot() {
        String fetches =
                "// see https://x\nconst url = 'https://x';\nif (!process.env.FOO_SKIP_DOWNLOAD) https.get(url);";
        AddonFacts facts = facts(scripted("node ./install").file("package/install.js", fetches));
        assertEquals(List.of(DOWNLOAD_POSTINSTALL), facts.kinds());
        assertTrue(facts.evidence().get(0).detail().contains("FOO_SKIP_DOWNLOAD"), facts.toString());
        assertKinds(
                scripted("node install.js")
                        .file("package/install.js", "/* download */\n// download\nconsole.log('hi')"),
                SCRIPT_ONLY);
        assertKinds(TarBuilder.npm("{}").file("package/install.js", fetches), DOWNLOAD_ON_FIRST_USE);
        assertKinds(TarBuilder.npm("{}").file("package/lib/download.js", fetches));
    }

    @Test
    void sourcesOfOtherToolsAreNamed() {
        assertKinds(TarBuilder.npm("{}").file("package/Cargo.toml", "[package]"), RUST_SOURCE);
        assertKinds(
                TarBuilder.npm("{\"dependencies\":{\"cmake-ts\":\"1\"}}").file("package/CMakeLists.txt", "project(x)"),
                CMAKE);
        assertKinds(TarBuilder.npm("{}").file("package/CMakeLists.txt", "project(x)"));
    }

    @Test
    void anOrdinaryPackageHasNoFacts() {
        AddonFacts facts =
                facts(TarBuilder.npm("{\"dependencies\":{\"node-addon-api\":\"1\",\"prebuild-install\":\"1\"}}")
                        .file("package/index.js", "module.exports = 1"));
        assertEquals(AddonFacts.nothing(), facts);
    }

    @Test
    void theOrderOfEntriesDoesNotMatter() {
        TarBuilder late = new TarBuilder()
                .file("package/install.js", "fetch('https://x')")
                .file("package/a.node", LINUX, 0644)
                .file("package/package.json", "{\"scripts\":{\"install\":\"node install.js\"}}");
        assertKinds(late, BUNDLED_MULTI, DOWNLOAD_POSTINSTALL);
    }

    @Test
    void hostileTextsAreNeitherSlowNorDeep() {
        String dashes = "node " + "-a ".repeat(200_000) + "x";
        String capitals = "A_".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            facts(scripted(dashes).file("package/install.js", capitals + "\n" + "/*".repeat(10_000)));
            facts(TarBuilder.npm("{\"optionalDependencies\":{\"" + "-linux-x64".repeat(20_000) + "\":\"1\"}}"));
        });
    }

    @Test
    void aScriptIsFollowedToWhatItLoadsAndRuns() {
        assertKinds(
                scripted("node scripts/go")
                        .file("package/scripts/go.js", "require('../lib/fetcher')")
                        .file("package/lib/fetcher.js", "await downloadFile(url)"),
                DOWNLOAD_POSTINSTALL);
        AddonFacts nested = facts(scripted("sh ./go.sh; node go.js")
                .file("package/go.js", "spawnSync('node-gyp', ['rebuild'], { cwd: 'src' })")
                .file("package/go.sh", "echo")
                .file("package/src/binding.gyp", GYP));
        assertEquals(List.of(GYP_SCRIPT), nested.kinds());
        assertEquals("src", nested.gyp().directory());
        assertKinds(
                scripted("node go.js").file("package/go.js", "console.log('please install node-gyp first')"),
                SCRIPT_ONLY);
        assertKinds(scripted("sh go.sh").file("package/go.sh", "curl -L https://x | tar x"), DOWNLOAD_POSTINSTALL);
        assertKinds(
                scripted("node report.js")
                        .file(
                                "package/report.js",
                                "https.request('https://x', { method: 'POST' }).end(JSON.stringify({}))"),
                SCRIPT_ONLY);
    }

    @Test
    void helpersForWindowsSayLessThanWhatServesUs() {
        assertKinds(
                binary(scripted("node-gyp rebuild"), "util/helper.exe", Binaries.pe(0x8664, false)),
                GYP_SCRIPT,
                BUNDLED_MULTI);
        assertKinds(
                binary(TarBuilder.npm("{}").file("package/binding.gyp", GYP), "build/Release/x.node", LINUX),
                GYP_IMPLICIT,
                BUNDLED_MULTI);
    }

    @Test
    void foldersOfOtherSystemsCanGo() {
        AddonFacts facts = facts(binary(
                        binary(TarBuilder.npm("{}"), "prebuilds/win32-x64/a.node", WINDOWS),
                        "prebuilds/linux-x64/a.node",
                        LINUX)
                .file("package/prebuilds/win32-x64/a.pdb", "x")
                .file("package/b.pdb", "x"));
        assertEquals(List.of("b.pdb", "prebuilds/win32-x64"), facts.foreign());
    }

    @Test
    void partsForTelephonesAreNoNativePart() {
        byte[] arm = Binaries.elf(Binaries.ARM64, "libc.so");
        assertKinds(binary(TarBuilder.npm("{}"), "android/src/main/jniLibs/arm64-v8a/libit.so", arm));
        assertKinds(binary(TarBuilder.npm("{}"), "android/libs/x86_64/libit.so", LINUX));
        assertKinds(binary(TarBuilder.npm("{}"), "platforms/android-native/libs/x86_64/libit.so", LINUX));
        assertKinds(binary(TarBuilder.npm("{}"), "ios/It.xcframework/ios-arm64/It.framework/It", DARWIN));
        TarBuilder mobile = binary(TarBuilder.npm("{}").file("package/It.podspec", ""), "windows/it.dll", WINDOWS);
        assertKinds(binary(mobile, "macos/libit.dylib", DARWIN));
        AddonFacts desktop =
                facts(binary(binary(TarBuilder.npm("{}"), "a.node", LINUX), "android/libs/x86_64/b.so", LINUX));
        assertEquals(List.of(BUNDLED_MULTI), desktop.kinds());
        assertEquals("android", desktop.binaries().get(1).os());
    }

    @Test
    void aFolderThatIsNoPlatformsHoldsNothingPrebuilt() {
        for (String folder : List.of("6.1", "electron-28", "node-v115", "v8")) {
            String path = "prebuilds/" + folder + "/it.node";
            assertKinds(binary(TarBuilder.npm("{}").file("package/binding.gyp", GYP), path, LINUX), GYP_IMPLICIT);
            assertKinds(binary(scripted("node-gyp-build").file("package/binding.gyp", GYP), path, LINUX), GYP_SCRIPT);
            assertKinds(binary(TarBuilder.npm("{}"), path, LINUX), BUNDLED_MULTI);
        }
        assertKinds(binary(TarBuilder.npm("{}"), "prebuilds/HID_hidraw-linux-x64/it.node", LINUX), PREBUILDIFY);
        assertKinds(binary(TarBuilder.npm("{}"), "prebuilds/electron/linux-x64/it.node", LINUX), PREBUILDIFY);
    }

    @Test
    void aFamilyOfPlainNamesIsAProgramsUntilSomethingShowsAnAddon() {
        String family = "\"optionalDependencies\":{\"tool-linux-x64\":\"1\",\"tool-darwin-arm64\":\"1\"}";
        String start = "{\"name\":\"tool\"," + family;
        assertKinds(TarBuilder.npm(start + "}"), EXE_PLATFORM);
        assertKinds(TarBuilder.npm(start + ",\"napi\":{}}"), NAPI_PLATFORM);
        assertKinds(
                TarBuilder.npm(start + "}")
                        .file(
                                "package/index.js",
                                "module.exports = require(`tool-${process.platform}-${process.arch}`);"),
                NAPI_PLATFORM);
        assertKinds(
                TarBuilder.npm(start + "}")
                        .file("package/index.js", "spawn(require.resolve(`tool-${process.platform}-x64/bin/tool`));"),
                EXE_PLATFORM);
        String triples = family.replace("linux-x64", "linux-x64-gnu");
        assertKinds(TarBuilder.npm("{\"name\":\"tool\"," + triples + "}"), NAPI_PLATFORM);
        assertKinds(TarBuilder.npm("{\"name\":\"tool\",\"bin\":\"cli.js\"," + triples + "}"), EXE_PLATFORM);
        assertKinds(TarBuilder.npm("{\"name\":\"tool\",\"napi\":{},\"optionalDependencies\":{\"fsevents\":\"1\"}}"));
    }

    @Test
    void librariesBesideACompileDoNotStandInForIt() {
        assertKinds(
                binary(
                        scripted("node-gyp rebuild").file("package/binding.gyp", GYP),
                        "portaudio/bin/libit.so.2",
                        LINUX),
                GYP_SCRIPT,
                DYLIB_FFI);
        AddonFacts cmake = facts(scripted("cmake-js compile")
                .file("package/binding.gyp", "{}")
                .file("package/CMakeLists.txt", "find_package(ZLIB REQUIRED)"));
        assertEquals(List.of("find_package(ZLIB)"), cmake.buildFile().linux());
    }

    @Test
    void aScriptIsFoundInTheFolderThatACommandEnters() {
        assertKinds(
                scripted("cd scripts && node go.mjs")
                        .file("package/scripts/go.mjs", "await import('./download.mjs')")
                        .file(
                                "package/scripts/download.mjs",
                                "const it = await fetch('https://x');\nawait it.arrayBuffer();"),
                DOWNLOAD_POSTINSTALL);
    }

    @Test
    void whatCodeNeedsIsReadInTimeAndDoubtCountsForIt() {
        String certain = "module.exports = require('./it.node');";
        for (String code : List.of(
                "// " + certain,
                "/* " + certain + " */",
                "const text = \"" + certain.replace("'", "`") + "\";",
                "try { " + certain + " } catch (e) { module.exports = null; }",
                "if (process.platform === 'linux') " + certain,
                "const x = process.platform === 'linux' && require('./it.node');",
                "exports.load = () => require('./it.node');",
                "class A { load() { return require('./it.node'); } }",
                "function load() { return require('./it.node'); }\nexports.load = load;",
                "try { require('./it.node'); } catch { console.log('slow'); }",
                "module.exports = require('./other');",
                "{".repeat(100_000),
                "require('./it.node'".repeat(10_000),
                "`${".repeat(50_000),
                "import {\n".repeat(20_000))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertEquals(
                            code.startsWith("require"),
                            facts(binary(TarBuilder.npm("{}").file("package/index.js", code), "it.node", LINUX))
                                    .isEssential(),
                            code.substring(0, Math.min(80, code.length()))));
        }
        for (String code : List.of(
                certain,
                "import { createRequire } from 'module';\nconst require = createRequire(import.meta.url);\nexport default require('./it.node');",
                "const { join } = require('path');\nconst path = join(__dirname, 'it.node');\nmodule.exports = require(path);",
                "module.exports = require('bindings')('it');",
                "(() => { " + certain + " })();",
                "process.dlopen(module, __dirname + '/it.node');",
                "try { " + certain + " } catch (e) { throw new Error('No native build for ' + process.platform); }")) {
            assertEquals(
                    true,
                    facts(binary(TarBuilder.npm("{}").file("package/index.js", code), "it.node", LINUX))
                            .isEssential(),
                    code);
        }
        assertEquals(
                true,
                facts(binary(TarBuilder.npm("{\"main\":\"./it.node\"}"), "it.node", LINUX))
                        .isEssential());
        assertEquals(
                false,
                facts(binary(
                                TarBuilder.npm("{\"bin\":{\"x\":\"cli.js\"}}").file("package/cli.js", "1"),
                                "helper",
                                LINUX))
                        .isEssential());
    }

    @Test
    void onlyDownloadsOnFirstUseAreKnownByName() {
        assertKinds(TarBuilder.npm("{\"name\":\"playwright\",\"version\":\"1.65.1\"}"), DOWNLOAD_ON_FIRST_USE);
        assertKinds(TarBuilder.npm("{\"name\":\"esbuild\",\"version\":\"0.27.3\"}"));
    }
}

package dev.ocnix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A build with the stand-in for nixpkgs fails where one with nixpkgs would. */
@NeedsBuilds
class StandInTest {
    private static NixStore store;

    @BeforeAll
    static void open() {
        store = NixStore.open();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Path build(String expression) {
        List<Path> outputs = store.build(in(expression));
        return outputs.get(0);
    }

    private static String failure(String expression) {
        Command.Result result = store.tryBuild(in(expression));
        assertNotEquals(0, result.exit(), result::err);
        return result.err();
    }

    private static String in(String expression) {
        return "with import " + NixStore.standIn() + " { }; " + expression;
    }

    /** A derivation without source whose installPhase is this. */
    private static String installing(String attributes, String commands) {
        return "stdenv.mkDerivation { name = \"x\"; dontUnpack = true; strictDeps = true; " + attributes
                + " installPhase = ''\n" + commands + "\n''; }";
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBuildSeesOnlyWhatItDeclares() throws Exception {
        Path output = build("runCommand \"x\" { } ''\n"
                + "for tool in git python3 node bun curl gcc strip make-me pkg-config; do\n"
                + "  if type -P $tool; then exit 1; fi\n"
                + "done\n"
                + "for tool in ls find diff sed grep awk tar gzip bzip2 make bash patch xz file patchelf; do\n"
                + "  type -P $tool > /dev/null\n"
                + "done\n"
                + "echo /bin/* > $out; echo /usr/* >> $out\n''");
        assertEquals("/bin/sh\n/usr/lib\n", Files.readString(output));
        String log = failure("runCommand \"x\" { } \"git --version; touch $out\"");
        assertTrue(log.contains("git: command not found"), log);
    }

    @Test
    void aScriptThatNobodyPatchedDoesNotRun() {
        String log = failure("runCommand \"x\" { nativeBuildInputs = [ nodejs ]; } ''\n"
                + "printf '#!/usr/bin/env node\\n' > x; chmod +x x; ./x; touch $out\n''");
        assertTrue(
                log.contains("bad interpreter") || log.contains("./x: cannot execute: required file not found"), log);
    }

    @Test
    void fixupStripsShrinksAndPatches() throws Exception {
        String commands = "mkdir -p $out/bin $out/lib/unused $out/share\n"
                + "echo 'int main() { throw 1; }' > m.cc\n"
                + "g++ -g m.cc -o $out/bin/m -Wl,-rpath,$out/lib/unused\n"
                + "cp $out/bin/m $out/share/m\n"
                + "printf '#!/bin/sh\\n' > $out/share/script; chmod +x $out/share/script\n"
                + "cp $out/share/script $out/share/data; chmod -x $out/share/data";
        Path plain = build(installing("buildInputs = [ bash ];", commands));
        String program = text(plain.resolve("bin/m"));
        assertFalse(program.contains(".debug_info") || program.contains("lib/unused"), program);
        assertTrue(text(plain.resolve("share/m")).contains(".debug_info"), "only lib, bin and the like are stripped");
        assertTrue(
                Files.readString(plain.resolve("share/script")).matches("#!/nix/store/[a-z0-9]{32}-bash-.*/bin/sh\n"));
        assertEquals("#!/bin/sh\n", Files.readString(plain.resolve("share/data")));
        assertTrue(store.references(plain).stream().anyMatch(path -> path.contains("-gcc-")), "libstdc++ is found");

        Path left = build(installing(
                "buildInputs = [ bash ]; dontStrip = true; dontPatchELF = true; dontPatchShebangs = true;", commands));
        program = text(left.resolve("bin/m"));
        assertTrue(program.contains(".debug_info") && program.contains("lib/unused"));
        assertEquals("#!/bin/sh\n", Files.readString(left.resolve("share/script")));
    }

    @Test
    void installedScriptsGetTheInterpretersOfTheHostPlatformAlone() throws Exception {
        String commands = "mkdir -p $out\n"
                + "printf '#!/bin/bash -x\\n' > $out/a; printf '#!/usr/bin/env bash\\n' > $out/b\n"
                + "printf '#!/usr/bin/env -S bash -e -x\\n' > $out/c; printf '#!/opt/unknown -x\\n' > $out/d\n"
                + "chmod +x $out/*; cp $out/a unpacked; patchShebangs unpacked; mv unpacked $out/e";
        Path build = build(installing("nativeBuildInputs = [ bash ];", commands));
        assertEquals("#!/bin/bash -x\n", Files.readString(build.resolve("a")));
        assertTrue(Files.readString(build.resolve("e")).matches("#!/nix/store/.*/bin/bash -x\n"));
        Path host = build(installing("buildInputs = [ bash coreutils ];", commands));
        assertTrue(Files.readString(host.resolve("a")).matches("#!/nix/store/.*/bin/bash -x\n"));
        assertTrue(Files.readString(host.resolve("b")).matches("#!/nix/store/.*/bin/bash\n"));
        assertTrue(Files.readString(host.resolve("c"))
                .matches("#!/nix/store/.*/bin/env -S /nix/store/.*/bin/bash -e -x\n"));
        assertEquals("#!/opt/unknown -x\n", Files.readString(host.resolve("d")));
        Path loose = build(installing("", commands).replace("strictDeps = true;", ""));
        assertTrue(Files.readString(loose.resolve("a")).matches("#!/nix/store/.*/bin/bash -x\n"));
    }

    @Test
    void aLinkIntoNothingFailsTheBuild() {
        String dangling = "mkdir $out; ln -s gone $out/a; ln -s b $out/b; ln -s /elsewhere $out/c";
        String log = failure(installing("", dangling));
        assertTrue(log.contains("points to a missing target") && log.contains("b is reflexive"), log);
        assertTrue(log.contains("found 1 dangling symlinks, 1 reflexive symlinks"), log);
        build(installing("dontCheckForBrokenSymlinks = true;", dangling));
        build(installing("dontFixup = true;", dangling));
    }

    @Test
    void aSearchPathIntoTheBuildFolderFailsTheBuild() {
        String commands =
                "mkdir -p made $out/bin; echo 'int f() { return 1; }' > f.c; gcc -shared -fPIC f.c -o made/libf.so\n"
                        + "echo 'int f(); int main() { return f(); }' > m.c\n"
                        + "gcc m.c -o $out/bin/m -Lmade -lf -Wl,-rpath,$PWD/made";
        String log = failure(installing("", commands));
        assertTrue(log.contains("RPATH of binary") && log.contains("forbidden reference to /build/"), log);
        build(installing("noAuditTmpdir = true;", commands));
    }

    @Test
    void foldersThatNixpkgsMovesAreMoved() {
        Path output =
                build(installing("", "mkdir -p $out/doc $out/man $out/sbin; touch $out/doc/a $out/man/b $out/sbin/c"));
        assertTrue(Files.exists(output.resolve("share/doc/a")) && Files.exists(output.resolve("share/man/b.gz")));
        assertTrue(Files.isSymbolicLink(output.resolve("sbin")));
    }

    @Test
    void patchesAndPhasesAreNixpkgsOwn() throws Exception {
        Path output = build("stdenv.mkDerivation (final: { pname = \"p\"; version = \"1\"; "
                + "src = runCommand \"source\" { } ''mkdir $out; echo one > $out/file''; "
                + "patches = [ (writeText \"p.patch\" \"--- a/file\\n+++ b/file\\n@@ -1 +1 @@\\n-one\\n+two\\n\") ]; "
                + "env.SOME = \"value\"; passthru.twice = final.version + final.version; doCheck = true; "
                + "checkPhase = ''runHook preCheck; test $SOME = value''; preCheck = \"echo checked >> file\"; "
                + "installPhase = \"runHook preInstall; cp file $out\"; preInstall = \"echo $version >> file\"; })");
        assertEquals("two\nchecked\n1\n", Files.readString(output));
    }

    @Test
    void wrappersSetWhatTheyAreTold() throws Exception {
        for (String kind : List.of("makeShellWrapper", "makeBinaryWrapper")) {
            Path output = build("runCommandCC \"x\" { nativeBuildInputs = [ " + kind + " ]; } ''\n"
                    + "mkdir $out; printf 'echo \"$A,$B,$C,$D,$P,$E,$*\"' > $out/say\n"
                    + "makeWrapper ${bash}/bin/bash $out/bin/w --set A 'a b' --set-default B b --set-default C c "
                    + "--unset D --prefix P : x --prefix P : y --suffix P : z --suffix E : e "
                    + "--add-flags \"$out/say  more\" --append-flags last\n"
                    + "B=kept D=gone P=x:old $out/bin/w first 'sec  ond' > $out/said\n''");
            assertEquals(
                    "a b,kept,c,,y:x:old:z,e,more first sec  ond last\n",
                    Files.readString(output.resolve("said")),
                    kind);
            assertEquals(
                    kind.equals("makeBinaryWrapper"),
                    text(output.resolve("bin/w")).startsWith("\u007fELF"),
                    kind);
        }
    }

    @Test
    void aPackageThatOnlyEvaluatesSaysSoWhenItIsBuilt() {
        String log = failure("librsvg");
        assertTrue(log.contains("the stand-in for nixpkgs has no librsvg to build"), log);
    }

    @NeedsNetwork
    @Test
    void theRuntimesRunAndAnAddonIsCompiled() {
        build("stdenv.mkDerivation { name = \"addon\"; dontUnpack = true; strictDeps = true; "
                + "nativeBuildInputs = [ nodejs bun node-gyp python3 git pkg-config ]; buildPhase = ''\n"
                + "export HOME=$TMPDIR\n"
                + "echo '{ \"targets\": [ { \"target_name\": \"a\", \"sources\": [ \"a.cc\" ] } ] }' > binding.gyp\n"
                + "echo '{ \"name\": \"a\", \"version\": \"1.0.0\" }' > package.json\n"
                + "echo '#include <node_api.h>' > a.cc\n"
                + "echo '#include <string>' >> a.cc\n"
                + "echo 'NAPI_MODULE_INIT() { std::string s(\"built\"); napi_value v; "
                + "napi_create_string_utf8(env, s.c_str(), s.size(), &v); return v; }' >> a.cc\n"
                + "node-gyp rebuild --nodedir=${lib.getDev nodejs}\n"
                + "for runtime in node bun; do test $($runtime -p 'require(\"./build/Release/a.node\")') = built; done\n"
                + "npm --version; git --version; pkg-config --version''; "
                + "installPhase = \"install -D build/Release/a.node $out/lib/a.node\"; "
                + "doInstallCheck = true; installCheckPhase = ''node -e \"require('$out/lib/a.node')\"''; }");
    }
}

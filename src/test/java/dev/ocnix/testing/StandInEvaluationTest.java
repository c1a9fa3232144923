package dev.ocnix.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An evaluation with the stand-in for nixpkgs fails where one with nixpkgs would, with each Nix at hand. */
@NeedsNix
class StandInEvaluationTest {
    private static final String CROSS = "{ system = \"aarch64-linux\"; buildSystem = \"x86_64-linux\"; }";

    private static String in(String arguments, String expression) {
        return "with import " + NixStore.standIn() + " " + arguments + "; " + expression;
    }

    private static String failure(Nix nix, String arguments, String expression) {
        Command.Result result =
                nix.tryEval(in(arguments, "(" + expression + ").drvPath")).run();
        assertNotEquals(0, result.exit(), expression);
        return result.err();
    }

    private static void assertFails(Nix nix, String expression, String... words) {
        String error = failure(nix, "{ }", expression);
        for (String word : words) {
            assertTrue(error.contains(word), () -> expression + ": " + error);
        }
    }

    private static String package_(String attributes) {
        return "stdenv.mkDerivation { pname = \"x\"; version = \"1\"; " + attributes + " }";
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void everyPackageIsADerivationOnTheFourSystemsAndInACross(Nix nix) {
        String all =
                "[ nodejs (lib.getDev nodejs) bun node-gyp python3 git patchelf pkg-config makeWrapper makeBinaryWrapper "
                        + "autoPatchelfHook stdenv.cc stdenv.cc.cc.lib glibc libsecret glib vips xorg.libX11 "
                        + "(writeShellScriptBin \"a\" \"b\") (mkShell { packages = [ buildPackages.git ]; }) ]";
        for (String system : List.of("x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin")) {
            nix.instantiate(in("{ system = \"" + system + "\"; }", all));
        }
        nix.instantiate(in(CROSS, all));
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void metaIsChecked(Nix nix) {
        assertFails(nix, package_("meta.sumary = \"s\";"), "key 'meta.sumary' is unrecognized");
        assertFails(nix, package_("meta.description = [ ];"), "meta.description", "invalid type");
        assertFails(nix, package_("meta.license = git;"), "meta.license", "invalid type");
        assertFails(
                nix,
                package_("meta.platforms = lib.platforms.darwin;"),
                "is not available on the requested hostPlatform");
        assertFails(nix, package_("meta.broken = true;"), "is marked as broken");
        assertFails(nix, package_("meta.license = lib.licenses.unfree;"), "has an unfree license");
        nix.instantiate(in("{ config.allowUnfree = true; }", package_("meta.license = lib.licenses.unfree;")));
        nix.instantiate(in(
                "{ }",
                package_("meta = { license = lib.getLicenseFromSpdxId \"MIT\"; platforms = lib.platforms.all; "
                        + "sourceProvenance = [ lib.sourceTypes.binaryNativeCode ]; mainProgram = \"x\"; };")));
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void argumentsAreChecked(Nix nix) {
        assertFails(nix, "callPackage ({ stdenv, nodejsx }: stdenv) { }", "nodejsx");
        assertFails(nix, "callPackage ({ git }: git) { gti = 1; }", "gti");
        assertFails(nix, "(callPackage ({ git }: git) { }).override { gti = 1; }", "gti");
        assertFails(nix, "fetchurl { url = \"u\"; hash = lib.fakeHash; nme = \"n\"; }", "nme");
        assertFails(nix, "fetchurl { url = \"u\"; }", "hash is missing");
        assertFails(
                nix,
                "fetchFromGitHub { owner = \"o\"; repo = \"r\"; rev = \"v\"; hash = lib.fakeHash; leaveDotGit = false; }",
                "leaveDotGit");
        assertFails(nix, package_("A = \"a\"; env.A = \"b\";"), "overlapping: A");
        assertFails(nix, package_("env.A = [ ];"), "can only contain");
        assertFails(nix, package_("buildInputs = git;"), "buildInputs is not a list");
        assertFails(nix, "stdenv.mkDerivation { pname = \"x\"; }", "neither name nor pname and version");
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void attributesAreOverriddenByOneAndByTwoArguments(Nix nix) {
        String made =
                "(callPackage ({ stdenv, word ? \"a\" }: stdenv.mkDerivation (final: { pname = word; version = \"1\"; "
                        + "passthru.said = final.version; })) { })";
        assertEquals(
                "[\"a-1\",\"b-1\",\"a-2\",\"2\",\"b-3\",\"1+\"]",
                nix.eval(
                                in(
                                        "{ }",
                                        "let p = " + made + "; in [ p.name (p.override { word = \"b\"; }).name "
                                                + "(p.overrideAttrs (old: { version = \"2\"; })).name (p.overrideAttrs { version = \"2\"; }).said "
                                                + "((p.overrideAttrs (old: { version = \"3\"; })).override { word = \"b\"; }).name "
                                                + "(p.overrideAttrs (final: old: { passthru.said = old.version + \"+\"; })).said ]"))
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void inACrossEachInputMustBeForItsMachine(Nix nix) {
        String error = failure(nix, CROSS, package_("nativeBuildInputs = [ pkgs.git ];"));
        assertTrue(error.contains("in nativeBuildInputs is for aarch64-unknown-linux-gnu"), error);
        error = failure(nix, CROSS, package_("buildInputs = [ buildPackages.libsecret ];"));
        assertTrue(error.contains("in buildInputs is for x86_64-unknown-linux-gnu"), error);
        String filledIn = "callPackage ({ stdenv, git, nodejs, libsecret }: stdenv.mkDerivation { name = \"x\"; "
                + "nativeBuildInputs = [ git nodejs ]; buildInputs = [ libsecret nodejs ]; }) { }";
        nix.instantiate(in(CROSS, filledIn));
        assertEquals(
                "[true,false,\"x86_64-linux\",\"aarch64-linux\"]",
                nix.eval(in(
                                CROSS,
                                "callPackage ({ git, pkgs, stdenv }: [ (git ? __spliced) (pkgs.git ? __spliced) "
                                        + "stdenv.buildPlatform.system stdenv.hostPlatform.system ]) { }"))
                        .toString());
    }
}

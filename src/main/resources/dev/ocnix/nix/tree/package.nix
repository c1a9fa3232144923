# Written by ocnix: the application, for callPackage and override.
{
  lib,
  stdenv,
  pkgs,
  buildPackages,
  fetchurl,
  fetchgit,
  fetchFromGitHub,
  makeWrapper,
  nodejs,
  bun,
  # the project's source, instead of the pinned one
  src ? null,
  # "<name>@<resolution>" or "<name>" to a function from the package's derivation
  # to a derivation or a path, or to null (_: null) to leave the package out
  overrides ? { },
  # "<name>@<resolution>" or "<name>" to true (compile) or false (prebuilt)
  preferSource ? { },
  # "bun", "node" or "both"
  runtime ? "bun",
  # how node_modules is put in place: "link" or "copy"
  mode ? "link",@LINKER_FORMALS@@TOOL_FORMALS@
}:

import ./lib {
  inherit
    lib
    stdenv
    pkgs
    buildPackages
    fetchurl
    fetchgit
    fetchFromGitHub
    makeWrapper
    nodejs
    bun
    overrides
    preferSource
    runtime
    mode@LINKER_ARGUMENTS@
    ;
  # nixpkgs has had a package of this name, and then an error in its place, which callPackage fills in where it is not asked
  src =
    let
      given = builtins.tryEval src;
      theirs = builtins.tryEval (pkgs.src or null);
    in
    if given.success && !(theirs.success && given.value == theirs.value) then given.value else null;
  tools = @TOOLS@;
  tree = {
    source = ./source.nix;
    dependencies = ./dependencies.nix;
    layout = ./layout.nix;@LINKER_FILES@
    nativeAddons = ./native-addons.nix;
    manifest = ./ocnix.json;
  };
  application = @APPLICATION@;
}

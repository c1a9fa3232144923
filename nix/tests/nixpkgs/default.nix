# A stand-in for nixpkgs: just enough that a generated tree evaluates to derivations where there is no nixpkgs.
# It builds nothing. What a tree asks for and this lacks is an error, so a new name must be added on purpose.
{
  system ? "x86_64-linux",
  # the machine that builds, when another one than the one that runs
  buildSystem ? system,
  overlays ? [ ],
  config ? { },
}:

let
  lib = import ./lib.nix;

  platform =
    system:
    let
      parts = builtins.match "([^-]*)-([^-]*)(-musl)?" system;
      kernel = builtins.elemAt parts 1;
    in
    {
      system = "${builtins.head parts}-${kernel}";
      isLinux = kernel == "linux";
      isDarwin = kernel == "darwin";
      isMusl = builtins.elemAt parts 2 != null;
      parsed = {
        cpu.name = builtins.head parts;
        kernel.name = kernel;
      };
    };

  known = [
    "args"
    "builder"
    "name"
    "pname"
    "version"
    "meta"
    "passthru"
    "env"
    "strictDeps"
  ];

  mkDerivationFor =
    hostPlatform: buildPlatform:
    let
      make =
        fixpoint:
        let
          given = fixpoint final;
          name = given.name or "${given.pname}-${given.version}";
          drv = derivation (
            removeAttrs given known
            // (given.env or { })
            // {
              inherit name;
              inherit (buildPlatform) system;
              builder = "/bin/sh";
            }
          );
          final =
            given
            // drv
            // (given.passthru or { })
            // {
              inherit name;
              meta = given.meta or { };
              passthru = given.passthru or { };
              overrideAttrs =
                f:
                make (
                  self:
                  let
                    before = fixpoint self;
                    applied = f self;
                  in
                  before // (if builtins.isFunction applied then f before else applied)
                );
            };
        in
        final;
    in
    attrs: make (if builtins.isFunction attrs then attrs else (_: attrs));

  packagesFor =
    host: build:
    let
      hostPlatform = platform host;
      buildPlatform = platform build;
      mkDerivation = mkDerivationFor hostPlatform buildPlatform;
      stub =
        name:
        mkDerivation {
          inherit name;
          outputsOf = hostPlatform.system;
        };
      fixed =
        what: fields: defaults: given:
        let
          unknown = builtins.attrNames (removeAttrs given fields);
        in
        if unknown != [ ] then
          throw "${what}: unexpected argument ${builtins.head unknown}"
        else
          mkDerivation (
            defaults
            // removeAttrs given [ "hash" ]
            // {
              outputHash = given.hash;
            }
          );
      stubs = builtins.listToAttrs (
        map
          (name: {
            inherit name;
            value = stub name;
          })
          [
            "bun"
            "git"
            "glib"
            "libsecret"
            "makeWrapper"
            "node-gyp"
            "openssh"
            "patchelf"
            "pkg-config"
            "python3"
            "vips"
          ]
      );
      base =
        final:
        stubs
        // {
          inherit lib;
          pkgs = final;
          buildPackages = if host == build then final else packagesFor build build;
          callPackage = lib.callPackageWith final;
          stdenv = {
            inherit hostPlatform buildPlatform mkDerivation;
            cc = stub "gcc" // {
              cc = stub "gcc-unwrapped" // {
                lib = stub "gcc-lib";
              };
            };
          };
          nodejs = stub "nodejs" // {
            dev = stub "nodejs-dev";
          };
          mkShell =
            given:
            mkDerivation (
              removeAttrs given [ "packages" ]
              // {
                name = "shell";
                nativeBuildInputs = given.packages or [ ];
              }
            );
          runCommand =
            name: attrs: buildCommand:
            mkDerivation (attrs // { inherit name buildCommand; });
          fetchurl = fixed "fetchurl" [ "name" "url" "hash" ] { outputHashMode = "flat"; };
          fetchFromGitHub =
            fixed "fetchFromGitHub"
              [
                "name"
                "githubBase"
                "owner"
                "repo"
                "rev"
                "hash"
                "fetchSubmodules"
              ]
              {
                name = "source";
                outputHashMode = "recursive";
              };
          fetchgit =
            fixed "fetchgit"
              [
                "name"
                "url"
                "rev"
                "hash"
                "fetchSubmodules"
                "leaveDotGit"
              ]
              {
                name = "source";
                outputHashMode = "recursive";
              };
        };
      extended =
        final: builtins.foldl' (prev: overlay: prev // overlay final prev) (base final) overlays;
      result = extended result;
    in
    result;
in
packagesFor system buildSystem

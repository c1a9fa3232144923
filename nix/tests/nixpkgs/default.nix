# A strict stand-in for nixpkgs: a generated tree evaluates with it for four systems, and really builds on a Debian of
# x86_64-linux, with tools of the host that each build must declare. What a tree asks for and this lacks is an error,
# so a new name must be added on purpose, and only if nixpkgs has it.
{
  system ? "x86_64-linux",
  # the machine that builds, when another one than the one that runs
  buildSystem ? system,
  overlays ? [ ],
  config ? { },
}:

let
  lib = import ./lib.nix;
  platformOf = import ./platform.nix;

  # packages that run on one machine; the compilers among them compile for the target
  packagesFor =
    {
      build,
      host,
      target,
      # the set that the target's own packages are in
      targetPackages,
    }:
    let
      buildPlatform = platformOf build;
      hostPlatform = platformOf host;
      targetPlatform = platformOf target;
      isCross = hostPlatform.config != buildPlatform.config;

      finish =
        meta: package:
        package
        // lib.genAttrs (package.outputs or [ ]) (
          output:
          package.${output}
          // {
            __standInFor = hostPlatform.config;
            outputSpecified = true;
          }
        )
        // {
          __standInFor = hostPlatform.config;
          inherit meta;
        };
      stubs = import ./packages/stubs.nix {
        inherit lib finish;
        platform = hostPlatform;
        buildSystem = buildPlatform.system;
      };
      hostTools = import ./packages/host.nix {
        inherit lib finish;
        platform = hostPlatform;
      };
      hostLibraries = import ./packages/libraries.nix {
        inherit lib finish;
        platform = hostPlatform;
      };
      named = lib.genAttrs [
        "bash"
        "bzip2"
        "cacert"
        "coreutils"
        "curl"
        "diffutils"
        "file"
        "findutils"
        "gawk"
        "git"
        "glibc"
        "gnugrep"
        "gnumake"
        "gnused"
        "gnutar"
        "gzip"
        "patch"
        "patchelf"
        "pkg-config"
        "python3"
        "xz"
      ] (name: hostTools.${name});

      packages =
        final:
        let
          tools = final.buildPackages;
          stdenvWith =
            cc:
            let
              setup = derivation {
                name = "stdenv-${if cc == null then "no-cc" else "cc"}-stand-in";
                inherit (buildPlatform) system;
                builder = "/bin/sh";
                setupFolder = ./setup;
                shell = "${tools.bash}/bin/bash";
                initialPath = tools.stdenv.initialPath;
                defaultNativeBuildInputs = if cc == null then [ ] else [ cc ];
                args = [ ./setup/stdenv.sh ];
              };
              stdenv = setup // {
                inherit
                  buildPlatform
                  hostPlatform
                  targetPlatform
                  cc
                  ;
                name = "stdenv-${hostPlatform.parsed.kernel.name}";
                shell = "${tools.bash}/bin/bash";
                initialPath = if isCross then tools.stdenv.initialPath else hostTools.initial;
                hasCC = cc != null;
                isLinux = hostPlatform.isLinux;
                isDarwin = hostPlatform.isDarwin;
                shellDryRun = "${tools.bash}/bin/bash -n -O extglob";
                mkDerivation = import ./mk-derivation.nix {
                  inherit
                    lib
                    config
                    buildPlatform
                    hostPlatform
                    targetPlatform
                    ;
                  stdenv = setup;
                  shell = "${tools.bash}/bin/bash";
                };
              };
            in
            stdenv;
          # compilers of a cross set run on the machine that builds
          cc =
            if isCross then
              tools.stdenv.cc
              // {
                targetPrefix = "${hostPlatform.config}-";
                cc = final.gcc-unwrapped;
                libc = final.glibc;
              }
            else
              hostTools.cc;
          stdenv = stdenvWith cc;
          stdenvNoCC = stdenvWith null;
          trivial = import ./packages/trivial.nix {
            inherit lib stdenv stdenvNoCC;
            runtimeShell = "${final.bash}/bin/bash";
          };
          hook =
            name: script: substitutions:
            trivial.makeSetupHook {
              inherit name substitutions;
            } script;
        in
        stubs
        // lib.optionalAttrs hostPlatform.isLinux hostLibraries
        // named
        // builtins.removeAttrs trivial [ "mkShellWith" ]
        // import ./packages/npm.nix {
          inherit lib stdenvNoCC;
          inherit (tools) fetchurl;
          bash = final.bash;
          platform = hostPlatform;
        }
        // import ./packages/fetchers.nix {
          inherit lib;
          inherit (tools)
            stdenvNoCC
            curl
            git
            cacert
            ;
        }
        // {
          inherit lib stdenv stdenvNoCC config;
          inherit (trivial) mkShell;
          pkgs = final;
          system = hostPlatform.system;
          runtimeShell = "${final.bash}/bin/bash";
          buildPackages =
            if isCross then
              packagesFor {
                inherit build;
                host = build;
                target = host;
                targetPackages = final;
              }
            else
              final;
          targetPackages = if targetPackages == null then final else targetPackages;
          callPackage = lib.callPackageWith (spliced final // (spliced final).xorg);
          newScope = extra: lib.callPackageWith (spliced final // (spliced final).xorg // extra);
          gcc = hostTools.cc;
          gcc-unwrapped = hostTools.gccUnwrapped;
          binutils = hostTools.bintools;
          gitMinimal = final.git;
          bashInteractive = final.bash;
          nodejs_22 = final.nodejs;
          makeWrapper = final.makeShellWrapper;
          makeShellWrapper = hook "make-shell-wrapper-hook" ./setup/make-wrapper.sh {
            shell = "${final.targetPackages.bash}/bin/bash";
          };
          makeBinaryWrapper = hook "make-binary-wrapper-hook" ./setup/make-binary-wrapper.sh {
            cc = "${final.targetPackages.stdenv.cc}";
            shellWrapper = "${final.makeShellWrapper}";
          };
          autoPatchelfHook = hook "auto-patchelf-hook" ./setup/auto-patchelf.sh {
            libc = "${final.targetPackages.glibc}";
          };
        };

      # in a cross set, what callPackage hands out knows its counterpart for the machine that builds;
      # what is reached through pkgs does not
      spliced =
        final:
        if !isCross then
          final
        else
          let
            other = final.buildPackages;
            splice =
              mine: theirs:
              if lib.isDerivation mine then
                mine
                // lib.genAttrs (mine.outputs or [ "out" ]) (
                  output:
                  if mine ? ${output} then
                    mine.${output}
                    // {
                      __spliced = {
                        buildHost = theirs.${output} or theirs;
                        hostTarget = mine.${output};
                      };
                    }
                  else
                    mine
                )
                // {
                  __spliced = {
                    buildHost = theirs;
                    hostTarget = mine;
                  };
                }
              else
                mine;
            # never spliced, as in nixpkgs
            whole = [
              "pkgs"
              "buildPackages"
              "targetPackages"
              "lib"
              "stdenv"
              "stdenvNoCC"
              "config"
            ];
          in
          builtins.mapAttrs (
            name: value:
            if builtins.elem name whole then
              value
            else if name == "xorg" then
              builtins.mapAttrs (inner: package: splice package other.xorg.${inner}) value
            else
              splice value (other.${name} or value)
          ) final;

      extended =
        final: builtins.foldl' (prev: overlay: prev // overlay final prev) (packages final) overlays;
      result = extended result;
    in
    result;
in
packagesFor {
  build = buildSystem;
  host = system;
  target = system;
  targetPackages = null;
}

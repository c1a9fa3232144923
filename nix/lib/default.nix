# The builder: from the generated data to an application.
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
  src,
  overrides,
  preferSource,
  runtime,
  # packages whose programs are appended to PATH, null where nixpkgs has none
  tools,
  # the generated files
  tree,
  application,
}:

let
  manifest = builtins.fromJSON (builtins.readFile tree.manifest);

  source =
    if src != null then
      src
    else
      import tree.source { inherit lib fetchgit fetchFromGitHub; };

  # fixed output: the rest of the source may change without moving it
  fromSource =
    {
      name,
      path,
      hash,
      folder,
    }:
    buildPackages.runCommand name {
      outputHashMode = if folder then "recursive" else "flat";
      outputHash = hash;
    } "cp -R ${source}/${lib.escapeShellArg path} $out";

  dependencies = import tree.dependencies {
    inherit fetchurl fetchgit fromSource;
    # it would hand leaveDotGit on to a fetcher of archives, which knows no such argument
    fetchFromGitHub = given: fetchFromGitHub (removeAttrs given [ "leaveDotGit" ]);
  };
  layout = import tree.layout;
  nativeAddons = import tree.nativeAddons;

  settings = import ./overrides.nix { inherit lib dependencies; };
  overrideOf = settings.select "overrides" overrides;
  preferSourceOf = settings.select "preferSource" preferSource;

  # all that one kind of machine needs
  side =
    {
      stdenv,
      pkgs,
      nodejs,
    }:
    let
      platform = import ./platform.nix {
        inherit lib;
        platform = stdenv.hostPlatform;
      };
      packages = import ./packages.nix {
        inherit
          lib
          stdenv
          pkgs
          nodejs
          dependencies
          nativeAddons
          platform
          overrideOf
          preferSourceOf
          ;
        inherit (layout) placements;
      };
      keysOf = import ./scope.nix {
        inherit layout dependencies;
        inherit (platform) fits;
        inherit (packages) isLeftOut;
      };
      assemble = import ./node-modules.nix {
        inherit
          lib
          stdenv
          pkgs
          nodejs
          layout
          dependencies
          nativeAddons
          platform
          packages
          ;
      };
    in
    {
      inherit keysOf packages;
      modules =
        name: scope:
        assemble {
          name = "${application.name}-${name}-${application.version}";
          keys = keysOf scope;
        };
    };

  # build tools run here, the application there
  build = side {
    inherit (buildPackages) stdenv nodejs;
    pkgs = buildPackages;
  };
  host = side { inherit stdenv pkgs nodejs; };

  buildModules = build.modules "node-modules" {
    members = lib.unique [
      ""
      application.workspace
    ];
    dev = true;
  };
  allModules = build.modules "all-modules" {
    members = builtins.attrNames layout.workspaces;
    dev = true;
  };
  production = {
    members = [ application.workspace ];
    dev = false;
  };
  productionModules = host.modules "production-modules" production;

  runningMembers = lib.unique (
    [ application.workspace ]
    ++ lib.concatMap (
      key: lib.optional (layout.placements.${key} ? workspace) layout.placements.${key}.workspace
    ) (host.keysOf production)
  );

  package = import ./application.nix {
    inherit
      lib
      stdenv
      makeWrapper
      nodejs
      bun
      runtime
      source
      application
      layout
      productionModules
      ;
    nodeModules = buildModules;
    tools = builtins.filter (tool: tool != null) tools;
    buildNodejs = buildPackages.nodejs;
    buildBun = buildPackages.bun;
    inherit (manifest) lockfile;
    members = runningMembers;
    passthru = {
      nodeModules = buildModules;
      inherit allModules productionModules dependencies;
      nativeAddons = builtins.listToAttrs (
        map (id: {
          name = id;
          value = host.packages.package id;
        }) (builtins.filter (id: dependencies ? ${id}) (builtins.attrNames nativeAddons))
      );
      updateScript = [
        "mvn"
        "ocnix:generate"
      ];
      tests = import ./tests.nix {
        inherit lib application package;
        inherit (pkgs) runCommand;
      };
    };
  };
in
package

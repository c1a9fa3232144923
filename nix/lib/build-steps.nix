# What the application's build does besides its commands: shell lines for its phases.
{
  lib,
  stdenv,
  application,
  mode,
  buildNodejs,
  buildBun,
  nodeModules,
  productionModules,
  # paths of all workspaces
  workspaces,
}:

let
  writableOf =
    modules:
    import ./writable.nix {
      inherit stdenv;
      nodejs = buildNodejs;
    } {
      inherit modules;
      writable = application.writable or [ ];
    };

  # real files already
  isLinked = mode == "link";

  tools = removeAttrs {
    bun = "${buildBun}/bin/bun";
    bunx = "${buildBun}/bin/bunx";
    node = "${buildNodejs}/bin/node";
  } (application.packageTools or [ ]);

  ownScripts = application.ownScripts or [ ];
in
{
  # once node_modules is placed
  prepare = ''
    source ${./generated.sh}
    source ${./own-tools.sh}
    ${lib.optionalString isLinked "ocnixPlaceWritable ${nodeModules} ${writableOf nodeModules}"}
    ocnixOwnTools ${lib.escapeShellArg (builtins.concatStringsSep "\n" nodeModules.folders)} ${
      lib.escapeShellArgs (lib.mapAttrsToList (name: program: "${name}=${program}") tools)
    }
    ocnixPlaced
  '';

  # before the commands
  before = lib.optionalString (ownScripts != [ ]) (
    import ./own-scripts.nix { inherit lib; } {
      bun = buildBun;
      advice = "leave it out of ownScripts of the profile, or say in buildCommands what it is needed for";
      plan = ownScripts;
    }
  );

  # while node_modules is there
  collect = ''
    ocnixCollectGenerated ${nodeModules} ${lib.escapeShellArgs workspaces}
    if [ -d "$TMPDIR/ocnix-generated" ]; then ocnixForget ${nodeModules} "$TMPDIR/ocnix-generated"; fi
  '';

  # in the folder of the installed project
  install = ''
    if [ -d "$TMPDIR/ocnix-generated" ]; then
      ${lib.optionalString isLinked "ocnixPlaceWritable ${productionModules} ${writableOf productionModules}"}
      ocnixInstallGenerated ${nodeModules} .
    fi
  '';
}

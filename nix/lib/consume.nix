# The shell lines that put a node_modules scope into the project in the current folder.
{
  lib,
  layout,
}:

let
  binsOf = import ./bins.nix { inherit lib; };
  members = lib.filterAttrs (_: place: place ? workspace) layout.placements;
  lines = builtins.concatStringsSep "\n";

  memberLines = lib.mapAttrsToList (name: place: "${name}\t${place.workspace}") members;

  binLines = lib.concatLists (
    lib.mapAttrsToList (
      name: place:
      map (bin: "${name}\t${bin.command}\t${bin.path}") (binsOf {
        installed = name;
        entry = layout.workspaces.${place.workspace} or { };
      })
    ) members
  );
in
{
  # what nodeModules, productionModules and their like are
  modules,
  # "link" or "copy"
  mode,
}:

assert
  builtins.elem mode [
    "link"
    "copy"
  ]
  || throw "ocnix: mode is \"link\" or \"copy\", not \"${mode}\"";
''
  source ${./shebang.sh}
  source ${./consume.sh}
  ocnixFolders=${lib.escapeShellArg (lines modules.folders)}
  ocnixMembers=${lib.escapeShellArg (lines memberLines)}
  ocnixMemberBins=${lib.escapeShellArg (lines binLines)}
  ocnixConsume ${modules} ${mode}
''

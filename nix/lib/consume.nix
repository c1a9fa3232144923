# The shell lines that put a node_modules scope into the project in the current folder.
{
  lib,
  layout,
}:

let
  members = lib.filterAttrs (_: place: place ? workspace) layout.placements;
  lines = builtins.concatStringsSep "\n";

  memberLines = lib.mapAttrsToList (name: place: "${name}\t${place.workspace}") members;

  binLines = lib.concatLists (
    lib.mapAttrsToList (
      name: place:
      let
        workspace = layout.workspaces.${place.workspace} or { };
        unscoped = lib.last (lib.splitString "/" name);
      in
      if workspace ? binDir then
        [ "${name}\t*\t${workspace.binDir}" ]
      else if builtins.isString (workspace.bin or null) then
        [ "${name}\t${unscoped}\t${workspace.bin}" ]
      else
        lib.mapAttrsToList (command: path: "${name}\t${command}\t${path}") (workspace.bin or { })
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
  source ${./consume.sh}
  ocnixFolders=${lib.escapeShellArg (lines modules.folders)}
  ocnixMembers=${lib.escapeShellArg (lines memberLines)}
  ocnixMemberBins=${lib.escapeShellArg (lines binLines)}
  ocnixConsume ${modules} ${mode}
''

# The shell lines that put a node_modules scope into the project in the current folder.
{
  lib,
  layout,
}:

let
  binsOf = import ./bins.nix { inherit lib; };
  lines = builtins.concatStringsSep "\n";

  # every workspace is linked at the top of a hoisted tree
  topLinks = lib.mapAttrsToList (alias: place: {
    inherit alias;
    folder = "node_modules";
    path = "node_modules/${alias}";
    member = place.workspace;
    text = lib.removeSuffix "/" "${lib.optionalString (lib.hasInfix "/" alias) "../"}../${place.workspace}";
  }) (lib.filterAttrs (_: place: place ? workspace) layout.placements);

  # below .bun only copies can have them: links lead into the tree
  isMade = mode: link: mode == "copy" || !lib.hasPrefix "node_modules/.bun/" link.folder;

  linksFor = modules: mode: builtins.filter (isMade mode) (modules.memberLinks or topLinks);

  linkLine = link: "${link.path}\t${link.text}\t${link.member}";

  binLines =
    link:
    map (bin: "${link.folder}\t${link.alias}\t${bin.command}\t${bin.path}") (binsOf {
      installed = link.alias;
      entry = layout.workspaces.${link.member} or { };
    });
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
  ocnixMembers=${lib.escapeShellArg (lines (map linkLine (linksFor modules mode)))}
  ocnixMemberBins=${lib.escapeShellArg (lines (lib.concatMap binLines (linksFor modules mode)))}
  ocnixConsume ${modules} ${mode}
''

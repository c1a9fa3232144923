# The shell lines that put a node_modules scope into the project in the current folder.
{
  lib,
  layout,
  forms,
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
    precedence = "1 ${alias}";
    text = lib.removeSuffix "/" "${lib.optionalString (lib.hasInfix "/" alias) "../"}../${place.workspace}";
  }) (lib.filterAttrs (_: place: place ? workspace) layout.placements);

  # below .bun only copies can have them: links lead into the tree
  isMade = mode: link: mode == "copy" || !lib.hasPrefix "node_modules/.bun/" link.folder;

  linksFor = modules: mode: builtins.filter (isMade mode) (modules.memberLinks or topLinks);

  linkLine =
    link:
    "${forms.path "the place of a workspace" link.path}\t${forms.line "a link" link.text}\t${forms.line "a workspace" link.member}";

  binLines =
    link:
    map (
      bin:
      "${forms.path "a folder of node_modules" link.folder}\t${forms.path "the name of a workspace" link.alias}\t${forms.segment "a command of a workspace" bin.command}\t${forms.line "the file of a command" bin.path}"
    ) (binsOfMember link);

  binsOfMember =
    link:
    binsOf {
      installed = link.alias;
      entry = layout.workspaces.${link.member} or { };
    };

  # packages of the same folder that offer a command of a workspace, but come after it
  yieldLines =
    modules: link:
    let
      commands = map (bin: bin.command) (binsOfMember link);
      yields =
        program:
        program.folder == link.folder
        && link.precedence < program.precedence
        && lib.any (
          command: command == "*" || builtins.elem "*" program.commands || builtins.elem command program.commands
        ) commands;
    in
    lib.optionals (commands != [ ]) (
      lib.concatMap (program: map (text: "${link.folder}\t${link.alias}\t${text}") program.texts) (
        builtins.filter yields modules.offers
      )
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
  ocnixFolders=${lib.escapeShellArg (lines (map (forms.path "a folder of node_modules") modules.folders))}
  ocnixMembers=${lib.escapeShellArg (lines (map linkLine (linksFor modules mode)))}
  ocnixMemberBins=${lib.escapeShellArg (lines (lib.concatMap binLines (linksFor modules mode)))}
  ocnixYielding=${lib.escapeShellArg (lines (lib.concatMap (yieldLines modules) (linksFor modules mode)))}
  ocnixConsume ${modules} ${mode}
''

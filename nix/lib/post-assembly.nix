# What a project does to its node_modules after the installation, done to each scope.
{ lib }:

{
  modules,
  # the files that the commands need, by their paths in the source, and the commands
  postAssembly,
  # whether it is for what runs
  production,
  # programs for them
  tools,
  # names of scripts of packages that run, too, by "<name>@<resolution>"
  dependencyScripts,
  bun,
}:

let
  inherit (postAssembly) files;
  commands = postAssembly.commands ++ lib.optionals production postAssembly.productionCommands;

  scripts = builtins.concatMap (
    item:
    lib.optional (dependencyScripts ? ${item.id}) {
      inherit (item) path;
      scripts = dependencyScripts.${item.id};
    }
  ) (lib.optionals (dependencyScripts != { }) modules.graph);
in
if commands == [ ] && scripts == [ ] then
  modules
else
  modules.overrideAttrs (old: {
    nativeBuildInputs = old.nativeBuildInputs ++ tools;
    # the assembly ends the shell that it runs in
    buildCommand = ''
      (
        ${old.buildCommand}
      )
      export HOME="$TMPDIR"
      pushd "$out" > /dev/null
      ${lib.concatStrings (
        lib.mapAttrsToList (path: content: ''
          mkdir -p ./${lib.escapeShellArg (dirOf path)}
          cp ${content} ./${lib.escapeShellArg path}
        '') files
      )}
      ${lib.concatMapStrings (command: ''
        if ! ( ${command}
        ); then
          echo "ocnix: this command of the profile's postAssemble failed: "${lib.escapeShellArg command} >&2
          exit 1
        fi
      '') commands}
      ${lib.optionalString (scripts != [ ]) (
        import ./own-scripts.nix { inherit lib; } {
          inherit bun;
          advice = "take the package out of dependencyScripts of the profile, or let postAssemble do what the script would";
          plan = scripts;
        }
      )}
      for path in ${lib.escapeShellArgs (builtins.attrNames files)}; do
        rm -f "./$path"
        rmdir -p -- "$(dirname "$path")" 2> /dev/null || true
      done
      popd > /dev/null
      exit 0
    '';
  })

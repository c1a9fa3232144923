# Checks that need no network and no knowledge of the application.
{
  lib,
  runCommand,
  application,
  package,
}:

let
  inherit (package) nodeModules productionModules;

  # every link stays in its own store path; the consumer's lead to the production tree
  linksOf = path: allowed: ''
    find ${path} -type l -printf '%p\n' > links
    xargs -r -d '\n' readlink -m -- < links | paste links - | while IFS=$'\t' read -r link target; do
      case $target in
        ${path}/* | ${path}${lib.concatMapStrings (other: " | ${other}/*") allowed}) ;;
        *)
          echo "$link leads to $target" >&2
          exit 1
          ;;
      esac
      if [ ! -e "$link" ]; then
        echo "$link leads nowhere" >&2
        exit 1
      fi
    done
  '';
in
{
  # each program is there
  programs = runCommand "${application.name}-programs" { } ''
    for program in ${lib.escapeShellArgs (builtins.attrNames application.programs)}; do
      test -x "${package}/bin/$program"
    done
    touch "$out"
  '';

  links = runCommand "${application.name}-links" { } ''
    ${linksOf nodeModules [ ]}
    ${linksOf productionModules [ ]}
    ${linksOf package [ productionModules ]}
    touch "$out"
  '';
}

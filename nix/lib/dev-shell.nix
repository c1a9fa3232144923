# A shell for work on the project: the runtimes, and a command that puts node_modules into a checkout.
{
  lib,
  mkShell,
  writeShellScriptBin,
  nodejs,
  bun,
  application,
  lockfile,
  consume,
  allModules,
}:

let
  put =
    mode:
    consume {
      modules = allModules;
      inherit mode;
    };
  command = writeShellScriptBin "ocnix-node-modules" ''
    set -e
    case "''${1:-link}" in
      link | copy) mode=''${1:-link} ;;
      *)
        echo "usage: ocnix-node-modules [link|copy]    in the folder of "${lib.escapeShellArg lockfile.path} >&2
        exit 2
        ;;
    esac
    file=${lib.escapeShellArg (baseNameOf lockfile.path)}
    source ${./application.sh}
    if [ ! -f "$file" ] || ! ocnixIsLockfile ${lib.escapeShellArg lockfile.sha256} "$file"; then
      echo "ocnix: $PWD has not the $file that the tree was generated from; change to the project's root, or run mvn ocnix:generate" >&2
      exit 1
    fi
    # never over what an installer made
    for folder in ${lib.escapeShellArgs allModules.folders}; do
      if { [ -e "./$folder" ] || [ -L "./$folder" ]; } && [ ! -e "./$folder/.ocnix" ]; then
        echo "ocnix: $folder exists and is not ours; delete it, then run this again" >&2
        exit 1
      fi
    done
    if [ "$mode" = copy ]; then
      ${put "copy"}
    else
      ${put "link"}
    fi
    for folder in ${lib.escapeShellArgs allModules.folders}; do
      if [ -d "./$folder" ]; then touch "./$folder/.ocnix"; fi
    done
  '';
in
mkShell {
  packages = [
    nodejs
    bun
    command
  ];
}

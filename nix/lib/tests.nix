# Checks that need no network and no knowledge of the application.
{
  lib,
  runCommand,
  application,
  package,
}:

{
  # each program is there, and no link of the installed tree leads nowhere
  installed = runCommand "${application.name}-installed" { } ''
    for program in ${lib.escapeShellArgs (builtins.attrNames application.programs)}; do
      test -x "${package}/bin/$program"
    done
    dangling=$(find ${package} -xtype l)
    if [ -n "$dangling" ]; then
      echo "$dangling" >&2
      exit 1
    fi
    touch "$out"
  '';
}

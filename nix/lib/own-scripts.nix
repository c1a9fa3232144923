# The shell line that runs lifecycle scripts, of the project in the current folder or of packages in it.
{ lib }:

{
  bun,
  # what to do about a script that fails
  advice,
  # a list of { path, scripts }
  plan,
}:

"${bun}/bin/bun ${./own-scripts.js} ${./left-out-commands.json} ${lib.escapeShellArg advice} ${lib.escapeShellArg (builtins.toJSON plan)}"

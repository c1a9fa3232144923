# The commands that a package or a workspace offers, as { command, path }; "*" stands for each file of a folder.
{ lib }:

{
  # the name in node_modules
  installed,
  # has bin, a path or commands to paths; or binDir; or neither
  entry,
}:

if entry ? binDir then
  [
    {
      command = "*";
      path = entry.binDir;
    }
  ]
else if builtins.isString (entry.bin or null) then
  [
    {
      command = lib.last (lib.splitString "/" installed);
      path = entry.bin;
    }
  ]
else
  lib.mapAttrsToList (command: path: { inherit command path; }) (entry.bin or { })

# Names of files that hold secrets, as tools call them: such a file is no part of a source and of no package.
{ lib }:

let
  # "samples" show how such a file looks
  inherit (builtins.fromJSON (builtins.readFile ./secrets.json)) names samples;

  matches =
    name: glob:
    builtins.match (builtins.replaceStrings [ "." "*" ] [ "\\." ".*" ] glob) name != null;

  options = lib.concatMapStringsSep " -o " (glob: "-iname ${lib.escapeShellArg glob}");
in
{
  isSecret =
    name:
    let
      lower = lib.toLower name;
    in
    lib.any (matches lower) names && !lib.any (matches lower) samples;

  # the same as a condition of find
  found = "\\( ${options names} \\) ! \\( ${options samples} \\)";
}

# Names of files that hold secrets, as tools call them: such a file is no part of a source and of no package.
{ lib }:

let
  # "samples" show how such a file looks
  inherit (builtins.fromJSON (builtins.readFile ./secrets.json)) names samples;

  # whether a name is one of the globs, each of which has one star at most; asked for each file of a project
  among =
    globs:
    let
      hasStar = glob: builtins.match ".*[*].*" glob != null;
      whole = builtins.listToAttrs (
        map (name: {
          inherit name;
          value = true;
        }) (builtins.filter (glob: !hasStar glob) globs)
      );
      parts = map (glob: builtins.match "(.*)[*](.*)" glob) (builtins.filter hasStar globs);
      fits =
        name: part:
        let
          before = builtins.head part;
          after = lib.last part;
        in
        builtins.stringLength name >= builtins.stringLength before + builtins.stringLength after
        && lib.hasPrefix before name
        && lib.hasSuffix after name;
    in
    name: whole ? ${name} || lib.any (fits name) parts;
  isName = among names;
  isSample = among samples;

  options = lib.concatMapStringsSep " -o " (glob: "-iname ${lib.escapeShellArg glob}");
in
{
  isSecret =
    name:
    let
      lower = lib.toLower name;
    in
    isName lower && !isSample lower;

  # the same as a condition of find
  found = "\\( ${options names} \\) ! \\( ${options samples} \\)";
}

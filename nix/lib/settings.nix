# The user's settings per package, by "<name>@<resolution>" or "<name>"; the longer key wins.
{
  lib,
  # what the keys may name, as "<name>@<resolution>"
  ids,
}:

let
  known = builtins.listToAttrs (
    map (name: {
      inherit name;
      value = true;
    }) ids
  );

  # the name in "<name>@<resolution>"; a scope's @ is part of it
  nameOf = id: builtins.head (builtins.match "(@?[^@]*)@.*" id);

  names = builtins.listToAttrs (
    map (id: {
      name = nameOf id;
      value = true;
    }) ids
  );

  commonStart =
    a: b:
    let
      limit = lib.min (builtins.stringLength a) (builtins.stringLength b);
      walk =
        i:
        if i < limit && builtins.substring i 1 a == builtins.substring i 1 b then walk (i + 1) else i;
    in
    walk 0;

  commonEnd =
    a: b:
    let
      la = builtins.stringLength a;
      lb = builtins.stringLength b;
      limit = lib.min la lb;
      walk =
        i:
        if
          i < limit
          && builtins.substring (la - i - 1) 1 a == builtins.substring (lb - i - 1) 1 b
        then
          walk (i + 1)
        else
          i;
    in
    walk 0;

  # a typing mistake: equal but for two neighbouring characters at most
  alike =
    a: b:
    commonStart a b + commonEnd a b
    >= lib.max (builtins.stringLength a) (builtins.stringLength b) - 2;

  near =
    key:
    let
      parts = builtins.match "(@?[^@]*)@.*" key;
      name = if parts == null then key else builtins.head parts;
      last = text: lib.last (lib.splitString "/" text);
      versions = builtins.filter (lib.hasPrefix "${name}@") ids;
      similar = builtins.filter (
        other: alike name other || alike (last name) (last other) || lib.hasInfix name other
      ) (builtins.attrNames names);
    in
    lib.take 8 (if versions != [ ] then versions else similar);

  unknown =
    setting: what: key:
    let
      hints = near key;
    in
    throw (
      "ocnix: ${setting}.\"${key}\" names no ${what}; "
      + (
        if hints == [ ] && builtins.length ids <= 12 then
          "it can name ${lib.concatStringsSep ", " ids}"
        else if hints == [ ] then
          "correct the key, or take it away"
        else
          "near it are ${lib.concatStringsSep ", " hints}"
      )
    );
in
{
  # the setting's name for messages, what its keys name, and its value, to a function from id to [ ] or a list of the one value
  select =
    setting: what: settings:
    let
      checked = builtins.all (key: known ? ${key} || names ? ${key} || unknown setting what key) (
        builtins.attrNames settings
      );
      lookup =
        id:
        if settings ? ${id} then
          [ settings.${id} ]
        else if settings ? ${nameOf id} then
          [ settings.${nameOf id} ]
        else
          [ ];
    in
    if settings == { } then
      (id: [ ])
    else
      assert checked;
      lookup;
}

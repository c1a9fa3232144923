# Names in namespaces that others share: options, units, users, an overlay's attributes. A project calls itself as it
# likes, so its name stands there only where it means nothing yet.
{ lib }:

let
  taken = builtins.fromJSON (builtins.readFile ./taken-names.json);

  # whole families: units of systemd, users of Nix' builders, what Home Manager and NixOS keep for themselves
  isFamily =
    name: builtins.match "(systemd|dbus|getty|user|nix|nixbld|nixos|home-manager|initrd)([-_.0-9].*)?" name != null;

  # a user's name has 31 characters at most
  isPlain = name: builtins.match "[A-Za-z][A-Za-z0-9_.-]{0,30}" name != null;

  # arguments that functions of nixpkgs have without there being a package: callPackage would fill them
  isArgument =
    name:
    builtins.match "(do|dont|enable|extra|is|has|use|with)[A-Z].*|.*(Flags|Hook|Inputs|Phase|Support)" name != null
    || builtins.elem name [
      "abi"
      "args"
      "branch"
      "channel"
      "debug"
      "extensions"
      "flavor"
      "gui"
      "hash"
      "meta"
      "minimal"
      "name"
      "options"
      "patches"
      "platform"
      "plugins"
      "pname"
      "prefix"
      "python"
      "rev"
      "self"
      "settings"
      "sha256"
      "shared"
      "source"
      "static"
      "super"
      "system"
      "tools"
      "type"
      "url"
      "variant"
      "version"
      "wayland"
      "x11"
    ];

  safe = builtins.replaceStrings [ "+" "=" "?" ] [ "-" "-" "-" ];

  # two long names stay two
  short =
    name:
    if builtins.stringLength name <= 31 then
      name
    else
      "${builtins.substring 0 22 name}-${builtins.substring 0 8 (builtins.hashString "sha256" name)}";

  prefixed = name: short (safe "ocnix-${name}");
in
{
  # of the options, the unit, its user and its group
  option =
    name:
    let
      lower = lib.toLower name;
    in
    if isPlain name && !isFamily lower && !builtins.elem lower taken then name else prefixed name;

  # the overlay's own set: one attribute, which no package of nixpkgs or of an overlay before it has
  added =
    prev: name: package:
    let
      free = builtins.filter (attribute: !(prev ? ${attribute})) (
        (if isArgument name then [ ] else [ name ]) ++ [ "ocnix-${name}" ]
      );
    in
    if free == [ ] then { } else { ${builtins.head free} = package; };
}

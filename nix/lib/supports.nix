# Whether all that a workspace needs at run time has its native parts on a platform, as far as the tree knows.
{
  lib,
  layout,
  dependencies,
  nativeAddons,
  # a list, empty where the user gives nothing
  overrideOf,
  # the workspace
  member,
}:

# of nixpkgs, or a system's name
given:

let
  parts = lib.splitString "-" given;
  platform =
    if builtins.isString given then
      {
        system = given;
        parsed.cpu.name = builtins.head parts;
        isLinux = lib.last parts == "linux";
        isDarwin = lib.last parts == "darwin";
        isMusl = false;
      }
    else
      given;
  names = import ./platform.nix { inherit lib platform; };
  addons = import ./addons.nix {
    inherit lib nativeAddons;
    platform = names;
    # a wish for one platform need not fit another one
    preferSourceOf = _: [ ];
  };
  keys =
    import ./scope.nix
      {
        inherit lib layout dependencies;
        inherit (names) fits;
        isLeftOut = _: false;
      }
      {
        members = [ member ];
        dev = false;
        # an application runs without what is optional
        optional = false;
        optionalPeers = false;
      };

  # it cannot do without a native part, and there is none for this platform
  lacks =
    id:
    nativeAddons ? ${id}
    && nativeAddons.${id}.essential or false
    && overrideOf id == [ ]
    && addons.outcome id == "none";
in
!lib.any (key: lacks (layout.placements.${key}.id or "")) keys

# Written by ocnix: adds the package, and replaces none. Where nixpkgs has one of that name, it is ocnix-<name>.
final: prev:
(import ./lib/names.nix { inherit (prev) lib; }).added prev @NAME@ (
  final.callPackage ./package.nix { src = null; }
)

# Written by ocnix: the package, for nix-build and import. Arguments other than
# pkgs go to package.nix.
{
  pkgs ? import <nixpkgs> { },
  ...
}@args:

pkgs.callPackage ./package.nix ({ src = null; } // removeAttrs args [ "pkgs" ])

# Written by ocnix.
final: prev: {
  @NAME@ = final.callPackage ./package.nix { src = null; };
}

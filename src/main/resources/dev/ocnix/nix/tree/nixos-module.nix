# Written by ocnix: a NixOS module, for imports.
import ./lib/module.nix {
  name = @NAME@;
  packageFor = pkgs: import ./default.nix { inherit pkgs; };
  kind = "nixos";
}

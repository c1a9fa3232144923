# Written by ocnix: a Home Manager module, for imports.
import ./lib/module.nix {
  name = @NAME@;
  packageFor = pkgs: import ./default.nix { inherit pkgs; };
  kind = "home";
}

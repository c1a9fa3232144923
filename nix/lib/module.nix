# A module for NixOS, nix-darwin or Home Manager: programs.<name>.enable.
{
  self,
  name,
  # from the package to what the system is told
  select,
}:

{
  config,
  lib,
  pkgs,
  ...
}:

let
  settings = config.programs.${name};
in
{
  options.programs.${name} = {
    enable = lib.mkEnableOption name;
    package = lib.mkOption {
      type = lib.types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.default;
      description = "The package to install.";
    };
  };

  config = lib.mkIf settings.enable (select settings.package);
}

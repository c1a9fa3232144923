# Written by ocnix. flake.lock beside it is yours.
{
  description = "A Bun project, packaged by ocnix";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      name = @NAME@;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forSystems =
        f:
        builtins.listToAttrs (
          map (system: {
            name = system;
            value = f nixpkgs.legacyPackages.${system} (self.packages.${system} or { });
          }) systems
        );
      module = select: import ./lib/module.nix { inherit self name select; };
    in
    {
      packages = forSystems (
        pkgs: _:
        let
          package = import ./default.nix { inherit pkgs; };
        in
        {
          default = package;
          ${name} = package;
        }
      );

      apps = forSystems (
        pkgs: packages:
        let
          app = {
            type = "app";
            program = "${packages.default}/bin/${packages.default.meta.mainProgram or name}";
          };
        in
        {
          default = app;
          ${name} = app;
        }
      );

      overlays.default = import ./overlay.nix;

      devShells = forSystems (
        pkgs: packages: { default = packages.default.devShell; }
      );

      checks = forSystems (pkgs: packages: packages.default.tests);

      nixosModules.default = module (package: { environment.systemPackages = [ package ]; });
      darwinModules.default = module (package: { environment.systemPackages = [ package ]; });
      homeModules.default = module (package: { home.packages = [ package ]; });
    };
}

# Written by ocnix. flake.lock beside it is yours.
{
  description = "A Bun project, packaged by ocnix";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      name = @NAME@;
      # not every nixpkgs has all of them
      systems = builtins.filter (system: nixpkgs.legacyPackages ? ${system}) [
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
    in
    {
      packages = forSystems (
        pkgs: _:
        let
          package = import ./default.nix { inherit pkgs; };
        in
        { ${name} = package; } // { default = package; }
      );

      apps = forSystems (
        pkgs: packages:
        let
          app = {
            type = "app";
            program = "${packages.default}/bin/${packages.default.meta.mainProgram or name}";
            meta.description = packages.default.meta.description or name;
          };
        in
        { ${name} = app; } // { default = app; }
      );

      overlays.default = import ./overlay.nix;

      devShells = forSystems (
        pkgs: packages: { default = packages.default.devShell; }
      );

      checks = forSystems (pkgs: packages: packages.default.tests);

      nixosModules.default = import ./nixos-module.nix;
      homeModules.default = import ./home-module.nix;
      darwinModules.default = import ./lib/module.nix {
        inherit name;
        packageFor = pkgs: import ./default.nix { inherit pkgs; };
        kind = "darwin";
      };
    };
}

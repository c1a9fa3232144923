# A shell for work on the project: the runtimes, and the path of a complete node_modules.
{ pkgs, package }:

pkgs.mkShell {
  packages = [
    pkgs.nodejs
    pkgs.bun
  ];
  OCNIX_NODE_MODULES = "${package.allModules}";
}

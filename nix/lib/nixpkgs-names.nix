# Attributes of nixpkgs by the names that hints use, wherever nixpkgs keeps them now.
{ lib, pkgs }:

let
  # the old home of what moved to the top level
  formerly = {
    cctools = "darwin.cctools";
    libgbm = "mesa";
    libuuid = "util-linux";
    libx11 = "xorg.libX11";
    libxcb = "xorg.libxcb";
    libxcomposite = "xorg.libXcomposite";
    libxcursor = "xorg.libXcursor";
    libxdamage = "xorg.libXdamage";
    libxext = "xorg.libXext";
    libxfixes = "xorg.libXfixes";
    libxi = "xorg.libXi";
    libxinerama = "xorg.libXinerama";
    libxkbfile = "xorg.libxkbfile";
    libxrandr = "xorg.libXrandr";
    libxrender = "xorg.libXrender";
    libxscrnsaver = "xorg.libXScrnSaver";
    libxt = "xorg.libXt";
    libxtst = "xorg.libXtst";
    node-gyp = "nodePackages.node-gyp";
    udev = "systemd";
    unixodbc = "unixODBC";
  };
  path = lib.splitString ".";
  has = name: lib.hasAttrByPath (path name) pkgs;
  at = name: lib.attrByPath (path name) null pkgs;
in
who: name:
if name == "stdenv.cc.cc.lib" then
  pkgs.stdenv.cc.cc.lib or pkgs.stdenv.cc.cc
# null where the system brings it
else if has name then
  at name
else if formerly ? ${name} && has formerly.${name} then
  at formerly.${name}
else
  throw "ocnix: ${who} needs ${name}, which this nixpkgs does not have; put a derivation in its place with overrides"

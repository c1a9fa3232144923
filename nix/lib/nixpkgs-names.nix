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
    libxscrnsaver = "xorg.libXScrnSaver";
    libxt = "xorg.libXt";
    libxtst = "xorg.libXtst";
    node-gyp = "nodePackages.node-gyp";
    udev = "systemd";
    unixodbc = "unixODBC";
  };
  at = name: lib.attrByPath (lib.splitString "." name) null pkgs;
in
who: name:
let
  found = at name;
  old = if formerly ? ${name} then at formerly.${name} else null;
in
if name == "stdenv.cc.cc.lib" then
  pkgs.stdenv.cc.cc.lib or pkgs.stdenv.cc.cc
else if found != null then
  found
else if old != null || lib.hasAttrByPath (lib.splitString "." name) pkgs then
  old
else
  throw "ocnix: ${who} needs ${name}, which this nixpkgs does not have; put a derivation in its place with overrides"

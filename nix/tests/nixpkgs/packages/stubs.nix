# Packages that evaluate and do not build, by nixpkgs' names; where a name is only in some releases, a comment says so.
{
  lib,
  platform,
  buildSystem,
  finish,
}:

let
  stub =
    name: outputs:
    finish { } (derivation {
      name = "${name}-stand-in";
      inherit outputs;
      system = buildSystem;
      # tells one platform's package from another's
      builtFor = platform.config;
      builder = "/bin/sh";
      args = [
        "-c"
        "echo 'the stand-in for nixpkgs has no ${name} to build: it only evaluates; take nixpkgs itself' >&2; exit 1"
      ];
    });

  plain = [ "out" ];
  library = [
    "out"
    "dev"
  ];
  binFirst = [
    "bin"
    "dev"
    "out"
  ];
  libs = {
    alsa-lib = library;
    avahi = library;
    avahi-compat = library;
    bluez = plain;
    cairo = library;
    dbus = library;
    expat = library;
    fontconfig = binFirst;
    freetype = library;
    gdk-pixbuf = library;
    giflib = plain;
    glib = [
      "bin"
      "out"
      "dev"
    ];
    gtk3 = library;
    krb5 = library;
    libffi = library;
    libgbm = library;
    libjpeg = binFirst;
    libpcap = plain;
    libpng = library;
    libpulseaudio = library;
    librsvg = library;
    libsecret = library;
    libsodium = library;
    libusb1 = library;
    libuv = library;
    libxkbcommon = library;
    mesa = plain;
    nspr = library;
    nss = library;
    openssl = binFirst;
    pango = binFirst;
    pixman = plain;
    sqlite = binFirst;
    systemd = library;
    udev = library;
    vips = [
      "bin"
      "out"
      "man"
      "dev"
    ];
    webkitgtk_4_1 = library;
    zeromq = library;
    zlib = library;
    zstd = [
      "out"
      "bin"
      "dev"
    ];
  };
  programs = [
    # before 24.11 only in darwin
    "cctools"
    "cmake"
    "ninja"
    "openssh"
    "ripgrep"
  ];
  # at the top level since 25.11, before that in xorg
  x11 = {
    libx11 = "libX11";
    libxext = "libXext";
    libxi = "libXi";
    libxtst = "libXtst";
    libxrandr = "libXrandr";
    libxcb = "libxcb";
  };
  linuxOnly = [
    "alsa-lib"
    "bluez"
    "systemd"
    "udev"
  ];
  all =
    builtins.mapAttrs stub libs
    // lib.genAttrs programs (name: stub name plain)
    // builtins.mapAttrs (name: _: stub name library) x11;
in
all
// lib.optionalAttrs (!platform.isLinux) (
  lib.genAttrs linuxOnly (name: throw "Package ‘${name}’ is not available on the requested hostPlatform: ${platform.system}, refusing to evaluate.")
)
// {
  xorg = builtins.listToAttrs (
    map (name: lib.nameValuePair x11.${name} all.${name}) (builtins.attrNames x11)
  );
}

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
  libs =
    lib.genAttrs [
      "abseil-cpp"
      "alsa-lib"
      "at-spi2-core"
      "avahi"
      "avahi-compat"
      "blas"
      "boost"
      "bzip2"
      "c-ares"
      "cairo"
      "cups"
      "curl"
      "cyrus_sasl"
      "dbus"
      "eigen"
      "elfutils"
      "expat"
      "file"
      "flac"
      "fmt"
      "freeglut"
      "freetype"
      "fuse"
      "fuse3"
      "gdk-pixbuf"
      "glew"
      "glfw"
      "glm"
      "gmp"
      "gnutls"
      "gobject-introspection"
      "graphene"
      "grpc"
      "gtest"
      "gtk3"
      "gtk4"
      "harfbuzz"
      "hdf5"
      "hidapi"
      "hiredis"
      "icu"
      "keyutils"
      "krb5"
      "lame"
      "lapack"
      "lcms2"
      "leveldb"
      "libappindicator"
      "libarchive"
      "libayatana-appindicator"
      "libcap"
      "libdrm"
      "libepoxy"
      "libevdev"
      "libevent"
      "libffi"
      "libgbm"
      "libgit2"
      "libGL"
      "libGLU"
      "libgphoto2"
      "libidn"
      "libidn2"
      "libinput"
      "libjack2"
      "libmodbus"
      "libmysqlclient"
      "libnl"
      "libnotify"
      "libogg"
      "libopus"
      "libpng"
      "libpulseaudio"
      "librsvg"
      "libsass"
      "libseccomp"
      "libsecret"
      "libsndfile"
      "libsodium"
      "libsoup_3"
      "libssh"
      "libssh2"
      "libtiff"
      "libunwind"
      "libusb1"
      "libuv"
      "libvorbis"
      "libwebp"
      "libxcrypt"
      "libxcrypt-legacy"
      "libxkbcommon"
      "libxml2"
      "libxslt"
      "libyaml"
      "libzip"
      "lmdb"
      "lttng-ust"
      "lua5_1"
      "lz4"
      "mosquitto"
      "mpg123"
      "ncurses"
      "nghttp2"
      "nlohmann_json"
      "nspr"
      "nss"
      "openal"
      "opencv"
      "openldap"
      "pam"
      "pcre2"
      "pipewire"
      "poppler"
      "portaudio"
      "postgresql"
      "protobuf"
      "rdkafka"
      "readline"
      "rocksdb"
      "SDL2"
      "snappy"
      "spdlog"
      "speechd"
      "systemd"
      "udev"
      "unixodbc"
      "util-linux"
      "v4l-utils"
      "vulkan-loader"
      "wayland"
      "webkitgtk_4_1"
      "webkitgtk_6_0"
      "zeromq"
      "zlib"
    ] (_: library)
    // lib.genAttrs [
      "bluez"
      "giflib"
      "libpcap"
      "mesa"
      "pixman"
    ] (_: plain)
    // lib.genAttrs [
      "fontconfig"
      "libjpeg"
      "openssl"
      "pango"
      "sqlite"
    ] (_: binFirst)
    // {
      glib = [
        "bin"
        "out"
        "dev"
      ];
      vips = [
        "bin"
        "out"
        "man"
        "dev"
      ];
      zstd = [
        "out"
        "bin"
        "dev"
      ];
    };
  programs = [
    "biome"
    # before 24.11 only in darwin
    "cctools"
    "chromium"
    "cmake"
    "cypress"
    "dart-sass"
    "dprint"
    "electron"
    "esbuild"
    "ffmpeg"
    "mongodb"
    "ninja"
    "openssh"
    "p7zip"
    "prisma-engines"
    # since 25.05
    "prisma-engines_6"
    # since 25.11
    "prisma-engines_7"
    "ripgrep"
    "sentry-cli"
    "turbo"
  ];
  # at the top level since 25.11, before that in xorg
  x11 = {
    libx11 = "libX11";
    libxcb = "libxcb";
    libxcomposite = "libXcomposite";
    libxcursor = "libXcursor";
    libxdamage = "libXdamage";
    libxext = "libXext";
    libxfixes = "libXfixes";
    libxi = "libXi";
    libxinerama = "libXinerama";
    libxkbfile = "libxkbfile";
    libxrandr = "libXrandr";
    libxrender = "libXrender";
    libxscrnsaver = "libXScrnSaver";
    libxt = "libXt";
    libxtst = "libXtst";
  };
  # by meta.platforms of nixpkgs, less what is marked as broken on macOS (wayland, webkitgtk) or builds on nothing but
  # Linux' own (libgbm); udev is systemd's, or libudev-zero for a Linux without
  linuxOnly = [
    "alsa-lib"
    "bluez"
    "chromium"
    "elfutils"
    "fuse3"
    "keyutils"
    "libappindicator"
    "libayatana-appindicator"
    "libcap"
    "libdrm"
    "libevdev"
    "libgbm"
    "libinput"
    "libnl"
    "libseccomp"
    "libunwind"
    "lttng-ust"
    "pipewire"
    "speechd"
    "systemd"
    "udev"
    "v4l-utils"
    "wayland"
    "webkitgtk_4_1"
    "webkitgtk_6_0"
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
  # nixpkgs has nothing in its place where the system brings it
  libuuid = if platform.isLinux then stub "libuuid" library else null;
  gst_all_1 = lib.genAttrs [ "gstreamer" "gst-plugins-base" ] (name: stub name library);
  playwright-driver.browsers = stub "playwright-browsers" plain;
  xorg = builtins.listToAttrs (
    map (name: lib.nameValuePair x11.${name} all.${name}) (builtins.attrNames x11)
  );
}

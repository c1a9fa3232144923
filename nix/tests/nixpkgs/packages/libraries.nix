# Libraries of the host with their headers, for what compiles against them; each is a Debian package that the host must have.
{
  lib,
  platform,
  finish,
}:

let
  multiarch = "${platform.parsed.cpu.name}-linux-gnu";

  library =
    {
      name,
      # Debian's package with the headers
      debian,
      # files of the multiarch folder, by the names that programs link
      files,
      # folders of /usr/include
      headers,
      # modules of pkg-config
      modules,
      propagated ? [ ],
    }:
    finish { } (derivation {
      name = "${name}-host";
      outputs = [
        "out"
        "dev"
      ];
      inherit (platform) system;
      inherit
        debian
        files
        headers
        modules
        multiarch
        ;
      propagated = map lib.getDev propagated;
      builder = "/bin/sh";
      args = [ ../setup/host-library.sh ];
    });
in
rec {
  glib = library {
    name = "glib";
    debian = "libglib2.0-dev";
    files = [
      "libglib-2.0.so"
      "libgobject-2.0.so"
      "libgio-2.0.so"
      "libgmodule-2.0.so"
      # holds headers, too
      "glib-2.0"
    ];
    headers = [
      "glib-2.0"
      "gio-unix-2.0"
    ];
    modules = [
      "glib-2.0"
      "gobject-2.0"
      "gio-2.0"
      "gio-unix-2.0"
      "gmodule-2.0"
    ];
  };
  libsecret = library {
    name = "libsecret";
    debian = "libsecret-1-dev";
    files = [ "libsecret-1.so" ];
    headers = [ "libsecret-1" ];
    modules = [ "libsecret-1" ];
    propagated = [ glib ];
  };
}

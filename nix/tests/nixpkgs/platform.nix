# A platform from its name, with the facts that packages ask for. A suffix -musl is the stand-in's own.
name:

let
  parts = builtins.match "([^-]*)-([^-]*)(-musl)?" name;
  cpu = builtins.head parts;
  kernel = builtins.elemAt parts 1;
  isMusl = builtins.elemAt parts 2 != null;
  isLinux = kernel == "linux";
  isDarwin = kernel == "darwin";
in
rec {
  system = "${cpu}-${kernel}";
  config =
    if isDarwin then
      "${if isAarch64 then "arm64" else cpu}-apple-darwin"
    else
      "${cpu}-unknown-linux-${if isMusl then "musl" else "gnu"}";
  inherit isMusl isLinux isDarwin;
  isMacOS = isDarwin;
  isUnix = true;
  isWindows = false;
  isGnu = isLinux && !isMusl;
  isx86_64 = cpu == "x86_64";
  isAarch64 = cpu == "aarch64";
  isx86 = isx86_64;
  isAarch = isAarch64;
  is64bit = true;
  is32bit = false;
  isStatic = false;
  libc = if isDarwin then "libSystem" else if isMusl then "musl" else "glibc";
  extensions = {
    sharedLibrary = if isDarwin then ".dylib" else ".so";
    executable = "";
    staticLibrary = ".a";
  };
  parsed = {
    cpu = {
      name = cpu;
      bits = 64;
      family = if isx86_64 then "x86" else "arm";
    };
    kernel.name = kernel;
    vendor.name = if isDarwin then "apple" else "unknown";
    abi.name = if isDarwin then "unknown" else if isMusl then "musl" else "gnu";
  };
  node = {
    platform = kernel;
    arch = if isx86_64 then "x64" else "arm64";
  };
  canExecute = other: other.system == system && other.libc == libc;
}

# A platform in npm's names, and whether a package's limits admit it.
{ lib, platform }:

let
  cpus = {
    x86_64 = "x64";
    aarch64 = "arm64";
    i486 = "ia32";
    i586 = "ia32";
    i686 = "ia32";
    armv5tel = "arm";
    armv6l = "arm";
    armv7a = "arm";
    armv7l = "arm";
    powerpc64 = "ppc64";
    powerpc64le = "ppc64";
    powerpc = "ppc";
    loongarch64 = "loong64";
  };
  parsedCpu = platform.parsed.cpu.name;

  os =
    if platform.isLinux then
      "linux"
    else if platform.isDarwin then
      "darwin"
    else
      throw "ocnix: this tree serves Linux and Darwin, not ${platform.system}; evaluate it with the pkgs of such a system, for example x86_64-linux";
  cpu = cpus.${parsedCpu} or parsedCpu;
  libc = if platform.isMusl then "musl" else "glibc";

  # npm's rule: a negated name that matches forbids; else a plain name must match, if there is one
  admits =
    value: names:
    let
      plain = builtins.filter (name: !lib.hasPrefix "!" name) names;
    in
    !builtins.elem "!${value}" names
    && (builtins.elem value plain || (plain == [ ] && names != [ ]));
in
{
  inherit os cpu libc;
  inherit (platform) system;

  # limits: attributes os, cpu and libc, each absent or a list
  fits =
    limits:
    (!(limits ? os) || admits os limits.os)
    && (!(limits ? cpu) || admits cpu limits.cpu)
    && (!(limits ? libc) || (os == "linux" && admits libc limits.libc));

  # whether a binary, as its header describes it, runs here
  runs =
    binary:
    binary.os == os
    && (binary.cpus == [ ] || builtins.elem cpu binary.cpus)
    && (!(binary ? libc) || os != "linux" || binary.libc == libc);
}

# Packages that stand for a program of the machine that builds: links, so that only who declares one sees it.
{
  lib,
  platform,
  # marks and metadata of a package
  finish,
}:

let
  multiarch = "${platform.parsed.cpu.name}-linux-gnu";
  loader = if platform.isAarch64 then "ld-linux-aarch64.so.1" else "ld-linux-x86-64.so.2";

  tool =
    {
      name,
      programs,
      debian ? name,
      more ? "",
      mainProgram ? name,
    }:
    finish { inherit mainProgram; } (derivation {
      name = "${name}-host";
      inherit programs debian more;
      inherit (platform) system;
      builder = "/bin/sh";
      args = [ ../setup/host-tool.sh ];
    });

  # a folder made by the host's own shell
  folder =
    name: outputs: commands:
    derivation {
      inherit name outputs;
      inherit (platform) system;
      builder = "/bin/sh";
      args = [
        "-ec"
        "PATH=/host/bin\n${commands}\nexit 0\n"
      ];
    };

  libraries = names: ''
    for name in ${toString names}; do
      test -e /lib/${multiarch}/$name || { echo "the host has no /lib/${multiarch}/$name: apt-get install g++" >&2; exit 1; }
      ln -s /lib/${multiarch}/$name "$to/lib/$name"
    done
  '';
in
rec {
  # nixpkgs' usual initial path
  initial = [
    coreutils
    findutils
    diffutils
    gnused
    gnugrep
    gawk
    gnutar
    gzip
    bzip2
    gnumake
    bash
    patch
    xz
    file
    patchelf
  ];

  bash = tool {
    name = "bash";
    programs = [
      "bash"
      "sh=bash"
    ];
  };
  coreutils = tool {
    name = "coreutils";
    programs = map (program: "${program}?") (
      lib.splitString " " "[ b2sum base32 base64 basename basenc chcon chgrp chmod chown chroot cksum comm csplit cut date dd df dir dircolors dirname du echo expand expr factor false fmt fold groups head hostid id install join kill link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink uptime users vdir wc who whoami yes"
    )
    ++ [
      "cat"
      "cp"
      "env"
    ];
  };
  findutils = tool {
    name = "findutils";
    mainProgram = "find";
    programs = [
      "find"
      "xargs"
    ];
  };
  diffutils = tool {
    name = "diffutils";
    mainProgram = "diff";
    programs = [
      "diff"
      "cmp"
      "diff3?"
      "sdiff?"
    ];
  };
  gnused = tool {
    name = "gnused";
    debian = "sed";
    mainProgram = "sed";
    programs = [ "sed" ];
  };
  gnugrep = tool {
    name = "gnugrep";
    debian = "grep";
    mainProgram = "grep";
    programs = [
      "grep"
      "egrep?"
      "fgrep?"
    ];
  };
  gawk = tool {
    name = "gawk";
    programs = [
      "awk=gawk|mawk"
      "gawk?"
    ];
  };
  gnutar = tool {
    name = "gnutar";
    debian = "tar";
    mainProgram = "tar";
    programs = [ "tar" ];
  };
  gzip = tool {
    name = "gzip";
    programs = [
      "gzip"
      "gunzip"
      "zcat"
    ];
  };
  bzip2 = tool {
    name = "bzip2";
    programs = [
      "bzip2"
      "bunzip2"
    ];
  };
  gnumake = tool {
    name = "gnumake";
    debian = "make";
    mainProgram = "make";
    programs = [ "make" ];
  };
  patch = tool {
    name = "patch";
    programs = [ "patch" ];
  };
  xz = tool {
    name = "xz";
    debian = "xz-utils";
    programs = [
      "xz"
      "unxz"
    ];
  };
  file = tool {
    name = "file";
    programs = [ ];
    more = wrap "file" "MAGIC=/host/lib/file/magic.mgc";
  };
  patchelf = tool {
    name = "patchelf";
    programs = [ "patchelf" ];
  };
  git = tool {
    name = "git";
    programs = [ ];
    # the host's settings and templates are not for builds
    more = wrap "git" "GIT_CONFIG_NOSYSTEM=1 GIT_TEMPLATE_DIR= GIT_EXEC_PATH=/host/lib/git-core";
  };
  curl = tool {
    name = "curl";
    programs = [ "curl" ];
  };
  # the standard library alone
  python3 = tool {
    name = "python3";
    programs = [ ];
    more = ''
      printf '#!%s/bin/sh\nexec /host/bin/python3 -S "$@"\n' ${bash} > "$out/bin/python3"
      /host/bin/chmod +x "$out/bin/python3"
      /host/bin/ln -s python3 "$out/bin/python"
      test -x /host/bin/python3 || { echo "the host has no python3: apt-get install python3" >&2; exit 1; }
    '';
  };
  # without the host's libraries: only what is an input is found
  pkg-config = tool {
    name = "pkg-config";
    programs = [ ];
    more = ''
      ${wrap "pkg-config" "PKG_CONFIG_LIBDIR="}
      /host/bin/mkdir "$out/nix-support"
      /host/bin/cp ${../setup/pkg-config-hook.sh} "$out/nix-support/setup-hook"
    '';
  };
  cacert = finish { } (
    folder "nss-cacert-host" [ "out" ] ''
      mkdir -p "$out/etc/ssl/certs"
      ln -s /host-certificates/ca-certificates.crt "$out/etc/ssl/certs/ca-bundle.crt"
    ''
  );

  glibc = finish { } (
    folder "glibc-host" [ "out" ] ''
      to=$out
      mkdir -p "$out/lib"
      ${libraries [
        loader
        "libc.so.6"
        "libm.so.6"
        "libdl.so.2"
        "libpthread.so.0"
        "librt.so.1"
        "libutil.so.1"
        "libresolv.so.2"
      ]}
    ''
  );
  gccUnwrapped = finish { } (
    folder "gcc-host" [ "out" "lib" ] ''
      mkdir -p "$out/bin" "$lib/lib"
      to=$lib
      ${libraries [
        "libstdc++.so.6"
        "libgcc_s.so.1"
      ]}
      for program in gcc g++ cpp; do ln -s /host/bin/$program "$out/bin/$program"; done
    ''
  );
  bintools =
    finish { } (tool {
      name = "binutils";
      programs = [
        "ar"
        "as"
        "c++filt"
        "ld"
        "nm"
        "objcopy"
        "objdump"
        "ranlib"
        "readelf"
        "size"
        "strings"
        "strip"
      ];
      more = ''
        /host/bin/mkdir "$out/nix-support"
        echo ${glibc}/lib/${loader} > "$out/nix-support/dynamic-linker"
      '';
    })
    // {
      dynamicLinker = "${glibc}/lib/${loader}";
      libc = glibc;
    };
  cc =
    finish { mainProgram = "gcc"; } (
      folder "gcc-wrapper-host" [ "out" ] ''
        mkdir -p "$out/bin" "$out/nix-support"
        for program in gcc g++ cpp; do
          sed -e 's|@shell@|${bash}/bin/bash|g' -e "s|@program@|/host/bin/$program|g" -e 's|@bintools@|${bintools}|g' \
            -e 's|@multiarch@|${multiarch}|g' -e 's|@libc@|${glibc}|g' -e 's|@cclib@|${gccUnwrapped.lib}|g' -e 's|@loader@|${bintools.dynamicLinker}|g' \
            ${../setup/cc-wrapper.sh} > "$out/bin/$program"
          chmod +x "$out/bin/$program"
        done
        ln -s gcc "$out/bin/cc"
        ln -s g++ "$out/bin/c++"
        for program in ${bintools}/bin/*; do ln -s "$program" "$out/bin/''${program##*/}"; done
        echo ${bintools.dynamicLinker} > "$out/nix-support/dynamic-linker"
        sed -e "s|@cc@|$out|g" -e 's|@bintools@|${bintools}|g' ${../setup/cc-hook.sh} > "$out/nix-support/setup-hook"
      ''
    )
    // {
      cc = gccUnwrapped;
      inherit bintools;
      libc = glibc;
      isGNU = true;
      isClang = false;
      targetPrefix = "";
    };

  wrap = program: environment: ''
    if [ ! -x /host/bin/${program} ]; then
      echo "the stand-in for nixpkgs takes ${program} from the host, which has none: apt-get install ${program}" >&2
      exit 1
    fi
    printf '#!/bin/sh\n${environment} exec /host/bin/${program} "$@"\n' > "$out/bin/${program}"
    /host/bin/chmod +x "$out/bin/${program}"
  '';
}

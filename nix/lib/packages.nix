# Packages as derivations of their own: the patched, the compiled, and those that the user overrides.
# The rest never leaves its tarball before the assembly.
{
  lib,
  stdenv,
  pkgs,
  nodejs,
  dependencies,
  nativeAddons,
  platform,
  placements,
  overrideOf,
  preferSourceOf,
}:

let
  find = import ./nixpkgs-names.nix { inherit lib pkgs; };

  gypKinds = [
    "gyp-implicit"
    "gyp-script"
    "prebuildify"
    "prebuild-flat"
    "prebuild-install"
    "node-pre-gyp"
    "install-from-cache"
  ];

  # what happens to a package's native part here: compile, prebuilt, …, none
  outcome =
    id:
    let
      hint = nativeAddons.${id};
      locked = hint.systems.${platform.system} or "none";
      wish = preferSourceOf id;
      canCompile = lib.any (kind: lib.elem kind gypKinds) hint.kinds;
      hasPrebuilt = lib.any platform.runs hint.binaries;
    in
    if !(nativeAddons ? ${id}) then
      "none"
    else if wish == [ true ] && canCompile then
      "compile"
    else if wish == [ false ] && hasPrebuilt then
      "prebuilt"
    else
      locked;

  # the package of that name that stands nearest to a use of id; for headers, any will do
  siblingOf =
    id: name:
    let
      candidates = builtins.filter (key: lib.hasPrefix "${name}@" key) (builtins.attrNames dependencies);
      nested = builtins.filter (key: (placements.${key}.id or "") == id) (
        builtins.attrNames placements
      );
      nearest = lib.concatMap (
        key:
        let
          inner = placements."${key}/${name}" or placements.${name} or { };
        in
        lib.optional (inner ? id) inner.id
      ) nested;
    in
    lib.findFirst (key: dependencies ? ${key}) (throw "ocnix: ${id} needs ${name} to compile, which the lockfile lacks") (
      nearest ++ candidates
    );

  plain =
    id: entry:
    {
      inherit (entry) pname version src;
      strictDeps = true;
      nativeBuildInputs = lib.optional (entry ? patch) (find id "git");
      unpackPhase = ''
        runHook preUnpack
        source ${./unpack.sh}
        mkdir package
        ocnixUnpack "$src" package
        cd package
        runHook postUnpack
      '';
      # the builder applies what Bun applies, which GNU patch would do with fuzz
      patchPhase = ''
        runHook prePatch
        ${lib.concatMapStrings (patch: ''
          GIT_DIR=/nonexistent git apply --unidiff-zero --whitespace=nowarn ${patch}
        '') (entry.patch or [ ])}
        runHook postPatch
      '';
      dontConfigure = true;
      dontBuild = true;
      dontFixup = true;
      installPhase = ''
        runHook preInstall
        mkdir -p "$out"
        cp -R . "$out/"
        runHook postInstall
      '';
      passthru = {
        hint = nativeAddons.${id} or null;
        inherit id;
      };
    };

  compiled =
    id: entry:
    let
      hint = nativeAddons.${id};
      base = plain id entry;
      nodeGyp = pkgs.node-gyp or null;
      siblings = map (name: {
        inherit name;
        inherit (dependencies.${siblingOf id name}) src;
      }) hint.siblings;
    in
    base
    // hint.environment
    // {
      nativeBuildInputs =
        base.nativeBuildInputs
        ++ [
          nodejs
          pkgs.python3
        ]
        ++ lib.optional (nodeGyp != null) nodeGyp
        ++ map (find id) hint.nativeBuildInputs;
      buildInputs = map (find id) hint.buildInputs;
      dontBuild = false;
      buildPhase = ''
        runHook preBuild
        export HOME="$TMPDIR"
        ${lib.concatMapStrings (sibling: ''
          ocnixUnpack ${sibling.src} ${lib.escapeShellArg "node_modules/${sibling.name}"}
        '') siblings}
        gyp=node-gyp
        if ! command -v node-gyp > /dev/null; then
          gyp="node ${nodejs}/lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js"
        fi
        $gyp rebuild --nodedir=${lib.getDev nodejs}
        runHook postBuild
      '';
      # what is left of build are the files that the loader opens
      preInstall = ''
        rm -rf node_modules
        if [ -d build/Release ]; then
          find build -mindepth 1 -maxdepth 1 ! -name Release -exec rm -rf {} +
          find build/Release -mindepth 1 -maxdepth 1 \
            ! -name '*.node' ! -name '*.so' ! -name '*.dylib' ! -name spawn-helper -exec rm -rf {} +
        fi
        rm -rf prebuilds
      '';
    };

  package =
    id:
    let
      entry = dependencies.${id};
    in
    stdenv.mkDerivation (if outcome id == "compile" then compiled id entry else plain id entry);

  needsDerivation = id: dependencies.${id} ? patch || outcome id == "compile";

  wish =
    id:
    let
      f = overrideOf id;
    in
    if f == [ ] || builtins.isFunction (builtins.head f) then
      f
    else
      throw "ocnix: the override of ${id} is not a function of the package; write _: null to leave it out, _: value to put something in its place";
in
{
  inherit package outcome find;

  # null by the user's wish
  isLeftOut =
    id:
    let
      f = wish id;
    in
    f != [ ] && (builtins.head f) (package id) == null;

  # what the assembly puts in the package's place: a tarball or a folder
  contentOf =
    id:
    let
      f = wish id;
    in
    if f != [ ] then
      (builtins.head f) (package id)
    else if needsDerivation id then
      package id
    else
      dependencies.${id}.src;
}

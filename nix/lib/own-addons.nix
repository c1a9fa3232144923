# Native parts of the project's own workspaces: shell lines and inputs for the application's build.
{
  lib,
  stdenv,
  nodejs,
  # npm's name of the processor that runs the result
  cpu,
  find,
  findForBuild,
  nativeAddons,
  addons,
  # paths of those that the build sees
  workspaces,
}:

let
  # native-addons.nix names a workspace as a lockfile would
  pathOf =
    id:
    let
      member = builtins.match "[^:]*@workspace:(.*)" id;
    in
    if member != null then
      builtins.head member
    else if builtins.match "[^:]*@root:" id != null then
      ""
    else
      null;

  own = builtins.filter (id: builtins.elem (pathOf id) workspaces) (builtins.attrNames nativeAddons);
  compiled = builtins.filter (id: addons.outcome id == "compile") own;
  isPossible = stdenv.buildPlatform.canExecute stdenv.hostPlatform;

  inputsOf =
    id:
    let
      hint = nativeAddons.${id};
    in
    if stdenv.hostPlatform.isDarwin then hint.darwinBuildInputs or hint.buildInputs else hint.buildInputs;

  stepsOf = id: nativeAddons.${id}.buildSteps or [ "node-gyp rebuild" ] ++ nativeAddons.${id}.installSteps or [ ];

  # files that run here, as paths in the project
  binaries = lib.concatMap (
    id:
    map (file: lib.removePrefix "/" "${pathOf id}/${file.path}") (
      builtins.filter (file: file.format == "elf") (addons.ownFiles id)
    )
  ) own;
  gyp = "${findForBuild "the application" "node-gyp"}/lib/node_modules/node-gyp/bin/node-gyp.js";
in
{
  isNeeded = compiled != [ ];

  nativeBuildInputs = lib.optionals (compiled != [ ]) (
    map (findForBuild "the application") (
      lib.unique ([ "python3" ] ++ lib.concatMap (id: nativeAddons.${id}.nativeBuildInputs) compiled)
    )
    ++ lib.optional stdenv.hostPlatform.isDarwin (findForBuild "the application" "cctools")
  );

  buildInputs = builtins.filter (library: library != null) (
    lib.concatMap (id: map (find id) (inputsOf id)) compiled
  );

  # before the build's own commands, which may call node-gyp as well
  build = lib.optionalString (compiled != [ ]) (
    if !isPossible then
      ''
        echo "ocnix: native parts of the project are not compiled for another machine than this one" >&2
      ''
    else
      ''
        ocnixGyp=${gyp} ocnixArguments=${./gyp-arguments.js}
        export npm_config_nodedir=${lib.getDev nodejs} npm_config_arch=${cpu}
        mkdir "$TMPDIR/ocnix-own"
        printf '#!%s\nexec node %s "$@"\n' "$BASH" "$ocnixGyp" > "$TMPDIR/ocnix-own/node-gyp"
        chmod +x "$TMPDIR/ocnix-own/node-gyp"
        export PATH="$PATH:$TMPDIR/ocnix-own"
        ${lib.concatMapStrings (id: ''
          if [ -d ./${lib.escapeShellArg (pathOf id)} ]; then
            pushd ./${lib.escapeShellArg (pathOf id)} > /dev/null
            (
              source ${./compile.sh}
              ${lib.concatStrings (
                lib.mapAttrsToList (
                  name: value: "export ${name}=${lib.escapeShellArg value}\n"
                ) nativeAddons.${id}.environment
              )}
              ocnixDirectory=${lib.escapeShellArg (nativeAddons.${id}.directory or "")}
              ocnixPrepare
              ocnixRun ${lib.escapeShellArgs (stepsOf id)}
              ocnixTidyBuild
            )
            popd > /dev/null
          fi
        '') compiled}
      ''
  );

  # in the folder of the installed project
  install = lib.concatMapStrings (path: ''
    if [ -f ./${lib.escapeShellArg path} ]; then ocnixSetLoader ./${lib.escapeShellArg path} "$ocnixLibraries"; fi
  '') binaries;
}

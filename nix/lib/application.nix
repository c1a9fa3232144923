# The application: its source, its run-time node_modules, and a wrapper for each program.
{
  lib,
  stdenv,
  makeWrapper,
  # of the machine that builds
  buildNodejs,
  buildBun,
  # of the machine that runs
  nodejs,
  bun,
  runtime,
  tools,
  source,
  lockfile,
  application,
  consume,
  mode,
  nodeModules,
  productionModules,
  # paths of the workspaces that run
  members,
  # paths of all workspaces
  workspaces,
  passthru,
}:

let
  inherit (application) workspace;
  root = "lib/${application.name}";
  inWorkspace = path: if workspace == "" then path else "${workspace}/${path}";

  installPaths =
    if application.installPaths != [ ] then
      application.installPaths
    else if workspace == "" then
      [ "." ]
    else
      [ "package.json" ] ++ builtins.filter (path: path != "") members;

  # without what is in a folder that is named too
  outermost =
    paths: builtins.filter (path: !lib.any (other: lib.hasPrefix "${other}/" path) paths) paths;

  removeModules = "rm -rf ${
    lib.concatMapStringsSep " " (path: lib.escapeShellArg "./${path}/node_modules") workspaces
  }";

  builds = application.buildCommands != [ ];

  executors = {
    bun = [
      {
        suffix = "";
        program = "${bun}/bin/bun";
      }
    ];
    node = [
      {
        suffix = "";
        program = "${nodejs}/bin/node";
      }
    ];
    both = executors.bun ++ [
      {
        suffix = "-node";
        program = "${nodejs}/bin/node";
      }
    ];
  };

  path =
    lib.optional (runtime != "node") bun ++ lib.optional (runtime != "bun") nodejs;

  # makeWrapper writes flags as they are into a script of its own, hence the second pair of quotes
  wrapper =
    command: script: executor:
    let
      file = lib.escapeShellArg "${root}/${inWorkspace script}";
    in
    ''
      if [ ! -f "$out"/${file} ]; then
        echo "ocnix: the program "${lib.escapeShellArg command}" would start "${file}", which is not there after the build; add what makes it to buildCommands or installPaths of a profile" >&2
        exit 1
      fi
      makeWrapper ${executor.program} "$out"/bin/${lib.escapeShellArg "${command}${executor.suffix}"} \
        --add-flags "$out"/${lib.escapeShellArg file} \
        --prefix PATH : ${lib.makeBinPath path} \
        ${lib.optionalString (tools != [ ]) "--suffix PATH : ${lib.escapeShellArg (lib.makeBinPath tools)}"}
    '';

  clash = builtins.filter (command: application.programs ? "${command}-node") (
    builtins.attrNames application.programs
  );

  wrappers =
    if runtime == "both" && clash != [ ] then
      throw "ocnix: with runtime \"both\" the programs ${builtins.head clash} and ${builtins.head clash}-node would have one name; set runtime to \"bun\" or \"node\""
    else
      lib.concatStrings (
        lib.concatLists (
          lib.mapAttrsToList (
            command: script:
            map (wrapper command script) (
              executors.${runtime} or (throw "ocnix: runtime is \"bun\", \"node\" or \"both\", not \"${runtime}\"")
            )
          ) application.programs
        )
      );

  # a license of nixpkgs for each name in an SPDX expression; free text stays one
  licenses =
    let
      given = application.license or "";
      known = id: lib.findFirst (license: (license.spdxId or "") == id) { shortName = id; } (
        builtins.attrValues lib.licenses
      );
      words = builtins.filter (
        word:
        builtins.isString word
        && !builtins.elem word [
          ""
          "AND"
          "OR"
          "WITH"
        ]
      ) (builtins.split "[() ]+" given);
    in
    if builtins.match "SEE .*" given != null then [ { shortName = given; } ] else map known words;

  natives = lib.optional (productionModules.prebuilt != [ ]) lib.sourceTypes.binaryNativeCode;
in
stdenv.mkDerivation (
  {
    pname = application.name;
    inherit (application) version;
    src = source;
    strictDeps = true;
    __structuredAttrs = false;
    nativeBuildInputs = [
      makeWrapper
    ]
    ++ lib.optionals builds [
      buildNodejs
      buildBun
    ];

    configurePhase = ''
      runHook preConfigure
      source ${./shebang.sh}
      source ${./application.sh}
      if [ ! -f ./${lib.escapeShellArg lockfile.path} ]; then
        echo "ocnix: this source has no "${lib.escapeShellArg lockfile.path}"; give as src the project that the tree was generated from, or run mvn ocnix:generate for this one" >&2
        exit 1
      fi
      if ! echo ${lib.escapeShellArg "${lockfile.sha256}  ./${lockfile.path}"} | sha256sum --check --status -; then
        echo "ocnix: "${lib.escapeShellArg lockfile.path}" of this source is not the one that the tree was generated from; run mvn ocnix:generate for this source" >&2
        exit 1
      fi
      cd ./${lib.escapeShellArg (dirOf lockfile.path)}
      ${lib.optionalString (application.sourcePaths != [ ]) ''
        mkdir "$TMPDIR/ocnix-source"
        for path in ${lib.escapeShellArgs (outermost application.sourcePaths)}; do
          if [ -e "./$path" ]; then
            mkdir -p "$TMPDIR/ocnix-source/$(dirname "./$path")"
            mv "./$path" "$TMPDIR/ocnix-source/$(dirname "./$path")/"
          fi
        done
        cd "$TMPDIR/ocnix-source"
      ''}
      ${removeModules}
      ${lib.optionalString builds ''
        ${consume {
          modules = nodeModules;
          inherit mode;
        }}
        # a script of package.json may start a workspace's program, and a sandbox has no /usr/bin/env
        ocnixKeepFirstLines
      ''}
      runHook postConfigure
    '';

    dontBuild = !builds;
    # the commands may change folder
    buildPhase = ''
      runHook preBuild
      export HOME="$TMPDIR"
      (
        set -e
        ${lib.concatMapStrings (command: command + "\n") application.buildCommands}
      )
      runHook postBuild
    '';

    installPhase = ''
      runHook preInstall
      ${removeModules}
      ${lib.optionalString builds "ocnixRestoreFirstLines"}
      mkdir -p "$out/${root}" "$out/bin"
      for path in ${lib.escapeShellArgs installPaths}; do
        if [ ! -e "./$path" ]; then
          echo "ocnix: there is no $path to install after the build; correct installPaths of the profile" >&2
          exit 1
        fi
        mkdir -p "$out/${root}/$(dirname "./$path")"
        cp -R -P "./$path" "$out/${root}/$(dirname "./$path")/"
      done
      ocnixMendLinks "$out/${root}"
      ${lib.optionalString builds "ocnixForget ${nodeModules} \"$out\""}
      pushd "$out/${root}" > /dev/null
      ${consume {
        modules = productionModules;
        inherit mode;
      }}
      popd > /dev/null
      ${wrappers}
      runHook postInstall
    '';

    # node_modules is finished as it is, and the rest is no program of the system's
    dontStrip = true;
    dontPatchELF = true;
    dontPatchShebangs = true;

    disallowedReferences = lib.optional builds nodeModules;

    inherit passthru;
    meta = {
      platforms = lib.platforms.linux ++ lib.platforms.darwin;
      sourceProvenance = [ lib.sourceTypes.fromSource ] ++ natives;
    }
    // lib.optionalAttrs (licenses != [ ]) { license = licenses; }
    // lib.filterAttrs (_: value: value != null) {
      mainProgram = application.mainProgram or null;
      description = application.description or null;
      homepage = application.homepage or null;
    };
  }
  // lib.optionalAttrs builds { env = application.environment; }
)

# The application: its source, its run-time node_modules, and a wrapper for each program.
{
  lib,
  stdenv,
  makeWrapper,
  # for the tests
  runCommand,
  curl,
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
  dependencies,
  # whether the application's native parts are there for a platform
  supports,
  # what the build does besides its commands
  buildSteps,
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

  builds = application.buildCommands != [ ] || (application.ownScripts or [ ]) != [ ];

  executors = {
    bun = [
      {
        kind = "bun";
        suffix = "";
        program = "${bun}/bin/bun";
      }
    ];
    node = [
      {
        kind = "node";
        suffix = "";
        program = "${nodejs}/bin/node";
      }
    ];
    both = executors.bun ++ map (node: node // { suffix = "-node"; }) executors.node;
  };
  chosen =
    executors.${runtime} or (throw "ocnix: runtime is \"bun\", \"node\" or \"both\", not \"${runtime}\"");

  path =
    lib.optional (runtime != "node") bun ++ lib.optional (runtime != "bun") nodejs;

  # variables that the application gets unless they are set
  defaultsFor =
    executor:
    lib.concatStrings (
      lib.mapAttrsToList (
        name: value:
        " --set-default ${lib.escapeShellArg name} ${
          lib.escapeShellArg (builtins.replaceStrings [ "@runtime@" ] [ executor.program ] value)
        }"
      ) (application.wrapperEnvironment.${executor.kind} or { })
    );

  # makeWrapper writes flags as they are into a script of its own, hence the second pair of quotes
  wrapper =
    place: script: executor:
    let
      file = lib.escapeShellArg "${root}/${script}";
    in
    ''
      if [ ! -f "$out"/${file} ]; then
        echo "ocnix: the program "${lib.escapeShellArg (baseNameOf place)}" would start "${file}", which is not there after the build; add what makes it to buildCommands or installPaths of a profile" >&2
        exit 1
      fi
      makeWrapper ${executor.program} "$out"/${lib.escapeShellArg "${place}${executor.suffix}"} \
        --add-flags "$out"/${lib.escapeShellArg file}${defaultsFor executor} \
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
            command: script: map (wrapper "bin/${command}" (inWorkspace script)) chosen
          ) application.programs
        )
        ++ lib.optionals (service != null && service ? script) (
          map (wrapper serverPlace service.script) chosen
        )
      );

  # its own program, where the server is none of the application's commands
  serverPlace = "libexec/${application.name}-server";
  servicePlace = if service ? script then serverPlace else "bin/${application.mainProgram}";
  service =
    if application ? service then
      application.service
    else if application ? mainProgram then
      {
        arguments = [ ];
        environment = {
          HOST = "@host@";
          PORT = "@port@";
        };
        host = "127.0.0.1";
        port = "3000";
      }
    else
      null;

  # how to start a package's server
  serviceOf =
    package:
    if service == null then
      null
    else
      let
        fill =
          { host, port }:
          builtins.replaceStrings
            [
              "@host@"
              "@port@"
            ]
            [
              host
              (toString port)
            ];
      in
      {
        inherit (service) host;
        port = builtins.fromJSON service.port;
        # words
        command = at: [ "${package}/${servicePlace}" ] ++ map (fill at) service.arguments;
        environment = at: builtins.mapAttrs (_: fill at) service.environment;
        test = service.test or null;
      };

  # a license of nixpkgs for each name in an SPDX expression; free text stays one
  licenses =
    given:
    let
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

  licensesOf = given: if given == null then [ ] else licenses given;
  allLicenses = lib.unique (
    licensesOf (application.license or null)
    # what nobody compiled here comes with its publisher's terms
    ++ lib.concatMap (id: licensesOf (dependencies.${id}.license or null)) productionModules.prebuilt
  );
  natives = lib.optional (productionModules.prebuilt != [ ]) lib.sourceTypes.binaryNativeCode;

  usual = [
    "x86_64-linux"
    "aarch64-linux"
    "x86_64-darwin"
    "aarch64-darwin"
  ];
  here = stdenv.hostPlatform;
  platforms = builtins.filter (
    system: supports (if system == here.system then here else system)
  ) (lib.unique (usual ++ [ here.system ]));

  checks = application.installCheck;
in
stdenv.mkDerivation (
  finalAttrs:
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
      if ! ocnixIsLockfile ${lib.escapeShellArg lockfile.sha256} ./${lib.escapeShellArg lockfile.path}; then
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
        ${buildSteps.prepare}
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
        ${buildSteps.before}
        ${lib.concatMapStrings (command: command + "\n") application.buildCommands}
      )
      runHook postBuild
    '';

    installPhase = ''
      runHook preInstall
      ${lib.optionalString builds buildSteps.collect}
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
      ${lib.optionalString builds buildSteps.install}
      popd > /dev/null
      ${wrappers}
      runHook postInstall
    '';

    # node_modules is finished as it is, and the rest is no program of the system's
    dontStrip = true;
    dontPatchELF = true;
    dontPatchShebangs = true;

    disallowedReferences = lib.optional builds nodeModules;

    doInstallCheck = checks != [ ] && stdenv.buildPlatform.canExecute stdenv.hostPlatform;
    installCheckPhase = ''
      runHook preInstallCheck
      (
        set -e
        export HOME="$TMPDIR" PATH="$out/bin:$PATH"
        ${lib.concatMapStrings (command: command + "\n") checks}
      )
      runHook postInstallCheck
    '';

    passthru = passthru // {
      service = serviceOf finalAttrs.finalPackage;
      tests = import ./tests.nix {
        inherit
          lib
          application
          runCommand
          curl
          ;
        package = finalAttrs.finalPackage;
        suffixes = map (executor: executor.suffix) chosen;
      };
    };
    meta = {
      inherit platforms;
      sourceProvenance = [ lib.sourceTypes.fromSource ] ++ natives;
    }
    // lib.optionalAttrs (allLicenses != [ ]) { license = allLicenses; }
    // lib.filterAttrs (_: value: value != null) {
      mainProgram = application.mainProgram or null;
      description = application.description or null;
      homepage = application.homepage or null;
    };
  }
  // lib.optionalAttrs builds { env = application.environment; }
)

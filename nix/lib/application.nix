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
  # packages of interpreters that first lines of programs may name
  interpreters,
  # folders of libraries that programs may ask for
  libraries,
  # sets the loader of a program
  patchelf,
  # what own-addons.nix gives
  ownAddons,
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

  secrets = import ./secrets.nix { inherit lib; };

  # of a root that no profile speaks of, its package.json and its build say what is installed
  isListed = application.installPaths == [ ] && workspace == "";

  installPaths =
    if application.installPaths != [ ] then
      application.installPaths
    else
      [ "package.json" ] ++ builtins.filter (path: path != "") members;

  # without what is in a folder that is named too
  outermost =
    paths: builtins.filter (path: !lib.any (other: lib.hasPrefix "${other}/" path) paths) paths;

  removeModules = "rm -rf ${
    lib.concatMapStringsSep " " (path: lib.escapeShellArg "./${path}/node_modules") workspaces
  }";

  builds =
    application.buildCommands != [ ] || (application.ownScripts or [ ]) != [ ] || ownAddons.isNeeded;

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

  clash = builtins.filter (command: application.programs ? "${command}-node") (
    builtins.attrNames application.programs
  );

  starts = import ./programs.nix {
    inherit
      lib
      root
      tools
      interpreters
      libraries
      ;
    inherit (application) wrapperEnvironment;
    platform = here;
    executors =
      if runtime == "both" && clash != [ ] then
        throw "ocnix: with runtime \"both\" the programs ${builtins.head clash} and ${builtins.head clash}-node would have one name; set runtime to \"bun\" or \"node\""
      else
        chosen;
    path = lib.optional (runtime != "node") bun ++ lib.optional (runtime != "bun") nodejs;
    programs =
      lib.mapAttrsToList (command: script: {
        place = "bin/${command}";
        script = inWorkspace script;
      }) application.programs
      ++ lib.optional (service != null && service ? script) {
        place = serverPlace;
        inherit (service) script;
      };
  };

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
    ++ lib.optional here.isLinux patchelf
    ++ lib.optionals builds [
      buildNodejs
      buildBun
    ]
    ++ ownAddons.nativeBuildInputs;
    inherit (ownAddons) buildInputs;

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
        ocnixBuildLines ${lib.optionalString (stdenv.buildPlatform.canExecute here) (lib.makeBinPath tools)}
        ${buildSteps.prepare}
      ''}
      runHook postConfigure
    '';

    dontBuild = !builds;
    # the commands may change folder
    buildPhase = ''
      runHook preBuild
      export HOME="$TMPDIR"
      set +e
      (
        set -e
        ${ownAddons.build}
        ${buildSteps.before}
        ${lib.concatMapStrings (command: command + "\n") application.buildCommands}
      ) > >(tee "$TMPDIR/ocnix-build-log") 2>&1
      status=$?
      set -e
      if [ "$status" != 0 ]; then ocnixCause "$status" "$TMPDIR/ocnix-build-log"; fi
      runHook postBuild
    '';

    installPhase = ''
      runHook preInstall
      ${lib.optionalString builds buildSteps.collect}
      ${removeModules}
      ${lib.optionalString builds "ocnixOwnLines"}
      mkdir -p "$out/${root}" "$out/bin"
      ${
        if isListed then
          ''
            ${buildBun}/bin/bun ${./install-list.js} ${lib.escapeShellArg "${source}/${dirOf lockfile.path}"} ${lib.escapeShellArg (builtins.toJSON members)} > "$TMPDIR/ocnix-installed"
            xargs -0 -r cp -P --parents -t "$out/${root}" -- < "$TMPDIR/ocnix-installed"
          ''
        else
          ''
            for path in ${lib.escapeShellArgs installPaths}; do
              if [ ! -e "./$path" ]; then
                echo "ocnix: there is no $path to install after the build; correct installPaths of the profile" >&2
                exit 1
              fi
              mkdir -p "$out/${root}/$(dirname "./$path")"
              cp -R -P "./$path" "$out/${root}/$(dirname "./$path")/"
            done
          ''
      }
      ocnixMendLinks "$out/${root}"
      ocnixSecretNames=(${secrets.found})
      ${lib.optionalString (application.installPaths == [ ]) ''
        ocnixLeaveOut "$out/${root}" ${lib.escapeShellArg "${source}/${dirOf lockfile.path}"}
      ''}
      ${lib.optionalString builds "ocnixForget ${nodeModules} \"$out\""}
      ${starts.prepare}
      if ${starts.needsModules}; then
        pushd "$out/${root}" > /dev/null
        ${consume {
          modules = productionModules;
          inherit mode;
        }}
        ${lib.optionalString builds buildSteps.install}
        popd > /dev/null
      fi
      pushd "$out/${root}" > /dev/null
      ${ownAddons.install}
      popd > /dev/null
      ocnixRefuseSecrets "$out/${root}" ${lib.escapeShellArgs application.installPaths}
      ${starts.make}
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

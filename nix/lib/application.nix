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
  layout,
  nodeModules,
  productionModules,
  # paths of the workspaces that run
  members,
  passthru,
}:

let
  workspace = application.workspace;
  root = "lib/${application.name}";
  inWorkspace = path: if workspace == "" then path else "${workspace}/${path}";

  links = lib.concatStringsSep "\n" (
    lib.concatLists (
      lib.mapAttrsToList (
        key: place: lib.optional (place ? workspace) "${key}\t${place.workspace}"
      ) layout.placements
    )
  );

  installPaths =
    if application.installPaths != [ ] then
      application.installPaths
    else if workspace == "" then
      [ "." ]
    else
      [ "package.json" ] ++ builtins.filter (path: path != "") members;

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
    ''
      makeWrapper ${executor.program} "$out"/bin/${lib.escapeShellArg "${command}${executor.suffix}"} \
        --add-flags "$out"/${lib.escapeShellArg (lib.escapeShellArg "${root}/${inWorkspace script}")} \
        --prefix PATH : ${lib.makeBinPath path} \
        --suffix PATH : ${lib.escapeShellArg (lib.makeBinPath tools)}
    '';

  wrappers = lib.concatStrings (
    lib.concatLists (
      lib.mapAttrsToList (
        command: script:
        map (wrapper command script) (
          executors.${runtime} or (throw "ocnix: runtime is \"bun\", \"node\" or \"both\", not \"${runtime}\"")
        )
      ) application.programs
    )
  );
in
stdenv.mkDerivation (
  {
    pname = application.name;
    inherit (application) version;
    src = source;
    strictDeps = true;
    nativeBuildInputs = [
      makeWrapper
    ]
    ++ lib.optionals builds [
      buildNodejs
      buildBun
    ];

    ocnixMembers = links;
    ocnixFolders = lib.concatStringsSep "\n" productionModules.folders;

    configurePhase = ''
      runHook preConfigure
      source ${./consume.sh}
      if [ ! -f ${lib.escapeShellArg lockfile.path} ] \
        || ! echo ${lib.escapeShellArg "${lockfile.sha256}  ${lockfile.path}"} | sha256sum --check --status -; then
        echo ${lib.escapeShellArg "ocnix: ${lockfile.path} of this source is not the one that the tree was generated from; run mvn ocnix:generate"} >&2
        exit 1
      fi
      cd ${lib.escapeShellArg (dirOf lockfile.path)}
      ${lib.optionalString (application.sourcePaths != [ ]) ''
        mkdir "$TMPDIR/ocnix-source"
        for path in ${lib.escapeShellArgs application.sourcePaths}; do
          if [ -e "$path" ]; then
            mkdir -p "$TMPDIR/ocnix-source/$(dirname "$path")"
            mv "$path" "$TMPDIR/ocnix-source/$(dirname "$path")/"
          fi
        done
        cd "$TMPDIR/ocnix-source"
      ''}
      ${lib.optionalString builds ''
        (
          ocnixFolders=${lib.escapeShellArg (lib.concatStringsSep "\n" nodeModules.folders)}
          ocnixConsume ${nodeModules} link
        )
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

    # node_modules is finished as it is, and store paths in it must stay where they are
    dontFixup = true;
    installPhase = ''
      runHook preInstall
      mkdir -p "$out/${root}" "$out/bin"
      find . -name node_modules -prune -exec rm -rf {} +
      for path in ${lib.escapeShellArgs installPaths}; do
        if [ ! -e "$path" ]; then
          echo "ocnix: the source has no $path to install" >&2
          exit 1
        fi
        mkdir -p "$out/${root}/$(dirname "$path")"
        cp -R "$path" "$out/${root}/$(dirname "$path")/"
      done
      cd "$out/${root}"
      ocnixConsume ${productionModules} link
      ${wrappers}
      runHook postInstall
    '';

    passthru = passthru;
    meta = {
      platforms = lib.platforms.linux ++ lib.platforms.darwin;
    }
    // (if application ? mainProgram then { inherit (application) mainProgram; } else { });
  }
  // (if builds then { env = application.environment; } else { })
)

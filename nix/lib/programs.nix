# The shell lines that give the application its programs.
{
  lib,
  # what runs JavaScript: kind, program, and the end of the programs' names
  executors,
  # packages that programs find before what is on PATH, and after it
  path,
  tools,
  # packages of interpreters that first lines may name
  interpreters,
  # folders of libraries
  libraries,
  # the machine that runs the programs
  platform,
  # by kind of runtime
  wrapperEnvironment,
  # what is installed below the package, and which programs start which of its files
  root,
  programs,
}:

let
  array = name: values: "${name}=(${lib.escapeShellArgs values})\n";

  # variables that the application gets unless they are set
  variablesOf =
    executor:
    lib.concatLists (
      lib.mapAttrsToList (name: value: [
        "--set-default"
        name
        (builtins.replaceStrings [ "@runtime@" ] [ executor.program ] value)
      ]) (wrapperEnvironment.${executor.kind} or { })
    )
    ++ [
      "--prefix"
      "PATH"
      ":"
      (lib.makeBinPath path)
    ]
    ++ lib.optionals (tools != [ ]) [
      "--suffix"
      "PATH"
      ":"
      (lib.makeBinPath tools)
    ];
in
{
  # before node_modules is there
  prepare = ''
    source ${./binaries.sh}
    source ${./programs.sh}
    ocnixPath=${lib.makeBinPath (path ++ interpreters ++ tools)}:$out/${root}/node_modules/.bin
    ocnixSystem=${if platform.isLinux then "linux" else "darwin"} ocnixPlatform=${platform.system}
    ocnixLibraries=${lib.concatStringsSep ":" libraries}
    ${array "ocnixRuntimes" (map (executor: executor.program) executors)}
    ${array "ocnixSuffixes" (map (executor: executor.suffix) executors)}
    ${lib.concatStrings (
      lib.imap0 (index: executor: array "ocnixVariables_${toString index}" (variablesOf executor)) executors
    )}
    ${array "ocnixPrograms" (
      lib.concatMap (program: [
        program.place
        "${root}/${program.script}"
      ]) programs
    )}
  '';

  needsModules = "ocnixNeedsModules";

  make = ''
    ocnixHostLines "$out/${root}"
    ocnixMakePrograms
  '';
}

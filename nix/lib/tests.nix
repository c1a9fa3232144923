# Checks that need no network and no knowledge of the application.
{
  lib,
  runCommand,
  curl,
  application,
  package,
  # of the programs, one for each runtime
  suffixes,
}:

let
  inherit (package) nodeModules productionModules;

  inherit (package) service;
  inherit (service) test;

  # the server of one runtime: starts, and answers
  server =
    suffix:
    let
      words = service.command {
        host = "127.0.0.1";
        port = "@port@";
      };
      variables = service.environment {
        host = "127.0.0.1";
        port = "@port@";
      };
      place =
        word: builtins.concatStringsSep "\"$port\"" (map lib.escapeShellArg (lib.splitString "@port@" word));
    in
    ''
      # only what JavaScript is has a program for each runtime
      if [ -x ${builtins.head words}${suffix} ]; then
      # some builders share their network with others
      host=127.0.0.1 port=$((20000 + RANDOM % 20000))
      export HOME="$TMPDIR/home${suffix}"
      mkdir "$HOME"
      env ${
        lib.concatStrings (
          lib.mapAttrsToList (name: value: "${name}=${place value} ") (variables // test.environment)
        )
      } ${builtins.head words}${suffix} ${lib.concatMapStringsSep " " place (builtins.tail words)} > log 2>&1 &
      server=$!
      failed() {
        echo "$*; the server said:" >&2
        cat log >&2
        exit 1
      }
      ${lib.concatStrings (
        lib.mapAttrsToList (path: answer: ''
          for ((n = 0; ; n++)); do
            if curl -sSf --noproxy '*' "http://$host:$port"${lib.escapeShellArg path} > answer 2> refusal; then break; fi
            if ! kill -0 "$server" 2> /dev/null; then failed "the server ended"; fi
            if [ "$n" -ge 120 ]; then failed ${lib.escapeShellArg path} "is not answered: $(cat refusal)"; fi
            sleep 0.5
          done
          if ! grep -qF -- ${lib.escapeShellArg answer} answer; then
            cat answer >&2
            failed "the answer to "${lib.escapeShellArg path}" does not have "${lib.escapeShellArg answer}
          fi
        '') test.answers
      )}
      kill "$server"
      wait "$server" || true
      fi
    '';

  # every link stays in its own store path; the consumer's lead to the production tree
  linksOf = path: allowed: ''
    find ${path} -type l -printf '%p\n' > links
    xargs -r -d '\n' readlink -m -- < links | paste links - | while IFS=$'\t' read -r link target; do
      case $target in
        ${path}/* | ${path}${lib.concatMapStrings (other: " | ${other}/*") allowed}) ;;
        *)
          echo "$link leads to $target" >&2
          exit 1
          ;;
      esac
      if [ ! -e "$link" ]; then
        echo "$link leads nowhere" >&2
        exit 1
      fi
    done
  '';
in
{
  # each program can be started; what it does then is its own affair
  programs = runCommand "${application.name}-programs" { } ''
    export HOME="$TMPDIR"
    for program in ${lib.escapeShellArgs (builtins.attrNames application.programs)}; do
      program=${package}/bin/$program
      test -x "$program"
      status=0
      timeout 20 "$program" --help < /dev/null > said 2> refusal || status=$?
      # its wrapper says which file nobody can execute; from 128 on a signal has ended it
      if grep -E "^$program: line [0-9]+: " refusal || { [ "$status" -ge 128 ] && [ "$status" -lt 160 ]; }; then
        cat refusal >&2
        echo "$program cannot be started (status $status)" >&2
        exit 1
      fi
    done
    touch "$out"
  '';

  links = runCommand "${application.name}-links" { } ''
    ${linksOf nodeModules [ ]}
    ${linksOf productionModules [ ]}
    ${linksOf package [ productionModules ]}
    touch "$out"
  '';
}
// lib.optionalAttrs (service != null && test != null) {
  server = runCommand "${application.name}-server" { nativeBuildInputs = [ curl ]; } ''
    mkdir programs
    for program in ${lib.escapeShellArgs test.programs}; do
      printf '#!%s\nexit 0\n' "$BASH" > "programs/$program"
      chmod +x "programs/$program"
    done
    export PATH="$PWD/programs:$PATH"
    ${lib.concatMapStrings server suffixes}
    touch "$out"
  '';
}

# nixpkgs' trivial builders.
{
  lib,
  stdenv,
  stdenvNoCC,
  runtimeShell,
}:

rec {
  runCommandWith =
    {
      name,
      stdenv ? stdenvNoCC,
      runLocal ? false,
      derivationArgs ? { },
    }:
    buildCommand:
    stdenv.mkDerivation (
      {
        inherit name buildCommand;
        enableParallelBuilding = true;
        passAsFile = [ "buildCommand" ] ++ derivationArgs.passAsFile or [ ];
      }
      // lib.optionalAttrs runLocal {
        preferLocalBuild = true;
        allowSubstitutes = false;
      }
      // removeAttrs derivationArgs [ "passAsFile" ]
    );
  runCommand =
    name: derivationArgs: runCommandWith { inherit name derivationArgs; };
  runCommandLocal =
    name: derivationArgs:
    runCommandWith {
      inherit name derivationArgs;
      runLocal = true;
    };
  runCommandCC =
    name: derivationArgs: runCommandWith { inherit name derivationArgs stdenv; };

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      passthru ? { },
      derivationArgs ? { },
    }:
    runCommandLocal name
      (
        {
          inherit
            text
            checkPhase
            meta
            passthru
            ;
          passAsFile = [ "text" ];
        }
        // derivationArgs
      )
      ''
        target=$out${lib.escapeShellArg destination}
        mkdir -p "$(dirname "$target")"
        mv "$textPath" "$target"
        ${lib.optionalString executable ''chmod +x "$target"''}
        eval "$checkPhase"
      '';
  writeText = name: text: writeTextFile { inherit name text; };
  writeScript =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
    };
  writeScriptBin =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
      destination = "/bin/${name}";
      meta.mainProgram = name;
    };
  writeShellScript =
    name: text:
    writeTextFile {
      inherit name;
      executable = true;
      text = "#!${runtimeShell}\n${text}\n";
      checkPhase = ''${runtimeShell} -n "$target"'';
    };
  writeShellScriptBin =
    name: text:
    writeTextFile {
      inherit name;
      executable = true;
      destination = "/bin/${name}";
      text = "#!${runtimeShell}\n${text}\n";
      checkPhase = ''${runtimeShell} -n "$target"'';
      meta.mainProgram = name;
    };

  makeSetupHook =
    {
      name,
      substitutions ? { },
      propagatedBuildInputs ? [ ],
      meta ? { },
      passthru ? { },
    }:
    script:
    runCommand name
      (
        {
          inherit meta passthru propagatedBuildInputs;
          strictDeps = true;
        }
        // substitutions
      )
      ''
        mkdir -p "$out/nix-support"
        if [ -n "$propagatedBuildInputs" ]; then
          echo "$propagatedBuildInputs" > "$out/nix-support/propagated-build-inputs"
        fi
        substitute ${script} "$out/nix-support/setup-hook" \
          ${toString (map (name: "--subst-var ${name}") (builtins.attrNames substitutions))}
      '';

  mkShellWith =
    stdenv:
    {
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      nativeBuildInputs ? [ ],
      shellHook ? "",
      ...
    }@given:
    stdenv.mkDerivation (
      removeAttrs given [
        "packages"
        "inputsFrom"
      ]
      // {
        inherit name shellHook;
        nativeBuildInputs = packages ++ nativeBuildInputs;
        phases = [ "buildPhase" ];
        buildPhase = ''
          export > "$out"
        '';
        preferLocalBuild = true;
      }
    );
  mkShell = mkShellWith stdenv;
  mkShellNoCC = mkShellWith stdenvNoCC;
}

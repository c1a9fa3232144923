# stdenv.mkDerivation: what nixpkgs' one takes, checks, hands to the builder and returns.
{
  lib,
  config,
  buildPlatform,
  hostPlatform,
  targetPlatform,
  # whose out holds the file setup; builders read it as $stdenv
  stdenv,
  shell,
}:

let
  checkMeta = import ./check-meta.nix { inherit lib config; };
  isCross = hostPlatform.config != buildPlatform.config;

  # kinds of inputs: which side of a spliced package they take, and for which machine it must be
  kinds = {
    depsBuildBuild = {
      splice = "buildBuild";
      machine = buildPlatform;
    };
    nativeBuildInputs = {
      splice = "buildHost";
      machine = buildPlatform;
    };
    depsBuildTarget = {
      splice = "buildTarget";
      machine = buildPlatform;
    };
    depsHostHost = {
      splice = "hostHost";
      machine = hostPlatform;
    };
    buildInputs = {
      splice = "hostTarget";
      machine = hostPlatform;
    };
  };
  propagatedNames = {
    depsBuildBuild = "depsBuildBuildPropagated";
    nativeBuildInputs = "propagatedNativeBuildInputs";
    depsBuildTarget = "depsBuildTargetPropagated";
    depsHostHost = "depsHostHostPropagated";
    buildInputs = "propagatedBuildInputs";
  };

  # not for the builder's environment
  internal = [
    "meta"
    "passthru"
    "pos"
    "env"
    "args"
    "builder"
    "realBuilder"
    "checkInputs"
    "nativeCheckInputs"
    "installCheckInputs"
    "nativeInstallCheckInputs"
    "hardeningEnable"
    "dontAddHostSuffix"
    "__standInFor"
  ];

  describe = value: value.name or (toString value);

  input =
    who: list: kind: package:
    let
      chosen = package.__spliced.${kind.splice} or package;
      machine = chosen.__standInFor or null;
    in
    if package == null then
      null
    else if builtins.isAttrs package && !lib.isDerivation package && !(package ? outPath) then
      throw "${who}: an element of ${list} is a set that is no derivation"
    else if builtins.isList package then
      map (input who list kind) package
    else if
      !(builtins.isAttrs package || builtins.isString package || builtins.isPath package)
    then
      throw "Dependency is not of a valid type: element of ${list} for ${who} is a ${builtins.typeOf package}"
    else if isCross && machine != null && machine != kind.machine.config then
      throw "${who}: ${describe chosen} in ${list} is for ${machine}, but ${list} are for ${kind.machine.config}; take it from ${
        if kind.machine == buildPlatform then "buildPackages" else "pkgs"
      }, or let callPackage fill it in"
    else
      lib.getDev chosen;

  inputs =
    who: given: extra: name:
    let
      value = given.${name} or [ ];
      kind = lib.findFirst (kind: kind == name || propagatedNames.${kind} == name) null (
        builtins.attrNames kinds
      );
    in
    if builtins.isList value then
      lib.flatten (map (input who name kinds.${kind}) (value ++ extra.${name} or [ ]))
    else
      throw "${who}: ${name} is not a list";

  inputNames = builtins.attrNames kinds ++ builtins.attrValues propagatedNames;

  environmentOf =
    who: given: taken:
    let
      env = given.env or { };
      overlap = builtins.filter (name: taken ? ${name}) (builtins.attrNames env);
      isFit =
        value:
        builtins.isString value
        || builtins.isBool value
        || builtins.isInt value
        || lib.isDerivation value;
      unfit = builtins.filter (name: !isFit env.${name}) (builtins.attrNames env);
    in
    if !builtins.isAttrs env then
      throw "${who}: env is no attribute set"
    else if overlap != [ ] then
      throw "${who}: The `env` attribute set cannot contain any attributes passed to derivation. The following attributes are overlapping: ${toString overlap}"
    else if unfit != [ ] then
      throw "${who}: The `env` attribute set can only contain derivation, string, boolean or integer attributes. The `${builtins.head unfit}` attribute is of type ${
        builtins.typeOf env.${builtins.head unfit}
      }."
    else
      builtins.mapAttrs (
        name: value: if lib.isDerivation value then toString value else value
      ) env;

  make =
    fixpoint:
    let
      given = fixpoint (given // { finalPackage = package; });
      plainName =
        given.name or (
          if given ? pname && given ? version then
            "${given.pname}-${given.version}"
          else
            throw "mkDerivation: neither name nor pname and version are given"
        );
      isFixed = given ? outputHash;
      name =
        if isCross && !isFixed && given ? pname && !(given.dontAddHostSuffix or false) then
          "${given.pname}-${hostPlatform.config}-${given.version}"
        else
          plainName;
      outputs = given.outputs or [ "out" ];
      doCheck = given.doCheck or false && buildPlatform.canExecute hostPlatform;
      doInstallCheck = given.doInstallCheck or false && buildPlatform.canExecute hostPlatform;
      checks = {
        nativeBuildInputs =
          lib.optionals doCheck (given.nativeCheckInputs or [ ])
          ++ lib.optionals doInstallCheck (given.nativeInstallCheckInputs or [ ]);
        buildInputs =
          lib.optionals doCheck (given.checkInputs or [ ])
          ++ lib.optionals doInstallCheck (given.installCheckInputs or [ ]);
      };
      arguments =
        removeAttrs given internal
        // lib.genAttrs inputNames (inputs plainName given checks)
        // {
          inherit
            name
            outputs
            stdenv
            doCheck
            doInstallCheck
            ;
          inherit (buildPlatform) system;
          strictDeps = given.strictDeps or (config.strictDepsByDefault or false);
          patches = given.patches or [ ];
          configureFlags = given.configureFlags or [ ];
          builder = given.realBuilder or shell;
          args = given.args or [
            "-e"
            ./setup/source-stdenv.sh
            (given.builder or ./setup/default-builder.sh)
          ];
          __ignoreNulls = true;
        };
      derivationArguments =
        if given.__structuredAttrs or false then
          throw "the stand-in for nixpkgs has no structured attributes (${plainName})"
        else
          arguments // environmentOf plainName given arguments;
      meta = {
        name = plainName;
        outputsToInstall = [ (if builtins.elem "bin" outputs then "bin" else builtins.head outputs) ];
      }
      // given.meta or { };
      valid = checkMeta {
        inherit hostPlatform outputs;
        name = plainName;
        pname = lib.getName (given // { name = plainName; });
        meta = given.meta or { };
      };
      passthru = given.passthru or { };
      package = lib.extendDerivation valid (
        {
          inherit meta passthru;
          __standInFor = given.__standInFor or hostPlatform.config;
          overrideAttrs =
            change:
            make (
              final:
              let
                previous = fixpoint final;
                applied = if builtins.isFunction change then change previous else change;
                # a function of one argument takes what was before
                more = if builtins.isFunction applied then change final previous else applied;
              in
              previous // more
            );
        }
        // passthru
      ) (derivation derivationArguments);
    in
    package;
in
attributes: make (if builtins.isFunction attributes then attributes else (_: attributes))

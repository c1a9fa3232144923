# Packages as derivations of their own: the patched, the compiled, and those that the user overrides.
# The rest never leaves its tarball before the assembly.
{
  lib,
  stdenv,
  # of the machine that runs the result, and of the one that builds it
  nodejs,
  buildNodejs,
  # npm's name of the processor that runs it
  cpu,
  find,
  findForBuild,
  dependencies,
  nativeAddons,
  placements,
  addons,
  overrideOf,
  # whether only optional dependencies lead to a package
  isOptional,
}:

let
  # the package of that name that stands nearest to a use of id; for headers, any will do
  siblingOf =
    id: name:
    let
      candidates = builtins.filter (lib.hasPrefix "${name}@") (builtins.attrNames dependencies);
      uses = builtins.filter (key: (placements.${key}.id or "") == id) (builtins.attrNames placements);
      nearest = lib.concatMap (
        key:
        let
          inner = placements."${key}/${name}" or placements.${name} or { };
        in
        lib.optional (inner ? id) inner.id
      ) uses;
    in
    lib.findFirst (key: dependencies ? ${key})
      (throw "ocnix: ${id} needs ${name} to compile, which the lockfile lacks; set preferSource.\"${id}\" = false, or put a derivation in its place with overrides")
      (nearest ++ candidates);

  plain =
    id: entry:
    {
      inherit (entry) pname version src;
      strictDeps = true;
      __structuredAttrs = false;
      nativeBuildInputs = [ ];
      # the assembly takes them for prebuilt files
      buildInputs = lib.optionals (addons.hasPrebuilt id) (librariesOf id);
      patches = entry.patch or [ ];
      unpackPhase = ''
        runHook preUnpack
        source ${./unpack.sh}
        mkdir package
        ocnixUnpack "$src" package ${kindOf entry.src}
        cd package
        runHook postUnpack
      '';
      # as Bun does; GNU patch has fuzz and misreads some headers, git refuses some forms
      patchPhase = ''
        runHook prePatch
        for patch in $patches; do
          if ! ${buildNodejs}/bin/node ${./patch.js} "$patch"; then
            name=$(basename "$patch")
            echo "ocnix: the patch ''${name#*-} does not apply to "${lib.escapeShellArg id}"; make it anew against this version (bun patch writes one), or take it out of patchedDependencies or overrides" >&2
            exit 1
          fi
        done
        runHook postPatch
      '';
      dontConfigure = true;
      dontBuild = true;
      # the files are the package's own
      dontFixup = true;
      installPhase = ''
        runHook preInstall
        mkdir -p "$out"
        cp -R -P . "$out/"
        runHook postInstall
      '';
      passthru = {
        hint = nativeAddons.${id} or null;
        inherit id;
      };
    };

  # a library that nixpkgs lacks is no error of what may fail to compile
  orNothing =
    find: name:
    let
      tried = builtins.tryEval (find name);
    in
    if tried.success then tried.value else null;

  # by the names of nixpkgs
  librariesOf =
    id:
    let
      hint = nativeAddons.${id};
    in
    # nixpkgs has nothing in the place of what a system brings itself
    builtins.filter (library: library != null) (
      map (if isOptional id then orNothing (find id) else find id) (
        if stdenv.hostPlatform.isDarwin then hint.darwinBuildInputs or hint.buildInputs else hint.buildInputs
      )
    );

  # A binding.gyp may run scripts, which need what the package needs: tab-separated lines of a place beside or in
  # the folder "package", content and its kind. As published, since two packages may need each other.
  needsOf =
    id:
    let
      key = lib.findFirst (other: (placements.${other}.id or "") == id) "" (builtins.attrNames placements);
      isMeant =
        other:
        let
          inner = placements.${other}.id or "";
          entry = dependencies.${inner};
        in
        # not one of those for single platforms
        dependencies ? ${inner} && inner != id && !(entry ? os || entry ? cpu) && overrideOf inner == [ ];
      step = keys: map (other: { key = other; }) (builtins.filter isMeant keys);
      found = builtins.genericClosure {
        startSet = step (placements.${key} or { edges = [ ]; }).edges;
        operator = item: step placements.${item.key}.edges;
      };
      locationOf =
        other:
        let
          name = installedName other;
          parent = lib.removeSuffix "/" (lib.removeSuffix name other);
        in
        if parent == key then
          "package/node_modules/${name}"
        else if parent == "" || lib.hasPrefix "${parent}/" key then
          "node_modules/${name}"
        else
          "${locationOf parent}/node_modules/${name}";
    in
    lib.concatMapStrings (
      item:
      let
        inherit (dependencies.${placements.${item.key}.id}) src;
      in
      "${locationOf item.key}\t${src}\t${kindOf src}\n"
    ) (builtins.sort (a: b: a.key < b.key) found);

  # "a/@s/b" to "@s/b"
  installedName =
    key:
    let
      parts = lib.splitString "/" key;
      scope = lib.last ([ "" ] ++ lib.init parts);
    in
    if lib.hasPrefix "@" scope then "${scope}/${lib.last parts}" else lib.last parts;

  compiled =
    id: entry:
    let
      hint = nativeAddons.${id};
      base = plain id entry;
      steps = hint.buildSteps or [ "node-gyp rebuild" ];
      installSteps = hint.installSteps or [ ];
      # nixpkgs' own command would take the headers of its own Node
      nodeGyp = "${findForBuild id "node-gyp"}/lib/node_modules/node-gyp/bin/node-gyp.js";
      siblings = map (name: {
        inherit name;
        content = content (siblingOf id name);
      }) hint.siblings;
    in
    base
    // {
      env = {
        # node-gyp reads them; Electron's headers may stand in for Node's
        npm_config_nodedir = "${lib.getDev nodejs}";
        npm_config_arch = cpu;
      }
      // hint.environment;
      nativeBuildInputs =
        base.nativeBuildInputs
        ++ [
          buildNodejs
          (findForBuild id "python3")
        ]
        ++ lib.optional stdenv.hostPlatform.isLinux (findForBuild id "patchelf")
        ++ lib.optional stdenv.hostPlatform.isDarwin (findForBuild id "cctools")
        ++ map (findForBuild id) (builtins.filter (name: name != "python3") hint.nativeBuildInputs);
      buildInputs = librariesOf id;
      # a search path into this output would survive in the copy
      NIX_NO_SELF_RPATH = true;
      needs = needsOf id;
      passAsFile = [ "needs" ];
      # for node-gyp, after the command
      gypFlags = [ ];
      dontBuild = false;
      buildPhase = ''
        runHook preBuild
        ocnixGyp=${nodeGyp} ocnixArguments=${./gyp-arguments.js} ocnixDirectory=${lib.escapeShellArg (hint.directory or "")}
        source ${./compile.sh}
        ocnixPrepare ${lib.escapeShellArgs (addons.foreignFiles id)}
        ${lib.concatMapStrings (sibling: ''
          ocnixSibling ${lib.escapeShellArg sibling.name} ${
            if sibling.content == null then
              throw "ocnix: ${id} needs ${sibling.name} to compile, which overrides leave out; give another one, or set preferSource.\"${id}\" = false"
            else
              sibling.content
          }
        '') siblings}
        ocnixNeeds "$needsPath"
        ${
          lib.optionalString (hint.optional or false || isOptional id) "ocnixMayFail ${lib.escapeShellArg id} "
        }ocnixRun ${lib.escapeShellArgs steps}
        ${lib.optionalString (installSteps != [ ]) ''
          if [ -z "''${ocnixIsOptional-}" ]; then ocnixRun ${lib.escapeShellArgs installSteps}; fi
        ''}
        runHook postBuild
      '';
      installPhase = ''
        runHook preInstall
        if ! ocnixFinish; then
          echo "ocnix: compiling "${lib.escapeShellArg id}" left no .node file; set preferSource for it to false, or change its derivation with overrides" >&2
          exit 1
        fi
        mkdir -p "$out"
        cp -R -P . "$out/"
        runHook postInstall
      '';
    };

  package =
    id:
    let
      entry = dependencies.${id};
    in
    if !(dependencies ? ${id}) then
      throw "ocnix: ${id} is a folder of the developer's machine and has no files here; its override must not use the package that it is given"
    else
      stdenv.mkDerivation (
        if addons.outcome id == "compile" then compiled id entry else plain id entry
      );

  needsDerivation = id: dependencies.${id} ? patch || addons.outcome id == "compile";

  # tarball, or which kind of folder the fetchers of default.nix gave
  kindOf = src: src.ocnixKind or "tarball";

  # the override's result, in a list; [ ] without one
  overridden =
    id:
    let
      given = overrideOf id;
      value = (builtins.head given) (package id);
    in
    if given == [ ] then
      [ ]
    else if !builtins.isFunction (builtins.head given) then
      throw "ocnix: the override of ${id} is not a function of the package; write _: null to leave it out, _: value to put something in its place"
    else if value == null || builtins.isPath value || builtins.isString value || lib.isDerivation value then
      [ value ]
    else
      throw "ocnix: the override of ${id} gives neither a derivation nor a path nor null; let the function give one of them";

  # what the assembly puts in the package's place: a tarball or a folder
  content =
    id:
    let
      given = overridden id;
    in
    if given != [ ] then
      builtins.head given
    else if !(dependencies ? ${id}) then
      throw "ocnix: ${id} is a link to a folder of the developer's machine; set overrides.\"${id}\" to a function that gives its files as a path, or null to leave it out"
    else if needsDerivation id then
      package id
    else
      dependencies.${id}.src;
in
{
  inherit package content librariesOf;

  # who made the content: "given" by the user, "made" by a derivation of ours, else the kind of what is fetched
  originOf =
    id:
    if overrideOf id != [ ] then
      "given"
    else if needsDerivation id then
      "made"
    else
      kindOf dependencies.${id}.src;

  # null by the user's wish
  isLeftOut = id: overridden id == [ null ];

  # derivations of ours that stand in for a tarball; what is made from them must not refer to them
  standIns =
    ids:
    builtins.filter lib.isDerivation (
      map content (
        builtins.filter (id: overrideOf id != [ ] || (dependencies ? ${id} && needsDerivation id)) ids
      )
    );
}

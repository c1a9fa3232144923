# What lib knows of packages: outputs, overriding, licences, platforms, sources.
{ lib }:

let
  self = rec {
    isDerivation = value: value.type or null == "derivation";

    getOutput =
      output: package:
      if package.outputSpecified or false then
        package
      else
        package.${output} or package.out or package;
    getBin = getOutput "bin";
    getDev = getOutput "dev";
    getLib = getOutput "lib";
    getMan = getOutput "man";
    makeSearchPath =
      folder: packages:
      lib.concatMapStringsSep ":" (package: "${package}/${folder}") (
        builtins.filter (package: package != null) packages
      );
    makeSearchPathOutput =
      output: folder: packages:
      makeSearchPath folder (map (getOutput output) packages);
    makeBinPath = makeSearchPathOutput "bin" "bin";
    makeLibraryPath = makeSearchPathOutput "lib" "lib";

    getName =
      package:
      if builtins.isString package then
        (builtins.parseDrvName package).name
      else
        package.pname or (builtins.parseDrvName package.name).name;
    getVersion =
      package:
      if builtins.isString package then
        (builtins.parseDrvName package).version
      else
        package.version or (builtins.parseDrvName package.name).version;
    getExe =
      package:
      getExe' package (
        package.meta.mainProgram
          or (lib.warn "getExe: package ${package.name} does not have the meta.mainProgram attribute" (
            getName package
          ))
      );
    getExe' =
      package: program:
      assert lib.assertMsg (isDerivation package) "getExe': the first argument is not a derivation";
      assert lib.assertMsg (builtins.isString program) "getExe': the second argument is not a string";
      assert lib.assertMsg (
        builtins.match ".*/.*" program == null
      ) "getExe': the second argument \"${program}\" is a path, not the name of a program";
      "${getBin package}/bin/${program}";

    setFunctionArgs = f: arguments: {
      __functor = _: f;
      __functionArgs = arguments;
    };
    functionArgs =
      f: if f ? __functor then f.__functionArgs or (functionArgs (f.__functor f)) else builtins.functionArgs f;
    isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));

    makeOverridable =
      f:
      let
        mirror = g: if builtins.isFunction f || f ? __functor then setFunctionArgs g (functionArgs f) else g;
      in
      mirror (
        given:
        let
          result = f given;
          with' = more: given // (if isFunction more then more given else more);
          again = change: makeOverridable (mirror (arguments: change (f arguments))) given;
        in
        if builtins.isAttrs result then
          result
          // {
            override = more: makeOverridable f (with' more);
          }
          // (
            if result ? overrideAttrs then
              { overrideAttrs = change: again (package: package.overrideAttrs change); }
            else
              { }
          )
        else
          result
      );

    callPackageWith =
      available: fn: given:
      let
        f = if isFunction fn then fn else import fn;
        wanted = functionArgs f;
        missing = builtins.filter (name: !wanted.${name} && !(available ? ${name}) && !(given ? ${name})) (
          builtins.attrNames wanted
        );
      in
      if missing != [ ] then
        throw "callPackage: function called without required argument \"${builtins.head missing}\""
      else
        # Nix itself refuses an argument that the function does not know
        makeOverridable f (builtins.intersectAttrs wanted available // given);

    # the outputs and attributes of a derivation, each behind a condition that may throw
    extendDerivation =
      condition: passthru: derivation:
      let
        guard = package: {
          drvPath =
            assert condition;
            package.drvPath;
          outPath =
            assert condition;
            package.outPath;
        };
        outputs = lib.genAttrs (derivation.outputs or [ "out" ]) (
          name:
          common
          // guard derivation.${name}
          // {
            inherit (derivation.${name}) type outputName;
            outputSpecified = true;
          }
          // lib.optionalAttrs (passthru ? overrideAttrs) {
            overrideAttrs = change: (passthru.overrideAttrs change).${name};
          }
        );
        common = derivation // outputs // { all = builtins.attrValues outputs; } // passthru;
      in
      common // guard derivation;

    fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    fakeSha256 = "0000000000000000000000000000000000000000000000000000000000000000";
    licensesSpdx = builtins.listToAttrs (
      map (license: {
        name = license.spdxId;
        value = license;
      }) (builtins.filter (license: license ? spdxId) (builtins.attrValues licenses))
    );
    getLicenseFromSpdxId =
      id:
      getLicenseFromSpdxIdOr id (
        lib.warn "getLicenseFromSpdxId: no license matches the given SPDX ID: ${id}" {
          shortName = id;
        }
      );
    getLicenseFromSpdxIdOr =
      id: default:
      let
        byLower = builtins.listToAttrs (
          map (name: {
            name = lib.toLower name;
            value = licensesSpdx.${name};
          }) (builtins.attrNames licensesSpdx)
        );
      in
      byLower.${lib.toLower id} or default;
    licenses = import ./licenses.nix;

    sourceTypes =
      builtins.mapAttrs
        (shortName: isSource: {
          inherit shortName isSource;
        })
        {
          fromSource = true;
          binaryNativeCode = false;
          binaryBytecode = false;
          binaryFirmware = false;
        };

    platforms = rec {
      linux = [
        "aarch64-linux"
        "armv7l-linux"
        "i686-linux"
        "riscv64-linux"
        "x86_64-linux"
      ];
      darwin = [
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      unix = linux ++ darwin ++ [ "x86_64-freebsd" ];
      all = unix ++ [ "x86_64-windows" ];
      none = [ ];
    };
    meta.availableOn =
      platform: package:
      builtins.elem platform.system (package.meta.platforms or [ platform.system ])
      && !builtins.elem platform.system (package.meta.badPlatforms or [ ]);
    hiPrio = package: package;
    lowPrio = package: package;
    addMetaAttrs = more: package: package // { meta = package.meta or { } // more; };

    cleanSourceFilter =
      path: type:
      let
        name = baseNameOf (toString path);
      in
      !(type == "directory" && builtins.elem name [ ".git" ".svn" "CVS" ".hg" ".jj" ".pijul" "_darcs" ])
      && !(lib.hasSuffix "~" name)
      && builtins.match "^\\.sw[a-z]$" name == null
      && builtins.match "^\\..*\\.sw[a-z]$" name == null
      && !(lib.hasSuffix ".o" name)
      && !(lib.hasSuffix ".so" name)
      && !(type == "symlink" && lib.hasPrefix "result" name)
      && type != "unknown";
    cleanSource =
      src:
      cleanSourceWith {
        inherit src;
        filter = cleanSourceFilter;
      };
    cleanSourceWith =
      {
        src,
        filter ? (_: _: true),
        name ? null,
      }:
      let
        inner = src.filter or (_: _: true);
        clean = {
          _isLibCleanSourceWith = true;
          origSrc = src.origSrc or src;
          filter = path: type: filter path type && inner path type;
          name = if name == null then src.name or "source" else name;
          outPath = builtins.path {
            inherit (clean) filter name;
            path = clean.origSrc;
          };
        };
      in
      clean;
    sourceByRegex =
      src: regexes:
      cleanSourceWith {
        filter =
          path: type:
          builtins.any (
            regex: builtins.match regex (lib.removePrefix "${toString src}/" (toString path)) != null
          ) regexes;
        inherit src;
      };
  };
in
self

# The functions of nixpkgs' lib that a tree uses, written anew. A name that is missing here throws.
let
  lib = rec {
    inherit (builtins)
      all
      any
      concatLists
      concatMap
      concatStringsSep
      elem
      head
      filter
      ;

    min = a: b: if a < b then a else b;
    max = a: b: if a > b then a else b;

    last = list: builtins.elemAt list (builtins.length list - 1);
    init = list: builtins.genList (builtins.elemAt list) (builtins.length list - 1);
    take = n: list: builtins.genList (builtins.elemAt list) (min n (builtins.length list));
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: list: if condition then list else [ ];
    optionalString = condition: text: if condition then text else "";
    findFirst =
      predicate: default: list:
      let
        found = builtins.filter predicate list;
      in
      if found == [ ] then default else builtins.head found;
    unique = builtins.foldl' (known: item: if elem item known then known else known ++ [ item ]) [ ];

    concatStrings = builtins.concatStringsSep "";
    concatMapStrings = f: list: concatStrings (map f list);
    hasPrefix =
      prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
    hasSuffix =
      suffix: text:
      let
        start = builtins.stringLength text - builtins.stringLength suffix;
      in
      start >= 0 && builtins.substring start (-1) text == suffix;
    removeSuffix =
      suffix: text:
      if hasSuffix suffix text then
        builtins.substring 0 (builtins.stringLength text - builtins.stringLength suffix) text
      else
        text;
    hasInfix =
      infix: text: builtins.replaceStrings [ infix ] [ "" ] text != text;
    splitString =
      separator: text:
      filter builtins.isString (builtins.split (escapeRegex separator) text);
    escapeRegex = builtins.replaceStrings [ "." "+" "*" "?" ] [ "\\." "\\+" "\\*" "\\?" ];
    escapeShellArg = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString text)}'";

    mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (builtins.attrNames attrs);
    attrByPath =
      path: default: set:
      if path == [ ] then
        set
      else if builtins.isAttrs set && set ? ${head path} then
        attrByPath (builtins.tail path) default set.${head path}
      else
        default;

    getDev = package: package.dev or package;
    makeBinPath = makeSearchPath "bin";
    makeLibraryPath = makeSearchPath "lib";
    makeSearchPath =
      folder: packages:
      builtins.concatStringsSep ":" (map (package: "${package}/${folder}") packages);

    platforms = {
      linux = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      darwin = [
        "x86_64-darwin"
        "aarch64-darwin"
      ];
    };

    cleanSourceFilter =
      path: type:
      !(type == "directory" && baseNameOf path == ".git") && !hasPrefix "result" (baseNameOf path);
    cleanSourceWith =
      {
        src,
        filter,
        name,
      }:
      builtins.path {
        inherit filter name;
        path = src;
      };

    mkIf = condition: content: if condition then content else { };
    mkOption = option: option // { _type = "option"; };
    mkEnableOption = name: mkOption { default = false; };
    types.package = "package";

    makeOverridable =
      f: given:
      let
        result = f given;
      in
      if builtins.isAttrs result then
        result // { override = more: makeOverridable f (given // more); }
      else
        result;

    callPackageWith =
      available: fn: given:
      let
        f = if builtins.isFunction fn then fn else import fn;
        wanted = builtins.functionArgs f;
        missing = filter (name: !wanted.${name} && !(available ? ${name}) && !(given ? ${name})) (
          builtins.attrNames wanted
        );
      in
      if missing != [ ] then
        throw "callPackage: no ${builtins.concatStringsSep ", " missing}"
      else
        makeOverridable f (builtins.intersectAttrs wanted available // given);
  };
in
lib // { escapeShellArgs = list: builtins.concatStringsSep " " (map lib.escapeShellArg list); }

# Strings, versions, and words for a shell.
let
  inherit (builtins)
    concatStringsSep
    replaceStrings
    stringLength
    substring
    ;
  lib = rec {
    inherit (builtins)
      baseNameOf
      concatStringsSep
      fromJSON
      hashString
      isBool
      isInt
      isPath
      isString
      match
      readFile
      replaceStrings
      split
      splitVersion
      stringLength
      substring
      toJSON
      ;
    concatStrings = concatStringsSep "";
    concatMapStrings = f: list: concatStrings (map f list);
    concatMapStringsSep =
      separator: f: list:
      concatStringsSep separator (map f list);
    concatMapAttrsStringSep =
      separator: f: attrs:
      concatStringsSep separator (map (name: f name attrs.${name}) (builtins.attrNames attrs));
    concatLines = concatMapStrings (line: line + "\n");
    optionalString = condition: text: if condition then text else "";
    hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
    hasSuffix =
      suffix: text:
      let
        start = stringLength text - stringLength suffix;
      in
      start >= 0 && substring start (-1) text == suffix;
    hasInfix = infix: text: replaceStrings [ infix ] [ "" ] text != text;
    removePrefix =
      prefix: text:
      if hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
    removeSuffix =
      suffix: text:
      if hasSuffix suffix text then substring 0 (stringLength text - stringLength suffix) text else text;
    splitString =
      separator: text:
      builtins.filter isString (split (escapeRegex separator) (toString text));
    stringToCharacters = text: builtins.genList (i: substring i 1 text) (stringLength text);
    escape = characters: replaceStrings characters (map (character: "\\${character}") characters);
    escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
    toLower = replaceStrings (stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (
      stringToCharacters "abcdefghijklmnopqrstuvwxyz"
    );
    toUpper = replaceStrings (stringToCharacters "abcdefghijklmnopqrstuvwxyz") (
      stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );
    trim =
      text:
      let
        parts = match "[[:space:]]*(.*[^[:space:]])[[:space:]]*" text;
      in
      if parts == null then "" else builtins.head parts;
    # a word that needs no quotes stays without
    escapeShellArg =
      argument:
      let
        text = toString argument;
      in
      if match "[[:alnum:],._+:@%/-]+" text == null then
        "'${replaceStrings [ "'" ] [ "'\\''" ] text}'"
      else
        text;
    escapeShellArgs = concatMapStringsSep " " escapeShellArg;
    escapeNixString = text: escape [ "$" ] (toJSON text);
    isValidPosixName = name: match "[a-zA-Z_][a-zA-Z0-9_]*" name != null;
    toShellVar =
      name: value:
      if !isValidPosixName name then
        throw "toShellVar: ${name} is not a valid shell variable name"
      else if builtins.isList value then
        "declare -a ${name}=(${escapeShellArgs value})"
      else if builtins.isAttrs value && !(value ? outPath) then
        "declare -A ${name}=(${
          concatMapAttrsStringSep " " (key: item: "[${escapeShellArg key}]=${escapeShellArg item}") value
        })"
      else
        "${name}=${escapeShellArg value}";
    toShellVars = concatMapAttrsStringSep "\n" toShellVar;
    boolToString = value: if value then "true" else "false";
    versionOlder = a: b: builtins.compareVersions b a == 1;
    versionAtLeast = a: b: !versionOlder a b;
    versions = {
      major = version: builtins.elemAt (splitVersion version) 0;
      majorMinor =
        version:
        concatStringsSep "." [
          (builtins.elemAt (splitVersion version) 0)
          (builtins.elemAt (splitVersion version) 1)
        ];
    };
  };
in
lib

# Modules of NixOS and its like: options with types, conditions, priorities, and evalModules, which refuses a value for an
# option that nobody declares.
{ lib }:

let
  inherit (builtins)
    attrNames
    concatLists
    concatMap
    filter
    head
    isAttrs
    isBool
    isFunction
    isInt
    isList
    isString
    length
    map
    ;

  ofKind = kind: value: isAttrs value && value._type or "" == kind;

  # a definition's values with their priorities, once conditions and merges are resolved; the lower number wins
  values =
    content:
    if ofKind "if" content then
      if content.condition then values content.content else [ ]
    else if ofKind "merge" content then
      concatMap values content.contents
    else if ofKind "override" content then
      map (found: found // { inherit (content) priority; }) (values content.content)
    else
      [
        {
          priority = 100;
          value = content;
        }
      ];
  strongest =
    found:
    let
      best = builtins.foldl' lib.min 9999 (map (one: one.priority) found);
    in
    map (one: one.value) (filter (one: one.priority == best) found);

  showPath = lib.concatStringsSep ".";

  type = name: check: merge: {
    _type = "option-type";
    inherit name check merge;
  };
  one =
    path: given:
    if length (lib.unique given) == 1 then
      head given
    else
      throw "The option `${showPath path}' has conflicting definition values";
  scalar = name: check: type name check one;

  # each name's own values
  byName =
    item: path: given:
    builtins.mapAttrs (
      name: _: mergeValues item (path ++ [ name ]) (concatMap (set: lib.optional (set ? ${name}) set.${name}) given)
    ) (builtins.foldl' (all: set: all // set) { } given);

  mergeValues =
    wanted: path: contents:
    let
      given = strongest (concatMap values contents);
      bad = filter (value: !wanted.check value) given;
    in
    if given == [ ] then
      throw "The option `${showPath path}' is used but not defined"
    else if bad != [ ] then
      throw "A definition for option `${showPath path}' is not of type `${wanted.name}'"
    else
      wanted.merge path given;

  types = rec {
    bool = scalar "boolean" isBool;
    str = scalar "string" isString;
    int = scalar "signed integer" isInt;
    port = scalar "16 bit unsigned integer; between 0 and 65535 (both inclusive)" (
      value: isInt value && value >= 0 && value <= 65535
    );
    path = scalar "path" (
      value: builtins.substring 0 1 (toString value) == "/" && (isString value || builtins.isPath value)
    );
    package = type "package" lib.isDerivation (_: head);
    anything = type "anything" (_: true) (
      path: given: if lib.all isAttrs given && !lib.any lib.isDerivation given then byName anything path given else one path given
    );
    nullOr =
      item:
      type "null or ${item.name}" (value: value == null || item.check value) (
        path: given: if lib.all (value: value == null) given then null else item.merge path given
      );
    listOf =
      item: type "list of ${item.name}" (value: isList value && lib.all item.check value) (_: concatLists);
    attrsOf = item: type "attribute set of ${item.name}" isAttrs (byName item);
  };

  isOption = ofKind "option";

  evalModules =
    {
      modules,
      specialArgs ? { },
    }:
    let
      load =
        given:
        let
          module = if builtins.isPath given || isString given then import given else given;
          body = if isFunction module then module (specialArgs // { inherit config lib options; }) else module;
          plain =
            if body ? config || body ? options then
              body
            else
              { config = removeAttrs body [ "imports" ]; };
        in
        concatMap load (body.imports or [ ]) ++ [ plain ];
      loaded = concatMap load modules;

      declare =
        path: a: b:
        a
        // builtins.mapAttrs (
          name: value:
          if !(a ? ${name}) then
            value
          else if isOption value || isOption a.${name} then
            throw "The option `${showPath (path ++ [ name ])}' is already declared"
          else
            declare (path ++ [ name ]) a.${name} value
        ) b;
      options = builtins.foldl' (declare [ ]) { } (map (module: module.options or { }) loaded);

      # what the definitions of a set hold at a name
      at = name: concatMap (set: lib.optional (set ? ${name}) set.${name});
      # conditions move inwards, so that names are known before any of them
      pushDown =
        content:
        if ofKind "if" content then
          map (builtins.mapAttrs (_: modules'.mkIf content.condition)) (pushDown content.content)
        else if ofKind "merge" content then
          concatMap pushDown content.contents
        else if ofKind "override" content then
          map (builtins.mapAttrs (_: modules'.mkOverride content.priority)) (pushDown content.content)
        else
          [ content ];
      sets = concatMap pushDown;

      evaluate =
        path: declared: contents:
        builtins.mapAttrs (
          name: option:
          let
            here = path ++ [ name ];
            given = at name (sets contents);
          in
          if isOption option then
            mergeValues option.type here (given ++ lib.optional (option ? default) (modules'.mkOptionDefault option.default))
          else
            evaluate here option given
        ) declared;

      undeclared =
        path: declared: contents:
        concatMap (
          set:
          concatMap (
            name:
            if !(declared ? ${name}) then
              [ (showPath (path ++ [ name ])) ]
            else if isOption declared.${name} then
              [ ]
            else
              undeclared (path ++ [ name ]) declared.${name} [ set.${name} ]
          ) (attrNames set)
        ) (sets contents);

      definitions = map (module: module.config or { }) loaded;
      config = evaluate [ ] options definitions;
      unknown = undeclared [ ] options definitions;
    in
    {
      inherit options;
      config = if unknown == [ ] then config else throw "The option `${head unknown}' does not exist";
    };

  modules' = {
    inherit types evalModules isOption;
    mkIf = condition: content: {
      _type = "if";
      inherit condition content;
    };
    mkMerge = contents: {
      _type = "merge";
      inherit contents;
    };
    mkOverride = priority: content: {
      _type = "override";
      inherit priority content;
    };
    mkDefault = modules'.mkOverride 1000;
    mkOptionDefault = modules'.mkOverride 1500;
    mkForce = modules'.mkOverride 50;
    mkOption = option: option // { _type = "option"; };
    mkEnableOption =
      name:
      modules'.mkOption {
        type = types.bool;
        default = false;
        description = "Whether to enable ${name}.";
      };
    literalExpression = text: {
      _type = "literalExpression";
      inherit text;
    };
  };
in
modules'

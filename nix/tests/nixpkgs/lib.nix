# The functions of nixpkgs' lib that a tree may use, written anew. A name that is missing here throws.
let
  strings = import ./lib-strings.nix;
  packages = import ./lib-packages.nix {
    lib = strings // lists // attrsets // trivial;
  };

  trivial = {
    inherit (builtins) isFunction functionArgs;
    min = a: b: if a < b then a else b;
    max = a: b: if a > b then a else b;
    id = value: value;
    const = value: _: value;
    flip = f: a: b: f b a;
    pipe = builtins.foldl' (value: f: f value);
    warn = message: value: builtins.trace "evaluation warning: ${message}" value;
    warnIf = condition: message: if condition then trivial.warn message else trivial.id;
    warnIfNot = condition: trivial.warnIf (!condition);
    throwIf = condition: message: if condition then throw message else trivial.id;
    throwIfNot = condition: trivial.throwIf (!condition);
    assertMsg = condition: message: condition || throw message;
    trivial = {
      release = "25.11";
      version = "25.11pre-git";
    };
    version = trivial.trivial.version;
  };

  lists = rec {
    inherit (builtins)
      all
      any
      concatLists
      concatMap
      elem
      elemAt
      filter
      foldl'
      genList
      head
      isList
      length
      map
      partition
      sort
      tail
      ;
    last = list: elemAt list (length list - 1);
    init = list: genList (elemAt list) (length list - 1);
    take = n: list: genList (elemAt list) (trivial.min n (length list));
    drop =
      n: list:
      genList (i: elemAt list (i + n)) (trivial.max 0 (length list - n));
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: list: if condition then list else [ ];
    findFirst =
      predicate: default: list:
      let
        found = filter predicate list;
      in
      if found == [ ] then default else head found;
    unique = foldl' (known: item: if elem item known then known else known ++ [ item ]) [ ];
    subtractLists = without: filter (item: !elem item without);
    intersectLists = other: filter (item: elem item other);
    flatten = value: if isList value then concatMap flatten value else [ value ];
    toList = value: if isList value then value else [ value ];
    singleton = value: [ value ];
    reverseList =
      list:
      let
        n = length list;
      in
      genList (i: elemAt list (n - i - 1)) n;
    foldr =
      f: start: list:
      foldl' (value: item: f item value) start (reverseList list);
    count = predicate: list: length (filter predicate list);
    imap0 = f: list: genList (i: f i (elemAt list i)) (length list);
    zipListsWith =
      f: a: b:
      genList (i: f (elemAt a i) (elemAt b i)) (trivial.min (length a) (length b));
  };

  attrsets = rec {
    inherit (builtins)
      attrNames
      attrValues
      catAttrs
      isAttrs
      listToAttrs
      mapAttrs
      removeAttrs
      intersectAttrs
      ;
    getAttr = builtins.getAttr;
    hasAttr = builtins.hasAttr;
    nameValuePair = name: value: { inherit name value; };
    mapAttrs' = f: attrs: listToAttrs (map (name: f name attrs.${name}) (attrNames attrs));
    mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (attrNames attrs);
    attrsToList = mapAttrsToList nameValuePair;
    filterAttrs =
      predicate: attrs:
      listToAttrs (
        map (name: nameValuePair name attrs.${name}) (
          builtins.filter (name: predicate name attrs.${name}) (attrNames attrs)
        )
      );
    genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
    optionalAttrs = condition: attrs: if condition then attrs else { };
    mergeAttrs = a: b: a // b;
    attrByPath =
      path: default: set:
      if path == [ ] then
        set
      else if isAttrs set && set ? ${builtins.head path} then
        attrByPath (builtins.tail path) default set.${builtins.head path}
      else
        default;
    hasAttrByPath =
      path: set:
      path == [ ]
      || (
        isAttrs set
        && set ? ${builtins.head path}
        && hasAttrByPath (builtins.tail path) set.${builtins.head path}
      );
    getAttrFromPath =
      path: attrByPath path (throw "cannot find attribute '${builtins.concatStringsSep "." path}'");
    recursiveUpdate =
      a: b:
      a
      // mapAttrs (
        name: value:
        if isAttrs value && isAttrs (a.${name} or null) then recursiveUpdate a.${name} value else value
      ) b;
    zipAttrsWith =
      f: sets:
      genAttrs (lists.unique (builtins.concatMap attrNames sets)) (
        name: f name (catAttrs name sets)
      );
    foldlAttrs =
      f: start: attrs:
      builtins.foldl' (value: name: f value name attrs.${name}) start (attrNames attrs);
  };

  modules = import ./lib-modules.nix { lib = self; };

  self = trivial // lists // attrsets // strings // packages // modules;
in
self

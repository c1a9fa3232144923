# The isolated layout of a scope: a folder below node_modules/.bun for each package with its set of peers, and links.
{
  lib,
  # the generated file
  isolated,
  dependencies,
  workspaces,
  bunRules,
  fits,
  isLeftOut,
}:

let
  admitted = builtins.filter (
    id: !(dependencies ? ${id}) || fits dependencies.${id}
  ) isolated.deciding;

  variantOf =
    dev: optional:
    let
      known = lib.unique (map (variant: variant.rules) isolated.variants);
    in
    if !builtins.elem bunRules known then
      throw "ocnix: bunRules is ${
        lib.concatMapStringsSep " or " (rules: "\"${rules}\"") known
      }, not \"${bunRules}\""
    else
      lib.findFirst (
        variant:
        variant.rules == bunRules
        && variant.dev == dev
        && variant.optional == optional
        && variant.admitted == admitted
      ) (throw "ocnix: isolated.nix has no layout for this platform; use linker hoisted for it") isolated.variants;

  # the name in "<name>@<resolution>"; a scope's @ is part of it
  nameOf = id: builtins.head (builtins.match "(@?[^@]*)@.*" id);

  # of elements with one name the first
  firstOf =
    nameOf: list:
    builtins.listToAttrs (
      map (value: {
        name = nameOf value;
        inherit value;
      }) list
    );

  up = count: lib.concatStrings (builtins.genList (_: "../") count);
  # folders between a node_modules and what is in it
  levels = name: if lib.hasPrefix "@" name then 1 else 0;
  # from one folder of the project to another
  relative =
    from: to:
    let
      split = path: builtins.filter (name: name != "") (lib.splitString "/" path);
      walk =
        from: to:
        if from != [ ] && to != [ ] && builtins.head from == builtins.head to then
          walk (builtins.tail from) (builtins.tail to)
        else
          builtins.concatStringsSep "/" (map (_: "..") from ++ to);
    in
    walk (split from) (split to);
  segments = path: if path == "" then 0 else builtins.length (lib.splitString "/" path);
in
{
  # paths of workspaces
  members,
  dev,
  optional,
}:

let
  variant = variantOf dev optional;
  entries = isolated.entries // variant.entries;

  realName = builtins.mapAttrs (_: entry: nameOf entry.id) entries;
  kept = builtins.mapAttrs (
    _: entry:
    !isLeftOut entry.id && (!(dependencies ? ${entry.id}) || fits dependencies.${entry.id})
  ) entries;
  linksOf =
    links:
    builtins.filter (link: link ? member || kept.${link.entry}) (
      map (
        link:
        if builtins.isString link then
          {
            alias = realName.${link};
            entry = link;
          }
        else
          link
      ) links
    );
  entryLinks = builtins.mapAttrs (_: entry: linksOf (entry.links or [ ])) entries;
  memberLinks = builtins.mapAttrs (_: linksOf) variant.members;

  # a slash tells members from entries
  follow =
    link:
    if link ? member then
      {
        key = "/${link.member}";
        links = memberLinks.${link.member};
      }
    else
      {
        key = link.entry;
        links = entryLinks.${link.entry};
      };
  byName = builtins.sort (
    a: b: a != b && (a == "" || (b != "" && workspaces.${a}.name or a < workspaces.${b}.name or b))
  ) (lib.unique members);
  # breadth first, as Bun comes upon them
  reached = builtins.genericClosure {
    startSet = map (member: follow { inherit member; }) byName;
    operator = item: map follow item.links;
  };
  isMember = item: lib.hasPrefix "/" item.key;
  reachedMembers = map (item: lib.removePrefix "/" item.key) (builtins.filter isMember reached);

  pathOf = entry: "node_modules/.bun/${entry}/node_modules/${realName.${entry}}";
  inStore = entry: "${entry}/node_modules/${realName.${entry}}";

  # a folder with links of its own: where, what it links to, and the way from it to the entries
  owners =
    map (
      item:
      let
        path = lib.removePrefix "/" item.key;
        folder = if path == "" then "node_modules" else "${path}/node_modules";
      in
      {
        inherit folder;
        links = item.links ++ lib.optionals (path == "") hoistedToTop;
        own = null;
        member = path;
        toEntries = if path == "" then ".bun/" else "${up (segments path + 1)}node_modules/.bun/";
      }
    ) (
      # what is hoisted goes to the root even if nobody asked for it
      lib.optional (!(builtins.elem "" reachedMembers) && hoistedToTop != [ ]) {
        key = "/";
        links = [ ];
      }
      ++ builtins.filter isMember reached
    )
    ++ map (item: {
      folder = "node_modules/.bun/${item.key}/node_modules";
      inherit (item) links;
      own = item.key;
      toEntries = "../../";
    }) (builtins.filter (item: !isMember item) reached);

  # what has the entry's own name goes inside of it
  place =
    owner: alias:
    if owner.own != null && realName.${owner.own} == alias then
      {
        path = "${owner.folder}/${alias}/node_modules/${alias}";
        back = up (segments alias + 1 + levels alias);
      }
    else
      {
        path = "${owner.folder}/${alias}";
        back = up (levels alias);
      };

  entryPairs = lib.concatMap (item: builtins.filter (link: link ? entry) item.links) reached;

  # each link with its owner, in Bun's order, and those of them that brought something in
  uses = lib.concatMap (item: map (link: link // { from = item.key; }) item.links) reached;
  targetOf = use: if use ? member then "/${use.member}" else use.entry;
  broughtBy = firstOf targetOf uses;
  bringing = builtins.filter (use: broughtBy.${targetOf use} == use) uses;

  hoisted = (isolated.hoisted or { }).${bunRules} or { };
  setOf = names: lib.genAttrs names (_: true);

  # the root's own stay; of others the first that brought something in
  hoistedToTop =
    let
      wanted = setOf (hoisted.top or [ ]);
      own = setOf (map (link: link.alias) (memberLinks."" or [ ]));
    in
    map (use: builtins.removeAttrs use [ "from" ]) (
      builtins.attrValues (
        firstOf (use: use.alias) (
          builtins.filter (use: wanted ? ${use.alias} && !(own ? ${use.alias}) && use.from != "/") bringing
        )
      )
    );

  # what packages find that do not declare it; a name that a workspace or a copied folder has is nobody else's
  fallback =
    let
      wanted = setOf (hoisted.fallback or [ ]);
      named = map (path: { alias = workspaces.${path}.name or ""; }) (
        builtins.filter (path: path != "") reachedMembers
      );
      claims = builtins.filter (use: !(hoisted ? fallback) || wanted ? ${use.alias}) (
        named ++ (if bunRules == "1.3" then bringing else uses)
      );
      claimed = firstOf (use: use.alias) claims;
      shared = builtins.filter (
        use: use ? entry && claimed.${use.alias} == use && !(entries.${use.entry}.private or false)
      ) claims;
      underOwnName = builtins.filter (use: use.alias == realName.${use.entry}) shared;
    in
    builtins.mapAttrs (_: use: use.entry) (
      if bunRules == "1.3" then
        firstOf (use: realName.${use.entry}) (underOwnName ++ shared)
      else
        firstOf (use: use.alias) shared
    );

  firstAlias = builtins.listToAttrs (
    map (link: {
      name = link.entry;
      value = link.alias;
    }) entryPairs
  );

  lastName =
    key:
    let
      names = lib.splitString "/" key;
      scope = lib.last (lib.init names);
    in
    if builtins.length names > 1 && lib.hasPrefix "@" scope then "${scope}/${lib.last names}" else lib.last names;
  # names that a member has for peers alone
  peersOf = builtins.mapAttrs (
    _: member:
    let
      peers = member.peerDependencies or [ ];
      declared = setOf (map lastName (lib.subtractLists peers member.dependencies ++ member.devDependencies));
    in
    builtins.removeAttrs (setOf (map lastName (peers ++ member.optionalPeers or [ ]))) (
      builtins.attrNames declared
    )
  ) workspaces;

  # Of several programs of one folder with one name the one with the least precedence is linked: of the root and members that of a
  # package, of a folder or member, of a peer; of each by name. Before 1.4 the name decides alone, and always does for entries.
  precedenceOf =
    owner: link:
    let
      isLocal = link ? member || entries.${link.entry}.private or false;
      rank =
        if bunRules == "1.3" || owner.own != null then
          "0"
        else if peersOf.${owner.member} or { } ? ${link.alias} then
          "2"
        else if isLocal then
          "1"
        else
          "0";
    in
    "${rank} ${link.alias}";
  byPrecedence = owner: builtins.sort (a: b: precedenceOf owner a < precedenceOf owner b);

  # the one of an entry's dependencies that is for this platform alone
  nativeOf =
    entry:
    let
      candidates = builtins.filter (
        link:
        link ? entry
        && dependencies.${entries.${link.entry}.id} or { } ? os
        && dependencies.${entries.${link.entry}.id} or { } ? cpu
      ) entryLinks.${entry};
    in
    if candidates == [ ] then null else pathOf (builtins.head candidates).entry;

  program = owner: alias: entry: {
    inherit (owner) folder;
    inherit (entries.${entry}) id;
    installed = alias;
    native = nativeOf entry;
    precedence = if owner.own == entry then "" else precedenceOf owner { inherit alias entry; };
  };
in
{
  # what is fetched, and where it goes
  items = map (item: {
    inherit (entries.${item.key}) id;
    path = pathOf item.key;
    depth = 1;
    uses = map (link: pathOf link.entry) (builtins.filter (link: link ? entry) item.links);
  }) (builtins.filter (item: !isMember item) reached);

  # links below the tree, as [ place, text ]
  links =
    lib.concatMap (
      owner:
      map (
        link:
        let
          at = place owner link.alias;
        in
        [
          at.path
          "${at.back}${owner.toEntries}${inStore link.entry}"
        ]
      ) (builtins.filter (link: link ? entry) owner.links)
    ) owners
    ++ lib.mapAttrsToList (name: entry: [
      "node_modules/.bun/node_modules/${name}"
      "${up (levels name)}../${inStore entry}"
    ]) fallback;

  # whose programs each folder offers; the first that is there wins
  programs = lib.concatMap (
    owner:
    lib.optional (
      owner.own != null && (bunRules != "1.3" || firstAlias.${owner.own} == realName.${owner.own})
    ) (program owner realName.${owner.own} owner.own)
    ++ map (link: program owner link.alias link.entry) (
      byPrecedence owner (builtins.filter (link: link ? entry) owner.links)
    )
  ) owners;

  # paths of the workspaces that are reached
  members = reachedMembers;

  # links to workspaces, which the consumer makes
  memberLinks = lib.concatMap (
    owner:
    map (
      link:
      let
        at = place owner link.alias;
      in
      {
        inherit (at) path;
        inherit (owner) folder;
        inherit (link) alias member;
        precedence = precedenceOf owner link;
        text = relative (dirOf at.path) link.member;
      }
    ) (byPrecedence owner (builtins.filter (link: link ? member) owner.links))
  ) owners;

  # the node_modules folders that a consumer fills
  folders = lib.unique (
    lib.optional (entryPairs != [ ]) "node_modules"
    ++ map (owner: owner.folder) (
      builtins.filter (owner: owner.own == null && lib.any (link: link ? entry) owner.links) owners
    )
  );
}

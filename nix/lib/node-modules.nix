# One derivation for one node_modules scope: real files at the lockfile's own places.
{
  lib,
  stdenv,
  find,
  findForBuild,
  # makes the links of an isolated layout
  buildNodejs,
  # what the shebangs of programs may name
  interpreters,
  layout,
  dependencies,
  nativeAddons,
  platform,
  addons,
  packages,
  isOptional,
}:

{
  name,
  # of a hoisted tree: sorted keys of layout.placements
  keys ? [ ],
  # else what isolated.nix gives
  isolated ? null,
}:

let
  inherit (layout) placements workspaces;

  # "a/@s/b" to [ "a" "@s/b" ]
  namesOf =
    key:
    builtins.foldl' (
      names: segment:
      let
        scope = lib.last names;
      in
      if names != [ ] && lib.hasPrefix "@" scope && !lib.hasInfix "/" scope then
        lib.init names ++ [ "${scope}/${segment}" ]
      else
        names ++ [ segment ]
    ) [ ] (lib.splitString "/" key);

  # below a member's name stands the member's own folder
  baseOf = first: (placements.${first} or { }).workspace or null;

  place =
    key:
    let
      names = namesOf key;
      member = baseOf (builtins.head names);
      inMember = member != null && builtins.length names > 1;
      base = if inMember && member != "" then "${member}/" else "";
      folders = if inMember then builtins.tail names else names;
      parents = lib.concatMapStrings (parent: "/${parent}/node_modules") (lib.init folders);
    in
    rec {
      inherit key;
      inherit (placements.${key}) id edges;
      depth = builtins.length names;
      installed = lib.last names;
      top = "${base}node_modules";
      folder = top + parents;
      path = "${folder}/${installed}";
    };

  # what is neither bundled nor a member
  fetched =
    if isolated != null then
      isolated.items
    else
      map place (
        builtins.filter (key: placements.${key} ? id && !(placements.${key}.bundled or false)) keys
      );

  byKey = builtins.listToAttrs (
    map (item: {
      name = item.key;
      value = item;
    }) fetched
  );

  byDepth = builtins.sort (a: b: a.depth < b.depth) fetched;

  lines = lib.concatMapStrings (line: line + "\n");

  # packages whose program Bun takes from the one of their dependencies that is for this platform alone
  natives = [
    "esbuild"
    "@anthropic-ai/claude-code"
  ];

  # from the folder's .bin to a place of the tree
  fromBin =
    folder: path:
    let
      walk =
        from: to:
        if from != [ ] && to != [ ] && builtins.head from == builtins.head to then
          walk (builtins.tail from) (builtins.tail to)
        else
          map (_: "..") from ++ to;
    in
    builtins.concatStringsSep "/" (
      walk (lib.splitString "/" folder ++ [ ".bin" ]) (lib.splitString "/" path)
    );

  # what the root or a member asks for by other than peers; there is one set for all folders, as in Bun
  declared = builtins.listToAttrs (
    map
      (key: {
        name = placements.${key}.id or "";
        value = true;
      })
      (
        lib.concatMap (
          member:
          lib.subtractLists (member.peerDependencies or [ ]) member.dependencies ++ member.devDependencies
        ) (builtins.attrValues workspaces)
      )
  );
  # folders of the project and links, such as "name@file:path"
  isLocal = id: builtins.match "@?[^@]+@(file|link):.*" id != null;

  # Of several programs of one folder with one name the one with the least precedence is linked: that of a declared package,
  # of a folder or member, of another package; of each by name.
  precedenceOf =
    item:
    let
      rank =
        if isLocal item.id then
          "1"
        else if declared ? ${item.id} then
          "0"
        else
          "2";
    in
    "${rank} ${item.installed}";

  hasNative = id: lib.any (name: lib.hasPrefix "${name}@" id) natives;

  nativeOf =
    item:
    let
      candidates = builtins.filter (
        key:
        byKey ? ${key} && dependencies.${byKey.${key}.id} ? os && dependencies.${byKey.${key}.id} ? cpu
      ) item.edges;
    in
    if candidates == [ ] then null else byKey.${builtins.head candidates}.path;

  # by precedence, but an entry's own program comes before those of its dependencies
  programs =
    map
      (
        program:
        program
        // {
          bins = import ./bins.nix { inherit lib; } {
            inherit (program) installed;
            entry = dependencies.${program.id} or { };
          };
        }
      )
      (
        if isolated != null then
          isolated.programs
        else
          builtins.sort (a: b: a.precedence < b.precedence) (
            map (item: {
              inherit (item) folder id installed;
              precedence = precedenceOf item;
              native = nativeOf item;
            }) fetched
          )
      );

  nativePlace = program: if hasNative program.id then program.native else null;

  binLines =
    program:
    let
      native = nativePlace program;
      last = if native == null then "-\t-" else "${native}\t${fromBin program.folder native}";
    in
    map (bin: "${program.folder}\t${bin.command}\t${program.installed}\t${bin.path}\t${last}") program.bins;

  filesOf = choose: lib.concatMap (item: map (file: "${item.path}/${file}") (choose item.id)) fetched;
  paths = map (file: file.path);

  # a file that asks for no library and no loader runs as it is
  isDynamic = file: file.format == "elf" && (file.needed != [ ] || file ? interpreter);
  isLibc = library: builtins.match "(ld-linux.*|lib(c|m|dl|pthread|rt|resolv|util)[.]so[.].*)" library != null;
  dynamic = lib.concatMap (item: builtins.filter isDynamic (addons.ownFiles item.id)) fetched;
  # what loads others: addons, and programs
  isFirst = file: lib.hasSuffix ".node" file.path || file ? interpreter;
  # A library that an addon brings along with all that the library asks for is left alone: the loader has those by then.
  # Changing a search path makes room in a file, and that breaks some, sharp's libvips among them.
  isBrought =
    file:
    let
      beside = map (other: baseNameOf other.path) dynamic;
      asked = builtins.filter (library: !isLibc library && !builtins.elem library beside) file.needed;
    in
    !isFirst file
    && lib.any (
      other:
      isFirst other
      && builtins.elem (baseNameOf file.path) other.needed
      && builtins.all (library: builtins.elem library other.needed) asked
    ) dynamic;
  patched =
    if platform.os == "linux" then
      filesOf (
        id: paths (builtins.filter (file: isDynamic file && !isBrought file) (addons.ownFiles id))
      )
    else
      [ ];
  # some publishers forget that they are programs
  started = filesOf addons.programs;
  # a derivation of its own has removed them already
  removed = filesOf (id: lib.optionals (addons.outcome id != "compile") (addons.foreignFiles id));
  # what an override has changed counts
  librariesFor =
    id:
    let
      content = packages.content id;
    in
    if addons.ownFiles id == [ ] then
      [ ]
    else if
      builtins.elem (packages.originOf id) [
        "given"
        "made"
      ]
    then
      content.buildInputs or [ ]
    else
      packages.librariesOf id;
  libraryPath = lib.concatMapStringsSep ":" (package: "${package.lib or package.out or package}/lib") (
    lib.unique (
      [ (find name "stdenv.cc.cc.lib") ] ++ lib.concatMap (item: librariesFor item.id) fetched
    )
  );

  # of a package's tarball, as they stand here
  nativeFiles = item: map (file: "${tree}/${item.path}/${file.path}") (addons.ownFiles item.id);

  # variables for a program that uses what is here: they prevent downloads, and name a library that is opened through FFI
  environment = builtins.foldl' (
    all: item:
    let
      hint = nativeAddons.${item.id} or { };
      files = nativeFiles item;
      variables = hint.pathVariables or [ ];
      isLibrary = addons.hasPrebuilt item.id && builtins.head hint.kinds == "dylib-ffi";
    in
    all
    // hint.skipDownload or { }
    // lib.optionalAttrs (isLibrary && builtins.length variables == 1 && builtins.length files == 1) {
      ${builtins.head variables} = builtins.head files;
    }
  ) { } fetched;

  # the build of an addon may fail where only optional dependencies lead to it
  mayLack =
    id: addons.outcome id == "compile" && (nativeAddons.${id}.optional or false || isOptional id);

  # a program of another package is tried there
  checks = builtins.filter (
    item:
    let
      outcome = addons.outcome item.id;
      command = nativeAddons.${item.id}.check;
    in
    (nativeAddons.${item.id} or { }) ? check
    && (
      outcome == "compile"
      || outcome == "prebuilt"
      || (outcome == "child-package" && !lib.hasPrefix "\"$out" command)
    )
  ) fetched;

  tree = stdenv.mkDerivation {
    inherit name;
    strictDeps = true;
    __structuredAttrs = false;
    nativeBuildInputs =
      lib.optional (patched != [ ]) (findForBuild name "patchelf")
      ++ lib.optional (isolated != null) buildNodejs;
    # patchShebangs looks here for what runs on the host
    buildInputs = interpreters;
    manifest = lines (
      map (
        item:
        "${toString item.depth}\t${item.path}\t${packages.content item.id}\t${packages.originOf item.id}"
      ) byDepth
    );
    bins = lines (lib.concatMap binLines programs);
    links = lines (
      if isolated != null then map (builtins.concatStringsSep "\t") isolated.links else [ ]
    );
    remove = lines removed;
    started = lines started;
    binaries = lines patched;
    libraryPath = lib.optionalString (patched != [ ]) libraryPath;
    unpackScript = ./unpack.sh;
    shebangScript = ./shebang.sh;
    binariesScript = ./binaries.sh;
    linkScript = ./links.js;
    # one variable may not be longer than 128 KiB
    passAsFile = [
      "manifest"
      "bins"
      "links"
      "remove"
      "started"
      "binaries"
    ];
    buildCommand = ''
      source ${./assemble.sh}
    '';
    disallowedReferences = packages.standIns (map (item: item.id) fetched);
    passthru = {
      inherit keys;
      # what it is for
      platform = { inherit (platform) system os cpu libc; };
      # native code that nobody compiled here
      prebuilt = lib.unique (
        builtins.filter addons.hasPrebuilt (map (item: item.id) fetched)
      );
      # per package, native files of its tarball that this platform runs: what a variable may name for a program elsewhere
      nativeFiles = builtins.listToAttrs (
        map (item: {
          name = item.id;
          value = nativeFiles item;
        }) (builtins.filter (item: addons.hasPrebuilt item.id) fetched)
      );
      inherit environment;
      # where each package stands, and where what it depends on does
      graph = map (item: {
        inherit (item) path id;
        uses =
          item.uses
            or (map (key: byKey.${key}.path) (
              builtins.filter (key: byKey ? ${key}) (item.edges ++ placements.${item.key}.peerEdges or [ ])
            ));
      }) fetched;
      # loads each addon and starts each program, where it stands
      check = stdenv.mkDerivation {
        name = "${name}-check";
        strictDeps = true;
        # ldd among them
        nativeBuildInputs = interpreters ++ lib.optional (stdenv.cc ? libc) (lib.getBin stdenv.cc.libc);
        buildCommand = ''
          failed=
          ${lib.concatMapStrings (item: ''
            echo ${lib.escapeShellArg "${item.id}: ${nativeAddons.${item.id}.check}"}
            ${lib.optionalString (mayLack item.id) ''
              if [ -z "$(find ${tree}/${lib.escapeShellArg item.path} -name '*.node' -print -quit)" ]; then
                echo ${lib.escapeShellArg "ocnix: ${item.id} is optional and could not be compiled"}
              else
            ''}
            (
              export HOME="$TMPDIR" out=${tree}/${lib.escapeShellArg item.path}
              bash -e -c ${lib.escapeShellArg nativeAddons.${item.id}.check}
            ) || failed="$failed "${lib.escapeShellArg item.id}
            ${lib.optionalString (mayLack item.id) "fi"}
          '') checks}
          if [ -n "$failed" ]; then
            echo "ocnix: native parts of these packages do not run:$failed; see the lines above, and set preferSource or overrides for them" >&2
            exit 1
          fi
          touch "$out"
          exit 0
        '';
      };
      # what offers commands, and how the texts of links to it begin
      offers = map (program: {
        inherit (program) folder precedence;
        commands = map (bin: bin.command) program.bins;
        texts = [
          "../${program.installed}/"
        ]
        ++ lib.optional (nativePlace program != null) "${fromBin program.folder (nativePlace program)}/";
      }) (builtins.filter (program: program.bins != [ ]) programs);
      # the node_modules folders that a consumer fills
      folders =
        if isolated != null then
          isolated.folders
        else
          builtins.attrNames (
            builtins.listToAttrs (
              map (item: {
                name = item.top;
                value = true;
              }) fetched
            )
          );
    }
    // lib.optionalAttrs (isolated != null) { inherit (isolated) members memberLinks; };
    meta.platforms = lib.platforms.linux ++ lib.platforms.darwin;
  };
in
tree

# One derivation for one node_modules scope: real files at the lockfile's own places.
{
  lib,
  stdenv,
  pkgs,
  nodejs,
  layout,
  dependencies,
  nativeAddons,
  platform,
  packages,
}:

{
  name,
  # sorted keys of layout.placements
  keys,
}:

let
  inherit (layout) placements;

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
      base = if inMember then "${member}/" else "";
      folders = if inMember then builtins.tail names else names;
      parents = lib.concatMapStrings (parent: "${parent}/node_modules/") (lib.init folders);
    in
    rec {
      inherit key;
      inherit (placements.${key}) id;
      depth = builtins.length names;
      installed = lib.last names;
      folder = "${base}node_modules" + (if parents == "" then "" else "/" + lib.removeSuffix "/" parents);
      top = "${base}node_modules";
      path = "${folder}/${installed}";
    };

  # what is neither bundled nor a link
  fetched = map place (
    builtins.filter (
      key:
      let
        entry = placements.${key};
      in
      entry ? id
      && !(entry.bundled or false)
      && (
        dependencies ? ${entry.id}
        || throw "ocnix: ${entry.id} is a link: to a folder of one developer's machine; give it through overrides"
      )
    ) keys
  );

  byDepth = builtins.sort (a: b: a.depth < b.depth) fetched;

  lines = lib.concatMapStrings (line: line + "\n");

  binsOf =
    item:
    let
      entry = dependencies.${item.id};
      line = command: path: "${item.folder}\t${command}\t${item.installed}\t${path}";
      unscoped = lib.last (lib.splitString "/" item.installed);
    in
    if entry ? binDir then
      [ (line "*" entry.binDir) ]
    else if builtins.isString (entry.bin or null) then
      [ (line unscoped entry.bin) ]
    else
      lib.mapAttrsToList line (entry.bin or { });

  hinted = builtins.filter (
    item: nativeAddons ? ${item.id} && packages.outcome item.id == "prebuilt"
  ) fetched;

  binariesOf =
    wanted: item:
    map (binary: "${item.path}/${binary.path}") (
      builtins.filter (binary: platform.runs binary == wanted) nativeAddons.${item.id}.binaries
    );

  patched = if platform.os == "linux" then lib.concatMap (binariesOf true) hinted else [ ];

  libraries = [
    "stdenv.cc.cc.lib"
  ]
  ++ lib.unique (lib.concatMap (item: nativeAddons.${item.id}.buildInputs) hinted);
in
stdenv.mkDerivation {
  inherit name;
  strictDeps = true;
  nativeBuildInputs = [ nodejs ] ++ lib.optional (patched != [ ]) (packages.find name "patchelf");
  manifest = lines (
    map (item: "${toString item.depth}\t${item.path}\t${packages.contentOf item.id}") byDepth
  );
  bins = lines (lib.concatMap binsOf fetched);
  remove = lines (lib.concatMap (binariesOf false) hinted);
  binaries = lines patched;
  libraryPath = lib.optionalString (patched != [ ]) (
    lib.makeLibraryPath (map (packages.find name) libraries)
  );
  unpackScript = ./unpack.sh;
  # one variable may not be longer than 128 KiB
  passAsFile = [
    "manifest"
    "bins"
    "remove"
    "binaries"
  ];
  buildCommand = ''
    source ${./assemble.sh}
  '';
  passthru = {
    inherit keys;
    # the node_modules folders that a consumer links
    folders = builtins.attrNames (
      builtins.listToAttrs (
        map (item: {
          name = item.top;
          value = true;
        }) fetched
      )
    );
  };
}

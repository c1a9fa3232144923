# What becomes of a package's native part on one platform.
{
  lib,
  nativeAddons,
  platform,
  preferSourceOf,
}:

let
  isCompiledSomewhere = hint: builtins.elem "compile" (builtins.attrValues hint.systems);

  # its tarball carries what node-gyp needs
  canCompile =
    hint:
    isCompiledSomewhere hint
    || builtins.elem "python3" hint.nativeBuildInputs
    || hint.buildSteps or [ ] != [ ];

  binariesOf = id: builtins.filter platform.runs nativeAddons.${id}.binaries;

  # a system that the generator knows nothing of: another processor, another libc
  guess =
    id: hint:
    if isCompiledSomewhere hint then
      "compile"
    else if binariesOf id != [ ] then
      "prebuilt"
    else if hint.systems.${platform.system} or "none" == "child-package" then
      "child-package"
    else if canCompile hint then
      "compile"
    else
      "none";

  locked =
    id: hint:
    if platform.libc == "musl" || !(hint.systems ? ${platform.system}) then
      guess id hint
    else
      hint.systems.${platform.system};

  # a compile makes it anew
  isReplaced = file: lib.hasSuffix ".node" file.path || lib.hasPrefix "prebuilds/" file.path;

  isInside =
    path: !lib.hasPrefix "/" path && !builtins.elem ".." (lib.splitString "/" path) && path != "";
in
rec {
  # compile, prebuilt, child-package, download or none
  outcome =
    id:
    let
      hint = nativeAddons.${id};
      wish = preferSourceOf id;
    in
    if !(nativeAddons ? ${id}) then
      "none"
    else if wish != [ ] && !builtins.isBool (builtins.head wish) then
      throw "ocnix: preferSource for ${id} is neither true (compile it) nor false (take its prebuilt files); write one of them"
    else if wish == [ true ] then
      if canCompile hint then
        "compile"
      else
        throw "ocnix: preferSource asks to compile ${id}, whose tarball carries no sources; take that entry away, or put a derivation in its place with overrides"
    else if wish == [ false ] then
      if binariesOf id != [ ] then
        "prebuilt"
      else
        throw "ocnix: preferSource asks for the prebuilt files of ${id}, whose tarball has none for ${platform.system}; take that entry away, or put a derivation in its place with overrides"
    else
      locked id hint;

  # native code that nobody compiled here
  hasPrebuilt = id: outcome id == "prebuilt";

  # files that run here and stay as the tarball has them: what a compiled package links or starts besides its addon
  ownFiles =
    id:
    if hasPrebuilt id then
      binariesOf id
    else if outcome id == "compile" then
      builtins.filter (file: !isReplaced file) (binariesOf id)
    else
      [ ];

  # programs that run here, whatever becomes of the rest, as paths in the package
  programs =
    id:
    let
      isProgram =
        file:
        builtins.match ".*[.](node|so|dylib)|.*[.]so[.][^/]*" file.path == null
        && (file.format == "mach-o" || file ? interpreter || file.static or false);
    in
    lib.optionals (nativeAddons ? ${id}) (
      map (file: file.path) (
        builtins.filter (file: isProgram file && isInside file.path) (binariesOf id)
      )
    );

  # what nothing here opens, as paths in the package
  foreignFiles =
    id:
    let
      hint = nativeAddons.${id};
      isCompiled = outcome id == "compile";
      foreign = builtins.filter (
        file: !platform.runs file || (isCompiled && isReplaced file)
      ) hint.binaries;
    in
    lib.optionals (nativeAddons ? ${id}) (
      builtins.filter isInside (hint.drop or [ ])
      ++ lib.optionals (hasPrebuilt id || isCompiled) (map (file: file.path) foreign)
    );
}

# What becomes of a package's native part on one platform.
{
  lib,
  nativeAddons,
  platform,
  preferSourceOf,
}:

let
  # its tarball carries what node-gyp needs
  canCompile =
    hint:
    builtins.elem "compile" (builtins.attrValues hint.systems)
    || builtins.elem "python3" hint.nativeBuildInputs;

  binariesOf = id: builtins.filter platform.runs nativeAddons.${id}.binaries;

  # a system that the generator knows nothing of: another processor, another libc
  guess =
    id: hint:
    if binariesOf id != [ ] then
      "prebuilt"
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

  # files of a package that stays as it is: those that run here, and those of other platforms
  ownFiles = id: lib.optionals (hasPrebuilt id) (binariesOf id);
  foreignFiles =
    id:
    lib.optionals (hasPrebuilt id) (
      builtins.filter (binary: !platform.runs binary) nativeAddons.${id}.binaries
    );
}

# Refuses what nixpkgs' own check of meta refuses (config.checkMeta, on here by default): unknown keys, wrong
# types, licences that are not allowed, other platforms. Returns true or throws.
{ lib, config }:

let
  inherit (lib) isDerivation;
  inherit (builtins)
    isAttrs
    isBool
    isInt
    isList
    isString
    all
    attrNames
    ;

  listOf = type: value: isList value && all type value;
  either = a: b: value: a value || b value;
  license = either (value: isAttrs value && !isDerivation value) isString;
  platforms = listOf (either isString isAttrs);
  anything = _: true;

  types = {
    description = isString;
    mainProgram = isString;
    longDescription = isString;
    branch = isString;
    homepage = either isString (listOf isString);
    donationPage = isString;
    downloadPage = isString;
    changelog = either isString (listOf isString);
    license = either license (listOf license);
    sourceProvenance = listOf isAttrs;
    maintainers = listOf isAttrs;
    nonTeamMaintainers = listOf isAttrs;
    teams = listOf isAttrs;
    priority = isInt;
    pkgConfigModules = listOf isString;
    platforms = platforms;
    hydraPlatforms = listOf isString;
    broken = isBool;
    unfree = isBool;
    unsupported = isBool;
    insecure = isBool;
    timeout = isInt;
    knownVulnerabilities = listOf isString;
    badPlatforms = platforms;
    isHydraChannel = isBool;
    maxSilent = isInt;
    name = isString;
    version = isString;
    tag = isString;
    executables = listOf isString;
    outputsToInstall = listOf isString;
    position = isString;
    available = anything;
    schedulingPriority = isInt;
    identifiers = isAttrs;
  };

  errorsOf =
    meta:
    map (
      key:
      if !(types ? ${key}) then
        "key 'meta.${key}' is unrecognized; expected one of: ${builtins.concatStringsSep ", " (attrNames types)}"
      else
        "key 'meta.${key}' has a value of an invalid type: ${builtins.typeOf meta.${key}}"
    ) (builtins.filter (key: !(types ? ${key}) || !types.${key} meta.${key}) (attrNames meta));

  licensesOf =
    meta: if isList (meta.license or [ ]) then meta.license or [ ] else [ meta.license ];
  isUnfree = meta: builtins.any (value: isAttrs value && !(value.free or true)) (licensesOf meta);

  matches =
    platform: wanted:
    if isString wanted then
      wanted == platform.system
    else
      all (key: (platform.parsed.${key} or null) == wanted.${key}) (attrNames wanted);
in
{
  hostPlatform,
  name,
  pname,
  outputs,
  meta,
}:

let
  refuse =
    why: throw "Package ‘${name}’${if meta ? position then " in ${meta.position}" else ""} ${why}, refusing to evaluate.";
  errors = errorsOf meta;
  missing = builtins.filter (output: !builtins.elem output outputs) (meta.outputsToInstall or [ ]);
  isAllowedUnfree =
    config.allowUnfree or false
    || builtins.elem pname (config.allowUnfreePackages or [ ])
    || (config.allowUnfreePredicate or (_: false)) { inherit name pname meta; };
  on = builtins.any (matches hostPlatform);
  list = values: "[ ${toString (map (value: if isString value then "\"${value}\"" else "{ … }") values)} ]";
in
if !isAttrs meta then
  refuse "has a meta that is no attribute set"
else if config.checkMeta or true && errors != [ ] then
  refuse "has an invalid meta attrset:\n  - ${builtins.concatStringsSep "\n  - " errors}\n"
else if missing != [ ] then
  refuse "has invalid meta.outputsToInstall: it lacks the output ${builtins.head missing}"
else if isUnfree meta && !isAllowedUnfree then
  refuse "has an unfree license (‘${
    toString (map (value: value.shortName or "unknown") (licensesOf meta))
  }’)"
else if
  !(config.allowUnsupportedSystem or false)
  && ((meta ? platforms && !on meta.platforms) || on (meta.badPlatforms or [ ]))
then
  refuse "is not available on the requested hostPlatform:\n  hostPlatform.system = \"${hostPlatform.system}\"\n  package.meta.platforms = ${
    list (meta.platforms or [ ])
  }\n  package.meta.badPlatforms = ${list (meta.badPlatforms or [ ])}\n"
else if meta.broken or false && !(config.allowBroken or false) then
  refuse "is marked as broken"
else if (meta.knownVulnerabilities or [ ]) != [ ] then
  refuse "is marked as insecure"
else
  true

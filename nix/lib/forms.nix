# The forms of what data files hold: a value of another form is refused before it can reach a shell or a path.
{ lib }:

let
  # JSON escapes quotes and controls; of what else is no ASCII, marks of direction and letters without shape would stay
  visible =
    text:
    lib.concatMapStrings (part: if builtins.isString part then part else "�") (
      builtins.split "[^ -~]+" text
    );
  shown =
    value:
    if builtins.isString value then
      visible (builtins.toJSON value)
    else
      "a value of type ${builtins.typeOf value}";

  check =
    what: wanted: isRight: value:
    if isRight value then
      value
    else
      throw "ocnix: ${what} is ${shown value}, where ocnix writes ${wanted}; restore the file, or run mvn ocnix:generate";

  # lines and tabs part one from the next in lists that shells read
  isLine =
    value:
    builtins.isString value
    && builtins.replaceStrings [ "\n" "\r" "\t" ] [ "" "" "" ] value == value;

  isSegment = value: isLine value && value != "" && value != "." && value != ".." && !lib.hasInfix "/" value;

  # stays in the folder that it starts from
  isPath = value: isLine value && builtins.all isSegment (lib.splitString "/" value);

  isPathOrTop = value: value == "" || isPath value;

  isMatching = pattern: value: builtins.isString value && builtins.match pattern value != null;

  line = what: check what "one line of text" isLine;
  segment = what: check what "one name" isSegment;
  path = what: check what "a path that stays in its folder" isPath;
  pathOrTop = what: check what "a path that stays in its folder" isPathOrTop;
  variable = what: check what "the name of a variable" (isMatching "[A-Za-z_][A-Za-z0-9_]*");

  # the value, once the list is right
  after = list: value: builtins.seq (builtins.foldl' (all: one: builtins.seq one all) null list) value;
in
{
  inherit line segment path;

  lockfile = given: {
    path = path "lockfile.path of ocnix.json" given.path or null;
    sha256 = check "lockfile.sha256 of ocnix.json" "64 hexadecimal digits" (isMatching "[0-9a-f]{64}") (
      given.sha256 or null
    );
  };

  layout =
    given:
    after (
      map (pathOrTop "a workspace of layout.nix") (builtins.attrNames given.workspaces)
      ++ lib.mapAttrsToList (
        key: place:
        builtins.seq (path "a place of layout.nix" key) (
          if place ? workspace then pathOrTop "a workspace of layout.nix" place.workspace else null
        )
      ) given.placements
    ) given;

  application =
    given:
    after (
      [
        (check "the application's name" "a name that a store path can have" (
          isMatching "[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]*"
        ) given.name)
        (pathOrTop "the application's workspace" given.workspace)
      ]
      ++ map (segment "a program") (builtins.attrNames given.programs)
      ++ map (path "the file of a program") (builtins.attrValues given.programs)
      ++ map (pathOrTop "a workspace of the build") given.buildWorkspaces
      ++ map (variable "a variable of the build") (builtins.attrNames given.environment)
      ++ lib.concatMap (
        variables: map (variable "a variable of wrapperEnvironment") (builtins.attrNames variables)
      ) (builtins.attrValues (given.wrapperEnvironment or { }))
      ++ map (variable "a variable of the service") (
        builtins.attrNames ((given.service or { }).environment or { })
      )
    ) given;
}

# A project beside its tree, as a build may see it: of a git work tree what git tracks, and no secrets.
{
  lib,
  # the project's folder
  root,
  # paths in it that are left out
  excluded,
}:

let
  secrets = import ./secrets.nix { inherit lib; };
  away = map (path: toString root + "/" + path) excluded;
  has = folder: name: builtins.pathExists (folder + "/${name}");

  # what runs of ocnix leave: trees and reports
  isTree = path: builtins.all (has path) [ "dependencies.nix" "layout.nix" "ocnix.json" ];
  reports = [ "changes.md" "report.html" "report.json" ];
  isReport =
    path:
    builtins.elem (baseNameOf path) (reports ++ [ "sbom.cdx.json" ])
    && builtins.all (has (dirOf path)) reports;

  # the folder of the git work tree; a flake's source is one no more, and has what git tracks
  topOf =
    folder:
    if builtins.pathExists (folder + "/.git") then
      folder
    else if dirOf folder == folder then
      null
    else
      topOf (dirOf folder);
  top = if lib.hasPrefix "${builtins.storeDir}/" (toString root) then null else topOf root;
  git = top + "/.git";
  # nothing is tracked before the first commit; the folder of a linked work tree's repository is elsewhere
  isCommitted =
    !builtins.pathExists (git + "/objects")
    || builtins.pathExists (git + "/packed-refs")
    || builtins.pathExists (git + "/refs/heads") && builtins.readDir (git + "/refs/heads") != { };

  # names only are read of it: contents are those of the work tree
  tracked = builtins.fetchGit (
    { url = top; }
    // lib.optionalAttrs (builtins.compareVersions builtins.nixVersion "2.4" >= 0) { shallow = true; }
  );
  inTop = path: lib.removePrefix (toString top) path;
  # git knows of a submodule only where it is
  submodules =
    if has top ".gitmodules" then
      builtins.concatMap (
        line:
        let
          found = builtins.match "[[:space:]]*path[[:space:]]*=[[:space:]]*(.*[^[:space:]])[[:space:]]*" line;
        in
        if found == null then [ ] else [ "/${builtins.head found}" ]
      ) (lib.splitString "\n" (builtins.readFile (top + "/.gitmodules")))
    else
      [ ];
  isTracked =
    path:
    let
      inner = inTop path;
    in
    builtins.pathExists (tracked + inner)
    || lib.any (module: lib.hasPrefix "${module}/" inner) submodules;
  # a project in a repository that knows nothing of it is on its own
  usesGit = top != null && isCommitted && isTracked (toString root);
in
lib.cleanSourceWith {
  name = "source";
  src = root;
  filter =
    path: type:
    type != "unknown"
    && !builtins.elem (baseNameOf path) [ ".git" "node_modules" ]
    && !builtins.elem (toString path) away
    && !secrets.isSecret (baseNameOf path)
    && !(type == "directory" && isTree path)
    && !isReport path
    && (!usesGit || isTracked (toString path));
}

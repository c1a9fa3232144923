# The entries of a node_modules scope that a build may write, one a line: packages that are named, that a generator of the table
# writes, or that import what only a generator can put beside them (".prisma/client"), and packages that depend on one of these.
{
  stdenv,
  nodejs,
}:

{
  modules,
  # names of packages
  writable,
}:

stdenv.mkDerivation {
  name = "${modules.name}-writable";
  nativeBuildInputs = [ nodejs ];
  graph = builtins.concatStringsSep "\n" (
    map (item: builtins.concatStringsSep "\t" ([ item.path item.id ] ++ item.uses)) modules.graph
  );
  named = builtins.concatStringsSep "\n" writable;
  passAsFile = [
    "graph"
    "named"
  ];
  buildCommand = ''
    node ${./writable.js} ${modules} "$graphPath" "$namedPath" ${./generators.json} > "$out"
    exit 0
  '';
}

# The places that a set of workspaces needs on one platform.
{
  lib,
  layout,
  dependencies,
  # which packages the platform admits
  fits,
  # which packages the user leaves out
  isLeftOut,
}:

{
  # paths of workspaces
  members,
  dev,
  # whether optional dependencies are wanted
  optional,
  # whether optional peers that the lockfile holds are
  optionalPeers ? true,
}:

let
  inherit (layout) placements workspaces;

  # what is bundled comes in its parent's tarball; nothing is fetched for it, as in Bun
  kept =
    key:
    let
      place = placements.${key};
      id = place.id or "";
    in
    !(place.bundled or false) && (!(dependencies ? ${id}) || (fits dependencies.${id} && !isLeftOut id));

  choose =
    edges: optionalEdges: peerEdges: devEdges:
    (if optional then edges else lib.subtractLists optionalEdges edges)
    ++ lib.optionals optionalPeers peerEdges
    ++ lib.optionals dev devEdges;

  edgesOf =
    member:
    choose member.dependencies (member.optionalDependencies or [ ]) (member.optionalPeers or [ ])
      member.devDependencies;

  next =
    key:
    let
      place = placements.${key};
    in
    if place ? workspace then
      edgesOf workspaces.${place.workspace}
    else
      choose place.edges (place.optionalEdges or [ ]) (place.peerEdges or [ ]) (place.devEdges or [ ]);

  items = keys: map (key: { inherit key; }) (builtins.filter kept keys);
in
builtins.sort builtins.lessThan (
  map (item: item.key) (
    builtins.genericClosure {
      startSet = items (builtins.concatLists (map (path: edgesOf workspaces.${path}) members));
      operator = item: items (next item.key);
    }
  )
)

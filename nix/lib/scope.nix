# The places that a set of workspaces needs on one platform.
{
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
}:

let
  inherit (layout) placements workspaces;

  kept =
    key:
    let
      id = placements.${key}.id or "";
    in
    !(dependencies ? ${id}) || (fits dependencies.${id} && !isLeftOut id);

  edges =
    member: member.dependencies ++ (if dev then member.devDependencies else [ ]);

  next =
    key:
    let
      place = placements.${key};
    in
    if place ? workspace then edges workspaces.${place.workspace} else place.edges;

  items = keys: map (key: { inherit key; }) (builtins.filter kept keys);
in
builtins.sort builtins.lessThan (
  map (item: item.key) (
    builtins.genericClosure {
      startSet = items (builtins.concatLists (map (path: edges workspaces.${path}) members));
      operator = item: items (next item.key);
    }
  )
)

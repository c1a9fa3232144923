# ocnixConsume TREE MODE: places a node_modules scope into the project in the current folder.
# MODE link: each entry becomes a link, so that real paths stay in the one tree; copy: real files.
# What an installer left there goes first.
# Reads ocnixFolders (one a line), ocnixMembers (installed name, tab, path of the workspace) and
# ocnixMemberBins (installed name, command or "*", path in the workspace).
# Leaves the workspaces' own programs in ocnixMemberPrograms.
ocnixConsume() {
  ocnixMemberPrograms=()
  local tree=$1 mode=$2 folder entry name
  while IFS= read -r folder; do
    if [ -z "$folder" ] || [ ! -d "./$(dirname "$folder")" ]; then continue; fi
    rm -rf "./$folder"
    mkdir -p "./$folder"
    if [ "$mode" = copy ]; then
      cp -R -P --no-preserve=ownership "$tree/$folder/." "./$folder/"
      chmod -R u+w "./$folder"
    else
      ocnixLinkEntries "$tree/$folder" "./$folder"
    fi
  done <<< "$ocnixFolders"
  while IFS=$'\t' read -r name folder; do
    if [ -z "$name" ] || [ ! -d "./$folder" ]; then continue; fi
    mkdir -p "node_modules/$(dirname "$name")"
    # relative, or it would not survive the move into the store
    entry=${folder:+/$folder}
    case $name in
      */*) ln -sfn "../..$entry" "node_modules/$name" ;;
      *) ln -sfn "..$entry" "node_modules/$name" ;;
    esac
  done <<< "$ocnixMembers"
  while IFS=$'\t' read -r name folder entry; do
    if [ -z "$name" ] || [ ! -d "node_modules/$name" ]; then continue; fi
    if [ "$folder" = '*' ]; then
      for folder in "node_modules/$name/$entry"/* "node_modules/$name/$entry"/.[!.]*; do
        if [ -f "$folder" ]; then ocnixMemberBin "$name" "${folder##*/}" "$entry/${folder##*/}"; fi
      done
    else
      ocnixMemberBin "$name" "$folder" "$entry"
    fi
  done <<< "$ocnixMemberBins"
}

# ocnixLinkEntries FROM TO: a link for each package and each program
ocnixLinkEntries() {
  local entry name
  local -a entries=()
  for entry in "$1"/* "$1/.bin"; do
    name=${entry##*/}
    if [ ! -e "$entry" ]; then
      continue
    elif [ "$name" = .bin ] || [ "${name#@}" != "$name" ]; then
      mkdir -p "$2/$name"
      find "$entry" -mindepth 1 -maxdepth 1 -print0 | xargs -0 -r ln -sfn -t "$2/$name" --
    else
      entries+=("$entry")
    fi
  done
  if [ "${#entries[@]}" -gt 0 ]; then
    printf '%s\0' "${entries[@]}" | xargs -0 ln -sfn -t "$2" --
  fi
}

# ocnixMemberBin MEMBER COMMAND PATH: a package's command of that name stays, and of several members the first has it;
# the files of all become programs
ocnixMemberBin() {
  local link="node_modules/.bin/$2" file="node_modules/$1/$3"
  if [ ! -e "$file" ]; then return 0; fi
  mkdir -p node_modules/.bin
  if [ ! -L "$link" ]; then ln -s "../$1/$3" "$link"; fi
  if [ ! -f "$file" ]; then return 0; fi
  if [ ! -x "$file" ]; then chmod +x "$file"; fi
  ocnixFirstLine "$file" || true
  ocnixMemberPrograms+=("$(readlink -f "$file")")
}

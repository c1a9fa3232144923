# ocnixConsume TREE MODE: places a node_modules scope into the project in the current folder.
# MODE link: each entry becomes a link, so that real paths stay in the one tree; copy: real files.
# What an installer left there goes first.
# Reads ocnixFolders (one a line), ocnixMembers (place of a link, its text, path of the workspace), ocnixMemberBins
# (node_modules folder, installed name, command or "*", path in the workspace) and ocnixYielding (node_modules folder, installed
# name of a workspace, how the link of a program begins that its own replaces); tabs between.
# Leaves the workspaces' own programs in ocnixMemberPrograms. Nothing is touched where a link leads out of the current folder.
ocnixConsume() {
  ocnixMemberPrograms=()
  local tree=$1 mode=$2 folder entry name command
  ocnixRequireInside
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
  # their text is relative, or they would not survive the move into the store
  while IFS=$'\t' read -r name entry folder; do
    if [ -z "$name" ] || [ ! -d "./$folder" ]; then continue; fi
    # of a workspace that is not here nothing is
    case $name in
      node_modules/*) ;;
      *) if [ ! -d "./${name%%/node_modules/*}" ]; then continue; fi ;;
    esac
    mkdir -p "$(dirname "./$name")"
    ln -sfn "$entry" "./$name"
  done <<< "$ocnixMembers"
  while IFS=$'\t' read -r folder name command entry; do
    if [ -z "$name" ] || [ ! -d "$folder/$name" ]; then continue; fi
    if [ "$command" = '*' ]; then
      for command in "$folder/$name/$entry"/* "$folder/$name/$entry"/.[!.]*; do
        if [ -f "$command" ]; then ocnixMemberBin "$folder" "$name" "${command##*/}" "$entry/${command##*/}"; fi
      done
    else
      ocnixMemberBin "$folder" "$name" "$command" "$entry"
    fi
  done <<< "$ocnixMemberBins"
}

# ocnixIsInside PATH: whether what is there is really in the current folder
ocnixIsInside() {
  local real
  real=$(readlink -f -- "./$1") || return 1
  [[ $real == "$(pwd -P)" || $real == "$(pwd -P)"/* ]]
}

# ocnixRequireInside: ends here if a folder or a program of a workspace is elsewhere, by a link of the checkout
ocnixRequireInside() {
  local folder name command entry file
  local -A places=()
  while IFS= read -r folder; do
    folder=$(dirname -- "./$folder")
    if [ -e "$folder" ]; then ocnixRefuseOutside "${folder#./}"; fi
  done <<< "$ocnixFolders"
  while IFS=$'\t' read -r name entry folder; do
    if [ -z "$name" ]; then continue; fi
    places["$name"]=$folder
    if [ -e "./$folder" ]; then ocnixRefuseOutside "$folder"; fi
  done <<< "$ocnixMembers"
  while IFS=$'\t' read -r folder name command entry; do
    if [ -z "$name" ] || [ -z "${places["$folder/$name"]+known}" ]; then continue; fi
    file=${places["$folder/$name"]:-.}/$entry
    if [ "$command" = '*' ]; then
      for file in "./$file"/* "./$file"/.[!.]*; do
        if [ -f "$file" ]; then ocnixRefuseOutside "${file#./}"; fi
      done
    elif [ -e "./$file" ]; then
      ocnixRefuseOutside "$file"
    fi
  done <<< "$ocnixMemberBins"
}

# ocnixRefuseOutside PATH: a file of the store is let pass, since nobody can change it
ocnixRefuseOutside() {
  if ocnixIsInside "$1" || [[ $(readlink -f -- "./$1") == "${NIX_STORE:-/nix/store}"/* ]]; then return 0; fi
  printf 'ocnix: %q leads out of this folder over a link, where nothing may be changed; put what it leads to in its place\n' "$1" >&2
  exit 1
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

# ocnixMemberBin FOLDER MEMBER COMMAND PATH: of several workspaces with one command the first has it, of packages and workspaces
# the one that comes first for Bun; the files of all become programs
ocnixMemberBin() {
  local link="$1/.bin/$3" file="$1/$2/$4"
  if [ ! -e "$file" ]; then return 0; fi
  mkdir -p "$1/.bin"
  if [ ! -L "$link" ]; then
    ln -s "../$2/$4" "$link"
  elif ocnixYields "$1" "$2" "$link"; then
    ln -sfn "../$2/$4" "$link"
  fi
  if [ ! -f "$file" ] || ! ocnixIsInside "$file"; then return 0; fi
  if [ ! -x "$file" ]; then chmod +x -- "./$file"; fi
  ocnixFirstLine "./$file" || true
  ocnixMemberPrograms+=("$(readlink -f "./$file")")
}

# ocnixYields FOLDER MEMBER LINK: whether a program's link gives way to that of a workspace
ocnixYields() {
  local text folder member start
  if [ -z "$ocnixYielding" ]; then return 1; fi
  text=$(readlink "$3")
  # in mode link it leads to the tree's own
  case $text in
    /*) text=$(readlink "$text") ;;
  esac
  while IFS=$'\t' read -r folder member start; do
    if [ "$folder" = "$1" ] && [ "$member" = "$2" ] && [ "${text#"$start"}" != "$text" ]; then return 0; fi
  done <<< "$ocnixYielding"
  return 1
}

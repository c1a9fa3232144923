# ocnixConsume TREE MODE: places a node_modules scope into the project in the current folder.
# MODE link: each entry becomes a link, so that real paths stay in the one tree; copy: real files.
# Reads ocnixFolders (one a line) and ocnixMembers (installed name, tab, path of the workspace).
ocnixConsume() {
  local tree=$1 mode=$2 folder entry name inner
  while IFS= read -r folder; do
    if [ -z "$folder" ] || [ ! -d "$(dirname "$folder")" ]; then continue; fi
    mkdir -p "$folder"
    if [ "$mode" = copy ]; then
      cp -R --no-preserve=ownership "$tree/$folder/." "$folder/"
      chmod -R u+w "$folder"
      continue
    fi
    for entry in "$tree/$folder"/* "$tree/$folder/.bin"; do
      name=${entry##*/}
      if [ ! -e "$entry" ]; then
        continue
      elif [ "${name#@}" != "$name" ]; then
        mkdir -p "$folder/$name"
        for inner in "$entry"/*; do ln -sfn "$inner" "$folder/$name/${inner##*/}"; done
      else
        ln -sfn "$entry" "$folder/$name"
      fi
    done
  done <<< "$ocnixFolders"
  while IFS=$'\t' read -r name folder; do
    if [ -z "$name" ] || [ ! -d "$folder" ]; then continue; fi
    mkdir -p "$(dirname "node_modules/$name")"
    # relative, or it would not survive the move into the store
    case $name in
      */*) ln -sfn "../../$folder" "node_modules/$name" ;;
      *) ln -sfn "../$folder" "node_modules/$name" ;;
    esac
  done <<< "$ocnixMembers"
}

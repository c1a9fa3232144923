# What a build may write in node_modules, and what it left there.

# ocnixPlaceWritable TREE ENTRIES: makes real files of entries of a scope that has been placed as links.
# ENTRIES: a file of paths, one a line.
ocnixPlaceWritable() {
  local tree=$1 entry folder name
  if [ ! -s "$2" ]; then return 0; fi
  if [ -d "$tree/node_modules/.bun" ]; then ocnixPlaceLinksOf "$tree"; fi
  while IFS= read -r entry; do
    if [ ! -e "$tree/$entry" ] || [ ! -e "./$entry" ]; then continue; fi
    rm -rf "./$entry"
    cp -R -P --no-preserve=ownership "$tree/$entry" "./$entry"
    chmod -R u+w "./$entry"
    # its programs are those of the copy
    folder=${entry%"${entry##*node_modules/}"}
    name=${entry#"$folder"}
    if [ ! -d "./$folder.bin" ]; then continue; fi
    find "$tree/$folder.bin" -type l -lname "../$name/*" -printf '%f\0' 2> /dev/null \
      | while IFS= read -r -d '' program; do cp -P -f "$tree/$folder.bin/$program" "./$folder.bin/"; done
  done < "$2"
}

# ocnixPlaceLinksOf TREE: the relative links of an isolated tree in place of links into it, and its entries as links
ocnixPlaceLinksOf() {
  local tree=$1 folder link
  mkdir -p ./node_modules/.bun
  find "$tree/node_modules/.bun" -mindepth 1 -maxdepth 1 ! -name node_modules -print0 \
    | xargs -0 -r ln -sfn -t ./node_modules/.bun --
  if [ -d "$tree/node_modules/.bun/node_modules" ]; then
    cp -R -P --no-preserve=ownership "$tree/node_modules/.bun/node_modules" ./node_modules/.bun/
    chmod -R u+w ./node_modules/.bun/node_modules
  fi
  while IFS= read -r folder; do
    if [ -z "$folder" ] || [ ! -d "./$folder" ]; then continue; fi
    find "$tree/$folder" -mindepth 1 -path "$tree/$folder/.bun" -prune -o -type l -printf '%P\0' \
      | while IFS= read -r -d '' link; do
        rm -f "./$folder/$link"
        cp -P "$tree/$folder/$link" "./$folder/$link"
      done
  done <<< "$ocnixFolders"
}

# ocnixPlaced: what is in node_modules from here on was left by the build
ocnixPlaced() {
  touch "$TMPDIR/ocnix-placed"
  # file systems count time in ticks
  sleep 0.05
}

# ocnixCollectGenerated TREE WORKSPACE…: moves what the build left in node_modules out of the way, caches excepted
ocnixCollectGenerated() {
  local tree=$1 workspace file place
  shift
  for workspace; do
    workspace=./${workspace:+$workspace/}node_modules
    if [ ! -d "$workspace" ]; then continue; fi
    find "$workspace" \
      \( -path '*/node_modules/.bin' -o -name .cache -o -name '.vite*' -o -name .vitest -o -name .turbo -o -name .nx \
        -o -name .parcel-cache -o -name .astro -o -name .tmp -o -name .temp -o -name __pycache__ \) -prune \
      -o -type f -cnewer "$TMPDIR/ocnix-placed" -print0
  done | while IFS= read -r -d '' file; do
    place=${file#./}
    if [ -f "$tree/$place" ] && cmp -s "$tree/$place" "$file"; then continue; fi
    mkdir -p "$TMPDIR/ocnix-generated/${place%/*}"
    cp -p "$file" "$TMPDIR/ocnix-generated/$place"
  done
}

# ocnixEntryOf PLACE: sets `entry` to what stands directly in a node_modules of the project
ocnixEntryOf() {
  local before=${1%%node_modules/*} rest=${1#*node_modules/}
  case $rest in
    .bun/* | @*/*)
      entry=${rest#*/}
      entry=${rest%%/*}/${entry%%/*}
      ;;
    *) entry=${rest%%/*} ;;
  esac
  entry="${before}node_modules/$entry"
}

# ocnixInstallGenerated TREE FOLDER: adds what was collected to the node_modules of the installed project, but for packages that
# are not installed
ocnixInstallGenerated() {
  local tree=$1 folder=$2 place entry
  local -A counts=()
  while IFS= read -r -d '' place; do
    ocnixEntryOf "$place"
    if [ ! -d "$folder/${entry%%node_modules/*}" ]; then continue; fi
    if [ ! -e "$folder/$entry" ] && [ -e "$tree/$entry" ]; then continue; fi
    if [ -L "$folder/$entry" ]; then
      echo "ocnix: the build changed $place, whose package is not copied; name the package in writable of a profile"
      continue
    fi
    mkdir -p "$folder/${place%/*}"
    cp -p -f "$TMPDIR/ocnix-generated/$place" "$folder/$place"
    counts[$entry]=$((${counts[$entry]:-0} + 1))
  done < <(cd "$TMPDIR/ocnix-generated" && find . -type f -printf '%P\0' | sort -z)
  for entry in "${!counts[@]}"; do
    echo "ocnix: the build left ${counts[$entry]} files in $entry; they are installed with the application"
  done | sort
}

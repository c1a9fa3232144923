# Builds one node_modules scope. Reads, tab-separated:
#   manifest  depth, place, tarball or folder; sorted by depth
#   bins      node_modules folder, command ("*" for each file of a folder), package folder, path in it
#   remove    files for other platforms
#   binaries  files whose loader and search path are set
set -eo pipefail
source "$unpackScript"
export -f ocnixUnpack
export out

mkdir -p "$out"

worker='
  while [ "$#" -gt 0 ]; do
    IFS=$'"'\\t'"' read -r _ place content <<< "$1"
    ocnixUnpack "$content" "$out/$place" || { echo "ocnix: cannot unpack $content at $place" >&2; exit 255; }
    shift
  done
'
# a package in another one's folder comes after it
for depth in $(cut -f1 "$manifestPath" | sort -nu); do
  awk -F'\t' -v depth="$depth" '$1 == depth' "$manifestPath" | tr '\n' '\0' \
    | xargs -0 -r -n 16 -P "${NIX_BUILD_CORES:-1}" bash -eo pipefail -c "$worker" worker
done

while IFS= read -r file; do
  if [ -n "$file" ]; then rm -f "$out/$file"; fi
done < "$removePath"

link_bin() {
  local folder=$1 command=$2 package=$3 path=$4
  local link="$out/$folder/.bin/$command" file="$out/$folder/$package/$path"
  if [ -e "$link" ] || [ -L "$link" ] || [ ! -e "$file" ]; then return 0; fi
  mkdir -p "$out/$folder/.bin"
  ln -s "../$package/$path" "$link"
  if [ -f "$file" ]; then
    # of a first line "#!… CR LF" that CR goes, as Bun has it
    sed -i '1{/^#!/s/\r$//}' "$file"
    chmod 0755 "$file"
    patchShebangs "$file" > /dev/null
  fi
}

while IFS=$'\t' read -r folder command package path; do
  if [ -z "$folder" ]; then continue; fi
  if [ "$command" = "*" ]; then
    for file in "$out/$folder/$package/$path"/* "$out/$folder/$package/$path"/.[!.]*; do
      if [ -f "$file" ]; then link_bin "$folder" "${file##*/}" "$package" "$path/${file##*/}"; fi
    done
  else
    link_bin "$folder" "$command" "$package" "$path"
  fi
done < "$binsPath"

while IFS= read -r file; do
  if [ -z "$file" ] || [ ! -f "$out/$file" ]; then continue; fi
  # entries relative to the file come first, so that siblings of the same tree are found
  old=$(patchelf --print-rpath "$out/$file" | tr ':' '\n' | grep '^\$ORIGIN' | paste -sd: - || true)
  patchelf --set-rpath "${old:+$old:}$libraryPath" "$out/$file"
  if patchelf --print-interpreter "$out/$file" > /dev/null 2>&1; then
    patchelf --set-interpreter "$(cat "$NIX_CC/nix-support/dynamic-linker")" "$out/$file"
  fi
done < "$binariesPath"

exit 0

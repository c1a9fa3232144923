# Builds one node_modules scope. Reads, tab-separated:
#   manifest  depth, place, tarball or folder, where that comes from; sorted by depth
#   bins      node_modules folder, command ("*" for each file of a folder), package folder, path in it,
#             package that may have the real program ("-" for none), that one's folder from .bin
#   links     place of a symbolic link, its text; of an isolated layout
#   remove    files for other platforms
#   started   native programs
#   binaries  files whose loader and search path are set
set -eo pipefail
started=${EPOCHREALTIME/[.,]/}
# file names are bytes
export LC_ALL=C
source "$unpackScript"
source "$shebangScript"
source "$binariesScript"
export -f ocnixUntar ocnixUntarFiles ocnixPlainTar ocnixReadable ocnixLinked
export out

mkdir -p "$out"

worker='
  places=()
  for line; do
    IFS=$'"'\t'"' read -r _ place _ <<< "$line"
    places+=("$out/$place")
  done
  mkdir -p "${places[@]}"
  for line; do
    IFS=$'"'\t'"' read -r _ place content _ <<< "$line"
    ocnixUntar "$content" "$out/$place" || { echo "ocnix: cannot unpack $content at $place" >&2; exit 255; }
  done
  ocnixReadable "${places[@]}"
  # Bun extracts neither links nor what an archive writes through them
  linked=$(ocnixLinked "${places[@]}" | tr "\n\0" "?\n")
  if [ -z "$linked" ]; then exit 0; fi
  for line; do
    IFS=$'"'\t'"' read -r _ place content _ <<< "$line"
    if grep -qF "$out/$place/" <<< "$linked"; then ocnixUntarFiles "$content" "$out/$place"; fi
  done
'
folders=()
count=0
# a package in another one's folder comes after it, when no link of that one is left to lead it astray
for depth in $(cut -f1 "$manifestPath" | sort -nu); do
  tarballs=()
  while IFS= read -r line; do
    IFS=$'\t' read -r _ place content _ <<< "$line"
    if [ -d "$content" ]; then folders+=("$line"); else tarballs+=("$line"); fi
    count=$((count + 1))
  done < <(awk -F'\t' -v depth="$depth" '$1 == depth' "$manifestPath")
  if [ "${#tarballs[@]}" -gt 0 ]; then
    printf '%s\0' "${tarballs[@]}" \
      | xargs -0 -r -n 16 -P "${NIX_BUILD_CORES:-1}" bash -eo pipefail -c "$worker" worker
  fi
done
for line in "${folders[@]}"; do
  IFS=$'\t' read -r _ place content origin <<< "$line"
  if [ "$(readlink -m "$out/$place")" != "$out/$place" ]; then
    echo "ocnix: $place would be written through a link that another package brings; correct the override or the patch of that one" >&2
    exit 1
  fi
  case $origin in
    given | made) ocnixCopy "$content" "$out/$place" ;;
    *)
      # its place may hold packages already
      ocnixCopy "$content" "$TMPDIR/copied"
      ocnixLinks "$TMPDIR/copied" "$origin"
      ocnixCopy "$TMPDIR/copied" "$out/$place"
      rm -rf "$TMPDIR/copied"
      ;;
  esac
done
ocnixTidy "$out"

while IFS= read -r file; do
  if [ -n "$file" ]; then rm -rf "${out:?}/$file"; fi
done < "$removePath"

if [ -s "$linksPath" ]; then node "$linkScript" "$out" "$linksPath"; fi

programs=()

# link_bin FOLDER COMMAND TARGET: TARGET is relative to the folder's .bin
link_bin() {
  local bin="$out/$1/.bin" command=$2 target=$3
  local link="$bin/$command"
  if [ ! -d "$bin" ]; then mkdir -p "$bin"; fi
  if [ ! -e "$bin/$target" ]; then
    rmdir --ignore-fail-on-non-empty "$bin"
    return 0
  fi
  # of several packages with one command the first has it, but the files of all become programs
  if [ ! -L "$link" ]; then ln -s "$target" "$link"; fi
  if [ ! -f "$bin/$target" ]; then return 0; fi
  if [ ! -x "$bin/$target" ]; then chmod 0755 "$bin/$target"; fi
  programs+=("$bin/$target")
}

while IFS=$'\t' read -r folder command package path native place; do
  if [ -z "$folder" ]; then continue; fi
  if [ "$command" = "*" ]; then
    for file in "$out/$folder/$package/$path"/* "$out/$folder/$package/$path"/.[!.]*; do
      if [ -f "$file" ]; then link_bin "$folder" "${file##*/}" "../$package/$path/${file##*/}"; fi
    done
    continue
  fi
  if [ "$native" != - ]; then
    # the program itself, not the script that would look for it
    for file in "$path" "$command" "${path##*/}"; do
      if [ -f "$out/$native/$file" ]; then
        link_bin "$folder" "$command" "$place/$file"
        # at the top, and in isolation, Bun leaves the script alone
        case "$folder $native" in
          "node_modules "* | *" node_modules/.bun/"*) continue 2 ;;
        esac
      fi
    done
  fi
  link_bin "$folder" "$command" "../$package/$path"
done < "$binsPath"

if [ "${#programs[@]}" -gt 0 ]; then
  readarray -d '' -t programs < <(readlink -z -f -- "${programs[@]}")
  for file in "${programs[@]}"; do
    if ! ocnixFirstLine "$file"; then continue; fi
    ocnixRewriteTold "$file" "$HOST_PATH" || true
  done
fi

while IFS= read -r file; do
  if [ -f "$out/$file" ] && [ ! -x "$out/$file" ]; then chmod 0755 "$out/$file"; fi
done < "$startedPath"
while IFS= read -r file; do
  if [ -f "$out/$file" ]; then ocnixSetLoader "$out/$file" "$libraryPath"; fi
done < "$binariesPath"

# what a user's override brings may be anything
find "$out" -type l -printf '%p\n' > "$TMPDIR/links"
bad=$(
  {
    xargs -r -d '\n' readlink -m -- < "$TMPDIR/links" | paste "$TMPDIR/links" - \
      | awk -F'\t' -v out="$out/" 'index($2, out) != 1 { print $1 }'
    find "$out" -type l \( -xtype l -o -lname '/*' \)
  } | sort -u
)
if [ -n "$bad" ]; then
  while IFS= read -r link; do echo "$link -> $(readlink "$link")" >&2; done <<< "$bad"
  echo "ocnix: these links lead nowhere or out of node_modules; correct the override or the patch that brings them" >&2
  exit 1
fi
for line in "${folders[@]}"; do
  IFS=$'\t' read -r _ place content _ <<< "$line"
  content=${content#"$NIX_STORE/"}
  if named=$(grep -rlF -- "${content:0:32}" "$out/$place"); then
    echo "$named" >&2
    echo "ocnix: these files name the store path that $place was copied from; let its derivation write no such path, or take it out with removeReferencesTo" >&2
    exit 1
  fi
done

elapsed=$((${EPOCHREALTIME/[.,]/} - started))
echo "ocnix: $count packages in $((elapsed / 1000000)).$(printf %02d $((elapsed / 10000 % 100))) s"
exit 0

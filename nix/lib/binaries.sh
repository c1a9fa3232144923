# Native programs and libraries: which ones they are, and what Linux's need to run from a store.

# ocnixMagic FILE: sets `magic` to its first four bytes, in hexadecimal
ocnixMagic() {
  magic=$(od -An -v -N4 -tx1 < "$1" | tr -d ' \n')
}

# ocnixHasPayload FILE: whether something follows the image of an ELF file, which its program finds from the file's end, or
# from a place that it remembers
ocnixHasPayload() {
  local -a header=() counts=()
  local end size
  read -r -d '' -a header < <(od -An -v -tu8 -j32 -N16 < "$1") || true
  read -r -d '' -a counts < <(od -An -v -tu2 -j54 -N8 < "$1") || true
  # of the usual 64-bit kind
  if [ "${counts[0]-0}" != 56 ]; then return 1; fi
  size=$(stat -c %s -- "$1")
  end=$(
    {
      echo "${header[1]} $((counts[2] * counts[3]))"
      od -An -v -w56 -tu8 -j"${header[0]}" -N$((56 * counts[1])) < "$1" | awk '{ print $2, $5 }'
      # of type 8 are those without bytes in the file
      if [ "${counts[3]}" != 0 ]; then
        od -An -v -w64 -tu8 -j"${header[1]}" -N$((64 * counts[3])) < "$1" | awk 'int($1 / 4294967296) != 8 { print $4, $5 }'
      fi
    } | awk '{ if ($1 + $2 > end) end = $1 + $2 } END { printf "%.0f", end }'
  )
  [ "$size" -gt "$end" ]
}

# ocnixSetLoader FILE SEARCH: an ELF file gets the loader of the store in the place of one elsewhere, and SEARCH where it asks
# for a library that the loader has not by itself. Entries of its search path that are relative to the file, and those of
# the store, stay; they come first, so that siblings of the same tree are found.
ocnixSetLoader() {
  local file=$1 interpreter needed old folder loader=
  interpreter=$(patchelf --print-interpreter "$file" 2> /dev/null || true)
  needed=$(patchelf --print-needed "$file" | grep -Ev '^(ld-linux.*|lib(c|m|dl|pthread|rt|resolv|util|anl)\.so\..*)$' || true)
  if [[ $interpreter == "$NIX_STORE"/* ]]; then interpreter=; fi
  if [ -z "$interpreter$needed" ]; then return 0; fi
  if ocnixHasPayload "$file"; then
    printf 'ocnix: %q carries data behind its image, which any change of the file would lose; it stays as it is, and needs %s\n' \
      "$file" "${interpreter:-libraries of the system}" >&2
    return 0
  fi
  if [ -n "$needed" ]; then
    old=$(patchelf --print-rpath "$file" | tr ':' '\n' | grep -e '^\$ORIGIN' -e "^$NIX_STORE/" | paste -sd: - || true)
    patchelf --set-rpath "${old:+$old:}$2" "$file"
  fi
  if [ -n "$interpreter" ]; then
    for folder in "$NIX_BINTOOLS" "$NIX_CC"; do
      if [ -f "$folder/nix-support/dynamic-linker" ]; then loader=$(cat "$folder/nix-support/dynamic-linker"); break; fi
    done
    patchelf --set-interpreter "$loader" "$file"
  fi
}

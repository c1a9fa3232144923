# Compiles the package in the current folder with node_gyp, a function of the caller.

# ocnixSibling NAME CONTENT: a header package where binding.gyp looks for it; one that the tarball brought stays
ocnixSiblings=()
ocnixSibling() {
  if [ -e "node_modules/$1" ]; then return 0; fi
  ocnixUnpack "$2" "node_modules/$1"
  ocnixSiblings+=("node_modules/$1")
}

# ocnixCompile SCRIPT: the script says which variables the package's binding.gyp expects
ocnixCompile() {
  local -a variables=()
  mapfile -t variables < <(node "$1" "$npm_config_arch")
  touch "$TMPDIR/before"
  node_gyp rebuild --nodedir="$npm_config_nodedir" --arch="$npm_config_arch" "${variables[@]}"
}

# ocnixFinish: leaves what the loader opens; false if there is nothing
ocnixFinish() {
  local made file
  if [ "${#ocnixSiblings[@]}" -gt 0 ]; then rm -rf "${ocnixSiblings[@]}"; fi
  if [ -d node_modules ]; then find node_modules -depth -type d -empty -delete; fi
  rm -rf prebuilds
  if [ -d build/Release ]; then
    find build -mindepth 1 -maxdepth 1 ! -name Release -exec rm -rf {} +
    find build/Release -mindepth 1 -maxdepth 1 \
      ! -name '*.node' ! -name '*.so' ! -name '*.dylib' ! -name spawn-helper -exec rm -rf {} +
  fi
  made=$(find . -type f \( -name '*.node' -o -name '*.so' -o -name '*.dylib' \) -newer "$TMPDIR/before")
  while IFS= read -r file; do
    if [ -z "$file" ]; then continue; fi
    "${STRIP:-strip}" -S "$file"
    # the compiler's folders are gone, and a path into this output would survive in the copy
    if command -v patchelf > /dev/null; then
      patchelf --shrink-rpath --allowed-rpath-prefixes "$NIX_STORE" "$file"
    fi
  done <<< "$made"
  grep -q '\.node$' <<< "$made"
}

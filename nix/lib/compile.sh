# Compiles the package in the current folder. Reads
#   ocnixGyp        node-gyp's program
#   ocnixArguments  a script that tells which variables the package's binding.gyp expects
#   ocnixDirectory  the folder of binding.gyp, if it is not the package's own; a step may have entered it
#   gypFlags        more for node-gyp

# ocnixPrepare FILE...: these give way; what is compiled will not name the folder of the build, nor those of headers
ocnixPrepare() {
  local folder name
  if [ "$#" -gt 0 ]; then rm -rf -- "${@/#/./}"; fi
  ocnixTop=$PWD
  export HOME="$TMPDIR" JOBS="${NIX_BUILD_CORES:-1}"
  for folder in "$npm_config_nodedir" ${pkgsHostTarget+"${pkgsHostTarget[@]}"}; do
    name=${folder#"$NIX_STORE/"}
    NIX_CFLAGS_COMPILE="${NIX_CFLAGS_COMPILE-} -ffile-prefix-map=$folder=/${name#*-}"
  done
  export NIX_CFLAGS_COMPILE="$NIX_CFLAGS_COMPILE -ffile-prefix-map=$PWD=."
  touch "$TMPDIR/before"
}

# ocnixSibling NAME CONTENT: a package where binding.gyp or a script looks for it; one that the tarball brought stays
ocnixSiblings=()
ocnixSibling() {
  if [ -e "node_modules/$1" ]; then return 0; fi
  ocnixUnpack "$2" "node_modules/$1"
  ocnixSiblings+=("node_modules/$1")
}

# ocnixNeeds FILE: what scripts of the package may ask for; lines of a place seen from the folder above, content, its kind
ocnixNeeds() {
  local place content kind
  while IFS=$'\t' read -r place content kind; do
    if [ -e "../$place/package.json" ]; then continue; fi
    ocnixUnpack "$content" "../$place" "$kind"
    if [[ $place == package/node_modules/* ]]; then ocnixSiblings+=("${place#package/}"); fi
  done < "$1"
}

# the commands that steps know; node-gyp takes the rest from variables npm_config_…
node-gyp() {
  local -a variables=()
  local folder=.
  mapfile -t variables < <(cd "$ocnixTop" && node "$ocnixArguments" "$npm_config_arch")
  if [ "$PWD" = "$ocnixTop" ] && [[ " $* " != *" --directory"* && " $* " != *" -C"* ]]; then
    folder=./${ocnixDirectory-}
  fi
  # shellcheck disable=SC2086 # a list of words
  (cd "$folder" && node "$ocnixGyp" "$@" ${gypFlags-} "${variables[@]}")
}

# what cmake-js tells CMake, without its look at the network
cmake-js() {
  local headers="$npm_config_nodedir/include/node" name
  for name in nan node-addon-api; do
    if [ -d "node_modules/$name" ]; then headers="$headers;$PWD/node_modules/$name"; fi
  done
  cmake -S . -B build -DCMAKE_BUILD_TYPE=Release -DCMAKE_JS_VERSION=7.3.0 -DCMAKE_JS_INC="$headers" \
    -DNODE_ARCH="$npm_config_arch" -DNODE_RUNTIME="${npm_config_runtime:-node}" \
    -DNODE_RUNTIMEVERSION="${npm_config_target:-$(node -p process.versions.node)}" \
    -DCMAKE_LIBRARY_OUTPUT_DIRECTORY="$PWD/build/Release" -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON
  cmake --build build --config Release --parallel "${NIX_BUILD_CORES:-1}"
}

# ocnixRun STEP...: shell lines, one after the other; what they enter and set is over afterwards
ocnixRun() (
  for step; do
    echo "$step"
    eval "$step"
  done
)

# ocnixMayFail PACKAGE COMMAND...: of a package that works without its native part, or that only optional dependencies need
ocnixMayFail() {
  local status errexit=$- package=$1
  shift
  set +e
  (
    set -e
    "$@"
  )
  status=$?
  if [[ $errexit == *e* ]]; then set -e; fi
  if [ "$status" != 0 ]; then
    echo "ocnix: the optional package $package has no native part, since it could not be compiled; see the lines above" >&2
    ocnixIsOptional=1
  fi
}

# ocnixTidyBuild: leaves of the compiler's work what the loader opens, and sets `made` to the new files
ocnixTidyBuild() {
  local file build="./${ocnixDirectory:+$ocnixDirectory/}build"
  if [ -d "$build/Release" ]; then
    find "$build" -mindepth 1 -maxdepth 1 ! -name Release -exec rm -rf {} +
    find "$build/Release" -mindepth 1 -maxdepth 1 \
      ! -name '*.node' ! -name '*.so' ! -name '*.so.*' ! -name '*.dylib' ! -name spawn-helper -exec rm -rf {} +
  fi
  made=$(
    find . -name node_modules -prune -o \
      -type f \( -name '*.node' -o -name '*.so' -o -name '*.so.*' -o -name '*.dylib' \) -newer "$TMPDIR/before" -print
  )
  while IFS= read -r file; do
    if [ -z "$file" ]; then continue; fi
    "${STRIP:-strip}" -S "$file"
    # the compiler's folders are gone, and a path into this output would survive in the copy
    if command -v patchelf > /dev/null; then
      patchelf --shrink-rpath --allowed-rpath-prefixes "$NIX_STORE" "$file"
    fi
  done <<< "$made"
}

# ocnixFinish: leaves what the loader opens; false if there is nothing
ocnixFinish() {
  local made build="./${ocnixDirectory:+$ocnixDirectory/}build"
  if [ "${#ocnixSiblings[@]}" -gt 0 ]; then rm -rf "${ocnixSiblings[@]}"; fi
  if [ -d node_modules ]; then find node_modules -depth -type d -empty -delete; fi
  rm -rf prebuilds
  if [ -n "${ocnixIsOptional-}" ]; then rm -rf "$build"; fi
  ocnixTidyBuild
  grep -q '\.node$' <<< "$made" || [ -n "${ocnixIsOptional-}" ]
}

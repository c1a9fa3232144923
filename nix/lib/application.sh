# What the application's phases share.

# ocnixIsLockfile DIGEST FILE: whether a file is the lockfile of the tree; a checkout may have given it other line ends.
ocnixIsLockfile() {
  [ "$(sha256sum < "$2")" = "$1  -" ] || [ "$(tr -d '\r' < "$2" | sha256sum)" = "$1  -" ]
}

# ocnixKeepFirstLines: the workspaces' programs run in the build; ocnixRestoreFirstLines makes them as they were.
# Reads ocnixMemberPrograms.
ocnixKeepFirstLines() {
  local file
  mkdir "$TMPDIR/ocnix-programs"
  for file in "${ocnixMemberPrograms[@]}"; do
    cp -p "$file" "$TMPDIR/ocnix-programs/before"
    if ocnixShebang "$file"; then patchShebangs --build "$file" > /dev/null; fi
    if ! cmp -s "$file" "$TMPDIR/ocnix-programs/before"; then
      mkdir -p "$TMPDIR/ocnix-programs/$(dirname "$file")"
      cp -p "$file" "$TMPDIR/ocnix-programs/$file.after"
      mv "$TMPDIR/ocnix-programs/before" "$TMPDIR/ocnix-programs/$file.before"
    fi
  done
}

ocnixRestoreFirstLines() {
  local before file
  find "$TMPDIR/ocnix-programs" -name '*.before' -print0 | while IFS= read -r -d '' before; do
    file=${before%.before}
    # unless the build wrote it anew
    if cmp -s "$file.after" "${file#"$TMPDIR/ocnix-programs"}"; then
      cp -p "$before" "${file#"$TMPDIR/ocnix-programs"}"
    fi
  done
}

# ocnixMendLinks FOLDER: links of the source in the current folder that would dangle in what is installed of it: content
# takes the place of a link to what was left behind
ocnixMendLinks() {
  local link name
  find "$1" -type l ! -exec test -e {} \; -print0 | while IFS= read -r -d '' link; do
    name=${link#"$1"/}
    rm "$link"
    if [ -e "./$name" ]; then
      cp -R -P "$(readlink -f "./$name")" "$link"
    else
      echo "ocnix: $name is a link that leads nowhere in the source; it is left out"
    fi
  done
}

# ocnixForget PATH FOLDER: bundlers note where they read each file; what is left of a store path leads nowhere
ocnixForget() {
  local name=${1##*/}
  local hash=${name:0:32}
  local -a files=()
  mapfile -d '' -t files < <(grep -rlZF -- "$hash" "$2")
  if [ "${#files[@]}" -eq 0 ]; then return 0; fi
  echo "ocnix: the result names files of ${name:33} (${#files[@]} files); the names are blanked"
  printf '%s\0' "${files[@]}" | LC_ALL=C xargs -0 sed -i "s/$hash/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/g"
}

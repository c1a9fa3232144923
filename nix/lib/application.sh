# What the application's phases share.

# ocnixIsLockfile DIGEST FILE: whether a file is the lockfile of the tree; a checkout may have given it other line ends.
ocnixIsLockfile() {
  [ "$(sha256sum < "$2")" = "$1  -" ] || [ "$(tr -d '\r' < "$2" | sha256sum)" = "$1  -" ]
}

# ocnixBuildLines [PATH]: executable files of the project, and the workspaces' programs, run in the build, where there is no
# /usr/bin/env; PATH has more interpreters. Remembers in ocnixLinesBefore what each first line was. Reads ocnixMemberPrograms.
declare -gA ocnixLinesBefore=()
ocnixBuildLines() {
  local file first before
  while IFS= read -r -d '' file; do
    ocnixReadLine "$file" || continue
    before=$first
    if ocnixRewriteTold "$file" "$PATH:$PWD/node_modules/.bin${1:+:$1}"; then
      ocnixReadLine "$file"
      # of several the usual one
      if [[ -z ${ocnixLinesBefore["$first"]-} || $before == '#!/usr/bin/env '* ]]; then ocnixLinesBefore["$first"]=$before; fi
    fi
  done < <(
    find . -name node_modules -prune -o -type f -perm -0100 -print0
    if [ "${#ocnixMemberPrograms[@]}" -gt 0 ]; then printf '%s\0' "${ocnixMemberPrograms[@]}"; fi
  )
}

# ocnixOwnLines: what the build leaves names no interpreter of the build: first lines are again as the project has them, also
# those that a compiler has taken over into its result
ocnixOwnLines() {
  local file first
  if [ "${#ocnixLinesBefore[@]}" = 0 ]; then return 0; fi
  while IFS= read -r -d '' file; do
    if ocnixReadLine "$file" && [ -n "${ocnixLinesBefore["$first"]-}" ]; then
      ocnixReplaceLine "$file" "${ocnixLinesBefore["$first"]}"
    fi
  done < <(find . -name node_modules -prune -o -type f -print0)
}

# ocnixCause STATUS LOG: ends the build with what its commands say of their failure, as many print a report behind it
ocnixCause() {
  local said
  # what is written last may not be there yet
  sleep 1
  said=$(
    sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$2" \
      | grep -aiE '\b(errors?|err!|fatal|cannot|could not|not found|no such|unable to|unexpected|failed)\b' \
      | grep -avE '^[[:space:]]*(at |[]})([{,]*$|errors?: \[|warnings?: \[)' | cut -c 1-300 \
      | awk '{ line[NR] = $0 } END { for (n = 1; n <= NR; n++) if (n <= 5 || n > NR - 3) print line[n] }' || true
  )
  echo "ocnix: the build commands ended with status $1${said:+; this is what they said of errors}" >&2
  if [ -n "$said" ]; then printf '%s\n' "$said" >&2; fi
  exit "$1"
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

# ocnixSecrets FOLDER: what holds secrets in it, by its name and, where a name says little, by its content. Reads
# ocnixSecretNames, a condition of find
ocnixSecrets() {
  local file
  find "$1" -mindepth 1 -name node_modules -prune -o "${ocnixSecretNames[@]}" -print0 | while IFS= read -r -d '' file; do
    case "${file##*/}" in
      *.[pP][eE][mM] | *.[kK][eE][yY]) grep -qas 'PRIVATE KEY' "$file" || continue ;;
      .npmrc | .yarnrc.yml) grep -qaisE '_auth|_password|authtoken' "$file" || continue ;;
    esac
    printf '%s\0' "$file"
  done
}

# ocnixLeaveOut FOLDER SOURCE: takes secrets that its source has out of an installed project. What a build made stays
ocnixLeaveOut() {
  local file name
  while IFS= read -r -d '' file; do
    name=${file#"$1"/}
    if [ -e "$2/$name" ]; then
      echo "ocnix: $name is a secret by its name; it is left out of the package"
      rm -rf "$file"
    fi
  done < <(ocnixSecrets "$1")
}

# ocnixRefuseSecrets FOLDER [PATH…]: ends the build where a secret would be installed that is none of the paths
ocnixRefuseSecrets() {
  local folder=$1 file name path found=
  shift
  while IFS= read -r -d '' file; do
    name=${file#"$folder"/}
    for path in "$@"; do
      if [ "$path" = "$name" ]; then continue 2; fi
    done
    echo "ocnix: $name looks like a secret, and everybody can read what is installed; name what the application needs in installPaths of the profile, without it, or, if it is no secret, itself as well" >&2
    found=1
  done < <(ocnixSecrets "$folder")
  if [ -n "$found" ]; then exit 1; fi
}

# Programs of the application: each is started as the kernel would start the file that the build left. Reads
#   ocnixRoot          the folder of the application
#   ocnixPrograms      places of programs and the files that they start, one after the other
#   ocnixRuntimes      Bun or Node, or both; and for each
#   ocnixSuffixes      what follows the program's name
#   ocnixVariables_N   what makeWrapper is told besides
#   ocnixPath          where interpreters are
#   ocnixLibraries     where libraries are
#   ocnixSystem        linux or darwin
#   ocnixPlatform      its name, for people

# ocnixKind FILE: sets kind to runtime for what Bun or Node run, script for what starts another program, else binary, and its
# system; of a script without a first line also interpreter
ocnixKind() {
  local magic first place before after splits
  kind=binary system=other interpreter=
  ocnixMagic "$1"
  case $magic in
    7f454c46) system=linux ;;
    feedfac[ef] | c[ef]faedfe | cafebab[ef] | b[ef]bafeca) system=darwin ;;
    4d5a*) ;;
    *) kind=runtime ;;
  esac
  if [ "$kind" = binary ]; then return; fi
  if ocnixReadLine "$1"; then
    ocnixParse "${first%$'\r'}" || true
    case $interpreter in
      node | nodejs | bun) ;;
      *) kind=script ;;
    esac
    interpreter=
    return
  fi
  case $1 in
    *.sh) kind=script interpreter=sh ;;
    *.bash) kind=script interpreter=bash ;;
    *.py) kind=script interpreter=python3 ;;
  esac
}

# ocnixIsForHost FILE SYSTEM: whether a program is for the system, and, as far as Bun or Node shows it, for the processor
ocnixIsForHost() {
  local magic
  if [ "$2" != "$ocnixSystem" ]; then return 1; fi
  ocnixMagic "${ocnixRuntimes[0]}"
  [ "$magic" != 7f454c46 ] || [ "$(od -An -j18 -N2 -tx1 < "$1")" = "$(od -An -j18 -N2 -tx1 < "${ocnixRuntimes[0]}")" ]
}

# ocnixNeedsModules: whether anything that is installed opens node_modules. What `bun build --compile` makes holds all of its
# modules, and looks for others where it is started, never beside itself.
ocnixNeedsModules() {
  local at file kind system interpreter
  for ((at = 0; at < ${#ocnixPrograms[@]}; at += 2)); do
    file=$out/${ocnixPrograms[at + 1]}
    # which may come from node_modules
    if [ ! -f "$file" ]; then return 0; fi
    ocnixKind "$file"
    if [ "$kind" != binary ] || ! grep -qaF -- '---- Bun! ----' "$file"; then return 0; fi
  done
  [ "${#ocnixPrograms[@]}" = 0 ]
}

# ocnixHostLines FOLDER: what is executable in it names the interpreters that it will have
ocnixHostLines() {
  local file
  while IFS= read -r -d '' file; do
    ocnixRewrite "$file" "$ocnixPath" || true
  done < <(find "$1" -name node_modules -prune -o -type f -perm -0100 -print0)
}

ocnixMakePrograms() {
  local at
  for ((at = 0; at < ${#ocnixPrograms[@]}; at += 2)); do
    ocnixMakeProgram "$out/${ocnixPrograms[at]}" "$out/${ocnixPrograms[at + 1]}"
  done
}

# ocnixMakeProgram PLACE FILE
ocnixMakeProgram() {
  local kind system interpreter first written found
  if [ ! -f "$2" ]; then
    printf 'ocnix: the program %q would start %q, which is not there after the build; add what makes it to buildCommands or installPaths of a profile\n' \
      "${1##*/}" "${2#"$out/"}" >&2
    exit 1
  fi
  ocnixKind "$2"
  case $kind in
    binary)
      if ! ocnixIsForHost "$2" "$system"; then
        printf 'ocnix: the program %q would start %q, which is for another system or processor; let the build make one for %s\n' \
          "${1##*/}" "${2#"$out/"}" "$ocnixPlatform" >&2
        exit 1
      fi
      if [ ! -x "$2" ]; then chmod +x -- "$2"; fi
      if [ "$system" = linux ]; then ocnixSetLoader "$2" "$ocnixLibraries"; fi
      ocnixWrap 0 "$1" "$2"
      ;;
    script)
      if [ ! -x "$2" ]; then chmod +x -- "$2"; fi
      ocnixRewrite "$2" "$ocnixPath" || true
      ocnixFirstLine "$2" || true
      if [ -n "$interpreter" ]; then
        ocnixSearch "$ocnixPath" "$interpreter"
        if [ -z "$found" ]; then
          printf 'ocnix: the program %q has no first line and is for %s, which nothing here has; name its package in runtimePath of a profile\n' \
            "${1##*/}" "$interpreter" >&2
          exit 1
        fi
        ocnixWrap 0 "$1" "$found" "$(printf %q "$2")"
      elif [[ $first != '#!'*"$NIX_STORE"/* && $2 =~ \.[cm]?[jt]sx?$ ]]; then
        # a runner of TypeScript that only development has
        printf 'ocnix: the program %q starts with %q, which nothing here has; it is run by %s\n' "${1##*/}" "$first" \
          "${ocnixRuntimes[*]##*/}"
        ocnixRunByAll "$1" "$2"
      else
        if [[ $first != '#!'*"$NIX_STORE"/* ]]; then
          printf 'ocnix: the program %q starts with %q; where it runs must have that, or runtimePath of a profile name its package\n' "${1##*/}" "$first" >&2
        fi
        ocnixWrap 0 "$1" "$2"
      fi
      ;;
    runtime) ocnixRunByAll "$1" "$2" ;;
  esac
}

# ocnixRunByAll PLACE FILE
ocnixRunByAll() {
  local index
  for index in "${!ocnixRuntimes[@]}"; do
    ocnixRunBy "$index" "$1${ocnixSuffixes[index]}" "$2"
  done
}

# ocnixWrap N PLACE PROGRAM [ARGUMENTS]: with the variables of the runtime of that number, and arguments as a shell has them
ocnixWrap() {
  local -n variables=ocnixVariables_$1
  makeWrapper "$3" "$2" ${4:+--add-flags "$4"} "${variables[@]}"
}

# ocnixRunBy N PLACE FILE: by the runtime of that number, with what the first line says besides
ocnixRunBy() {
  local runtime=${ocnixRuntimes[$1]} first found arguments
  local interpreter= place before= after= splits=
  local -a words=() starts=() ends=()
  if ocnixReadLine "$3"; then ocnixParse "${first%$'\r'}" || true; fi
  case $interpreter in
    node | nodejs | bun) ;;
    *) before= after= splits= ;;
  esac
  if [ "$interpreter" = bun ] && [ "${runtime##*/}" = node ] && [ -n "$after" ]; then
    printf 'ocnix: Node knows nothing of%s in the first line of %q; it is left out\n' " ${after# }" "${3##*/}" >&2
    after=
  fi
  arguments=
  if [ -z "$splits" ] && [[ $first == '#!'*/env[[:blank:]]* ]]; then
    # macOS splits here
    read -r -a words <<< "$after"
  elif [ -z "$splits" ]; then
    words=(${after:+"$after"})
  elif [ -n "$before" ] || ! ocnixWords "$after" || [[ ${words[*]} == *$'\1'* ]]; then
    ocnixSearch "$ocnixPath" env
    ocnixWrap "$1" "$2" "$found" "$(printf '%q %q' "$splits$before$runtime$after" "$3")"
    return
  fi
  ocnixWrap "$1" "$2" "$runtime" "${words[*]:+$(printf '%q ' "${words[@]}")}$(printf %q "$3")"
}

# The first lines of scripts: read as the kernel and env read them, and made to name interpreters of the store.

# ocnixReadLine FILE: sets `first` to its first line, of which Bun looks at 2048 bytes. Whether it starts with "#!".
ocnixReadLine() {
  local LC_ALL=C
  first=
  { IFS= read -r -n 2048 first < "$1" || true; } 2> /dev/null
  [[ $first == '#!'* ]]
}

# ocnixFirstLine FILE: the same, and of "#!… CR LF" that CR goes, as Bun has it
ocnixFirstLine() {
  if ! ocnixReadLine "$1"; then return 1; fi
  if [[ $first == *$'\r' ]]; then
    first=${first%$'\r'}
    sed -i --follow-symlinks '1s/\r$//' "$1"
  fi
}

# ocnixSearch PATH NAME: sets `found` to NAME's place on PATH, or to nothing
declare -gA ocnixPlaces=()
ocnixSearch() {
  local key="$1|$2"
  if [ -z "${ocnixPlaces["$key"]+known}" ]; then ocnixPlaces["$key"]=$(PATH=$1 type -P -- "$2" || true); fi
  found=${ocnixPlaces["$key"]}
}

# ocnixWords TEXT: what env -S makes of a text: sets words, and where each starts and ends in the text. A character of a
# word that only env knows when it runs is $'\1'. False for what env refuses.
ocnixWords() {
  local LC_ALL=C text=$1 at character quote= word= isOpen= variable='^[$][{][A-Za-z_][A-Za-z0-9_]*[}]'
  words=() starts=() ends=()
  for ((at = 0; at <= ${#text}; at++)); do
    character=${text:at:1}
    if [[ -z $quote && ($at == "${#text}" || $character == [[:space:]] || ${text:at:2} == '\'[_c]) ]]; then
      if [ -n "$isOpen" ]; then words+=("$word") ends+=("$at"); fi
      word= isOpen=
      case ${text:at:2} in
        '\_') at=$((at + 1)) ;;
        '\c') return 0 ;;
      esac
      continue
    fi
    if [ "$at" = "${#text}" ]; then return 1; fi
    if [ -z "$isOpen" ]; then
      if [ "$character" = '#' ]; then return 0; fi
      starts+=("$at")
      isOpen=1
    fi
    case $quote$character in
      "'" | '"') quote=$character ;;
      "''" | '""') quote= ;;
      "'\\")
        case ${text:at + 1:1} in
          [\'\\]) at=$((at + 1)) ;;
        esac
        word+=${text:at:1}
        ;;
      *\\)
        at=$((at + 1))
        case ${text:at:1} in
          [\"\#\$\'\\]) word+=${text:at:1} ;;
          [_fnrtv]) word+=$'\1' ;;
          *) return 1 ;;
        esac
        ;;
      "'"?) word+=$character ;;
      *\$)
        if ! [[ ${text:at} =~ $variable ]]; then return 1; fi
        at=$((at + ${#BASH_REMATCH[0]} - 1))
        word+=$'\1'
        ;;
      *) word+=$character ;;
    esac
  done
}

# ocnixProgramWord: sets `index` to the word of `words` that env would start; false if there is none, or an option is unknown
ocnixProgramWord() {
  local isOption=1
  for ((index = 0; index < ${#words[@]}; index++)); do
    case $isOption${words[index]} in
      1--) isOption= ;;
      1- | 1-i | 1-v | 1-iv | 1-vi | 1--ignore-environment | 1--debug) ;;
      1-u | 1-C | 1-a | 1--unset | 1--chdir | 1--argv0) index=$((index + 1)) ;;
      1-[uCa]* | 1--unset=* | 1--chdir=* | 1--argv0=*) ;;
      1--block-signal* | 1--default-signal* | 1--ignore-signal* | 1--list-signal-handling) ;;
      1-*) return 1 ;;
      *=*) isOption= ;;
      *$'\1'*) return 1 ;;
      *) return 0 ;;
    esac
  done
  return 1
}

# ocnixParse LINE: what starts the script of this first line. Sets
#   interpreter  the program's name; empty if only env knows it
#   place        the program as the line has it
#   before       what env is told before the program's name, and
#   after        what follows it, in the text that env splits; else the one argument
#   splits       env's option that splits, if there is one
ocnixParse() {
  local line=${1#'#!'} rest
  local -a words=() starts=() ends=()
  local index
  interpreter= place= before= after= splits=
  line=${line#"${line%%[![:blank:]]*}"}
  line=${line%"${line##*[![:blank:]]}"}
  place=${line%%[[:blank:]]*}
  rest=${line#"$place"}
  rest=${rest#"${rest%%[![:blank:]]*}"}
  # as execvp and patchShebangs have it
  if [ -z "$place" ]; then place=/bin/sh; fi
  if [ "${place##*/}" != env ] || [ -z "$rest" ]; then
    interpreter=${place##*/} after=$rest
  elif [[ $rest =~ ^(-[iv]*S[[:blank:]]*|--split-string=)(.*)$ ]]; then
    splits=${BASH_REMATCH[1]} rest=${BASH_REMATCH[2]} place=
    if ocnixWords "$rest" && ocnixProgramWord; then
      place=${words[index]}
      before=${rest:0:starts[index]} after=${rest:ends[index]}
      interpreter=${place##*/}
      # a path from the folder where it is started
      case $place in
        /*) ;;
        */*) interpreter= ;;
      esac
    fi
  else
    place=${rest%%[[:blank:]]*}
    after=${rest#"$place"}
    after=${after#"${after%%[![:blank:]]*}"}
    case $place in
      # a kernel that does not split gives env one argument, which is no program then
      -* | *=* | */*) place= after= ;;
      *) interpreter=$place ;;
    esac
  fi
  [ -n "$interpreter" ]
}

# ocnixStoreLine LINE PATH: sets `written` to the line with programs of PATH; false if it stays as it is
ocnixStoreLine() {
  local interpreter place before after splits found env
  written=$1
  if [[ $1 =~ ^'#!'[[:blank:]]*"$NIX_STORE"/ ]] || ! ocnixParse "$1" || [[ $place == "$NIX_STORE"/* ]]; then return 1; fi
  ocnixSearch "$2" env
  env=$found
  ocnixSearch "$2" "$interpreter"
  if [ -z "$found" ] || { [ -n "$splits" ] && [ -z "$env" ]; }; then return 1; fi
  if [ -n "$splits" ]; then
    written="#!$env $splits$before$found$after"
  elif [[ $1 =~ /env[[:blank:]] && $after == *[[:blank:]]* && $after != *[\"\'\\\$\#]* && -n $env ]]; then
    # macOS would split
    written="#!$env -S $found $after"
  else
    written="#!$found${after:+ $after}"
  fi
  # what is longer the kernel cuts off
  if [ "${#written}" -gt 254 ]; then
    written=$1
    return 1
  fi
}

# ocnixRewrite FILE PATH: its first line names programs of PATH, as far as they are there. False if it stays as it was.
ocnixRewrite() {
  local first written
  ocnixReadLine "$1" && [ "${#first}" -lt 2048 ] && ocnixStoreLine "${first%$'\r'}" "$2" && ocnixReplaceLine "$1" "$written"
}

# ocnixRewriteTold FILE PATH: the same, and says so where only env can tell what a line means
ocnixRewriteTold() {
  local first interpreter place before after splits
  if ocnixRewrite "$1" "$2"; then return 0; fi
  if ocnixReadLine "$1" && [[ $first != '#!'*"$NIX_STORE"/* ]] && { ! ocnixParse "${first%$'\r'}" || [ -n "$splits" ]; }; then
    printf 'ocnix: %q starts with %q, which nothing here can stand in for; the line is left as it is\n' "$1" "$first"
  fi
  return 1
}

# ocnixReplaceLine FILE LINE
ocnixReplaceLine() {
  local copy=$TMPDIR/ocnix-first-line
  { printf '%s\n' "$2"; tail -n +2 -- "$1"; } > "$copy"
  touch -r "$1" "$copy"
  if [ -w "$1" ]; then
    cat "$copy" > "$1"
  else
    chmod u+w -- "$1"
    cat "$copy" > "$1"
    chmod u-w -- "$1"
  fi
  touch -r "$copy" "$1"
}

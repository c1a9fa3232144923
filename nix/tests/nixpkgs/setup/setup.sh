# The environment of a build and its phases, as nixpkgs' documentation and the behaviour of its setup.sh have them.
set -e
set -o pipefail
shopt -s inherit_errexit

_log() { echo "$1: ${FUNCNAME[2]}: $2" >&2; }
nixErrorLog() { _log ERROR "$1"; }
nixWarnLog() { _log WARN "$1"; }
nixNoticeLog() { _log NOTICE "$1"; }
nixInfoLog() { :; }
nixTalkativeLog() { :; }
nixDebugLog() { :; }

# ---- hooks

_eval() {
    if declare -F "$1" >/dev/null; then "$@"; else eval "$1"; fi
}

_implicitHook() {
    local default=$1 name=$2
    shift 2
    if declare -F "$name" >/dev/null; then
        "$name" "$@"
    elif type -p "$name" >/dev/null; then
        source "$name"
    elif [ -n "${!name:-}" ]; then
        eval "${!name}"
    else
        return "$default"
    fi
}

runHook() {
    local name=$1 hook
    shift
    local list="${name%Hook}Hooks[@]"
    for hook in "_implicitHook 0 $name" ${!list+"${!list}"}; do
        _eval "$hook" "$@"
    done
}

runOneHook() {
    local name=$1 hook
    shift
    local list="${name%Hook}Hooks[@]"
    for hook in "_implicitHook 1 $name" ${!list+"${!list}"}; do
        if _eval "$hook" "$@"; then return 0; fi
    done
    return 1
}

exitHandler() {
    exitCode=$?
    set +e
    if [ "$exitCode" != 0 ]; then
        runHook failureHook
    else
        runHook exitHook
    fi
    exit "$exitCode"
}
trap exitHandler EXIT

# ---- small helpers

addToSearchPathWithCustomDelimiter() {
    local delimiter=$1 name=$2 folder=$3
    if [ -d "$folder" ]; then
        export "$name=${!name:-}${!name:+$delimiter}$folder"
    fi
}
addToSearchPath() { addToSearchPathWithCustomDelimiter : "$@"; }

prependToVar() {
    local -n _variable=$1
    shift
    if [[ "$(declare -p "${!_variable}" 2>/dev/null)" == "declare -a"* ]]; then
        _variable=("$@" ${_variable+"${_variable[@]}"})
    else
        _variable="$* ${_variable-}"
    fi
}
appendToVar() {
    local -n _variable=$1
    shift
    if [[ "$(declare -p "${!_variable}" 2>/dev/null)" == "declare -a"* ]]; then
        _variable=(${_variable+"${_variable[@]}"} "$@")
    else
        _variable="${_variable-} $*"
    fi
}
concatTo() {
    local -n _target=$1
    shift
    local argument name default
    for argument; do
        IFS== read -r name default <<< "$argument"
        local -n _source=$name
        if [[ "$(declare -p "$name" 2>/dev/null)" == "declare -a"* ]]; then
            _target+=(${_source+"${_source[@]}"})
        elif [ -n "${_source:-}" ]; then
            # shellcheck disable=SC2206 # a list of words
            _target+=($_source)
        elif [ -n "$default" ]; then
            _target+=("$default")
        fi
        unset -n _source
    done
}
concatStringsSep() {
    local separator=$1 list="$2[@]" result=
    local item
    for item in ${!list+"${!list}"}; do result=$result${result:+$separator}$item; done
    printf '%s' "$result"
}
printWords() { if [ $# -gt 0 ]; then printf '%s ' "$@"; fi; }
printLines() { if [ $# -gt 0 ]; then printf '%s\n' "$@"; fi; }
echoCmd() {
    printf '%s:' "$1"
    shift
    printf ' %q' "$@"
    echo
}
stripHash() {
    local name=${1##*/}
    if [[ $name =~ ^[a-z0-9]{32}- ]]; then name=${name:33}; fi
    echo "$name"
}
isELF() {
    local magic
    LANG=C IFS= read -r -n 4 magic < "$1" 2>/dev/null || return 1
    [[ $magic == $'\x7fELF' ]]
}
isMachO() { return 1; }
isScript() {
    local magic
    LANG=C IFS= read -r -n 2 magic < "$1" 2>/dev/null || return 1
    [[ $magic == '#!' ]]
}
getAllOutputNames() { echo "$outputs"; }
moveToOutput() {
    local pattern=$1 destination=$2 output source
    for output in $(getAllOutputNames); do
        if [ "${!output}" = "$destination" ]; then continue; fi
        for source in "${!output}"/$pattern; do
            if [ ! -e "$source" ] && [ ! -L "$source" ]; then continue; fi
            if [ "$destination" = REMOVE ]; then
                rm -rf "$source"
            else
                local to=$destination${source#"${!output}"}
                mkdir -p "${to%/*}"
                if [ -d "$to" ] && [ ! -L "$source" ]; then
                    cp -R "$source/." "$to/"
                    rm -rf "$source"
                else
                    mv "$source" "${to%/*}"
                fi
            fi
            rmdir --ignore-fail-on-non-empty "${source%/*}" 2>/dev/null || true
        done
    done
}

# ---- text replacement

_substituteWarned=
substituteStream() {
    local -n _text=$1
    local what=$2 mode pattern replacement
    shift 2
    while [ $# -gt 0 ]; do
        mode=$1
        case $mode in
            --replace | --replace-warn | --replace-fail | --replace-quiet)
                if [ "$mode" = --replace ]; then
                    if [ -z "$_substituteWarned" ]; then
                        echo "substituteStream() in derivation $name: WARNING: '--replace' is deprecated, use --replace-{fail,warn,quiet}. ($what)" >&2
                        _substituteWarned=1
                    fi
                    mode=--replace-warn
                fi
                pattern=$2 replacement=$3
                shift 3
                if [[ $_text != *"$pattern"* && $pattern != "$replacement" ]]; then
                    case $mode in
                        --replace-warn) printf "substituteStream() in derivation %s: WARNING: pattern %q doesn't match anything in %s\n" "$name" "$pattern" "$what" >&2 ;;
                        --replace-fail)
                            printf "substituteStream() in derivation %s: ERROR: pattern %q doesn't match anything in %s\n" "$name" "$pattern" "$what" >&2
                            return 1
                            ;;
                    esac
                fi
                _text=${_text//"$pattern"/"$replacement"}
                ;;
            --subst-var)
                if [ -z "${!2+x}" ]; then
                    echo "substituteStream() in derivation $name: ERROR: variable \$$2 is unset" >&2
                    return 1
                fi
                _text=${_text//"@$2@"/"${!2}"}
                shift 2
                ;;
            --subst-var-by)
                _text=${_text//"@$2@"/"$3"}
                shift 3
                ;;
            *)
                echo "substituteStream() in derivation $name: ERROR: Invalid command line argument: $1" >&2
                return 1
                ;;
        esac
    done
    printf '%s' "$_text"
}
substitute() {
    local input=$1 output=$2 _content
    shift 2
    if [ ! -f "$input" ]; then
        echo "substitute(): ERROR: file '$input' does not exist" >&2
        return 1
    fi
    if IFS= read -r -d '' _content < "$input"; then
        echo "consumeEntire(): ERROR: Input null bytes, won't process" >&2
        return 1
    fi
    if [ -e "$output" ]; then chmod +w "$output"; fi
    substituteStream _content "file '$input'" "$@" > "$output"
}
substituteInPlace() {
    local -a files=()
    while [ $# -gt 0 ] && [[ $1 != --* ]]; do
        files+=("$1")
        shift
    done
    local file
    for file in "${files[@]}"; do substitute "$file" "$file" "$@"; done
}
substituteAll() {
    local input=$1 output=$2 variable
    local -a arguments=()
    for variable in $(awk 'BEGIN { for (v in ENVIRON) if (v ~ /^[a-z][a-zA-Z0-9_]*$/) print v }'); do
        arguments+=(--subst-var "$variable")
    done
    substitute "$input" "$output" ${arguments+"${arguments[@]}"}
}
substituteAllInPlace() { substituteAll "$1" "$1"; }

source "$setupFolder/inputs.sh"
source "$setupFolder/phases.sh"
source "$setupFolder/fixup.sh"
source "$setupFolder/patch-shebangs.sh"

# ---- the environment

export NIX_STORE=${NIX_STORE:-/nix/store}
export TZ=UTC
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
export NIX_SSL_CERT_FILE=${NIX_SSL_CERT_FILE:-/no-cert-file.crt}
export SSL_CERT_FILE=${SSL_CERT_FILE:-/no-cert-file.crt}
: "${outputs:=out}"
prefix=${prefix:-${out-}}

if ((${NIX_BUILD_CORES:-1} <= 0)); then NIX_BUILD_CORES=$(nproc); fi
export NIX_BUILD_CORES=${NIX_BUILD_CORES:-1}

_outputVariables() {
    local -a names=()
    local output
    for output in $outputs; do names+=("$output"); done
    _output() {
        local variable=$1 candidate
        shift
        if [ -n "${!variable-}" ]; then return 0; fi
        for candidate; do
            if [ -n "${!candidate-}" ]; then
                export "$variable=$candidate"
                return 0
            fi
        done
    }
    _output outputDev dev out
    _output outputBin bin out
    _output outputLib lib out
    _output outputInclude outputDev dev out
    if [ "$outputInclude" = outputDev ]; then outputInclude=$outputDev; fi
    _output outputDoc doc out
    _output outputMan man outputBin
    if [ "$outputMan" = outputBin ]; then outputMan=$outputBin; fi
    : "${outputDev:=${names[0]}}" "${outputBin:=${names[0]}}" "${outputLib:=${names[0]}}"
    : "${outputInclude:=$outputDev}" "${outputDoc:=${names[0]}}" "${outputMan:=${names[0]}}"
}
_outputVariables

setupInputs
runHook preHook
runHook postHook

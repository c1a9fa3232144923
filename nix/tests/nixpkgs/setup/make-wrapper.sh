# makeWrapper EXECUTABLE WRAPPER OPTIONS..., wrapProgram PROGRAM OPTIONS...: a shell script that sets things and execs.

assertExecutable() {
    if [ ! -f "$1" ] || [ ! -x "$1" ]; then
        echo "Cannot wrap '$1' because it is not an executable file" >&2
        exit 1
    fi
}

makeWrapper() { makeShellWrapper "$@"; }
wrapProgram() { wrapProgramShell "$@"; }

# one line of shell: puts VALUE before or after what VARIABLE lists, once
_wrapperList() {
    local side=$1 variable=$2 separator=$3 value=$4
    local list="\${$variable:+${separator@Q}\$$variable${separator@Q}}"
    local found="${separator@Q}${value@Q}${separator@Q}"
    echo "$variable=$list"
    if [ "$side" = prefix ]; then
        echo "$variable=\${$variable/$found/${separator@Q}}"
        echo "$variable=${value@Q}\$$variable"
        echo "$variable=\${$variable%${separator@Q}}"
    else
        echo "$variable=\${$variable/$found/${separator@Q}}"
        echo "$variable=\$$variable${value@Q}"
        echo "$variable=\${$variable#${separator@Q}}"
    fi
    echo "export $variable"
}

makeShellWrapper() {
    local original=$1 wrapper=$2 before= after= argv0= inherit= item
    shift 2
    assertExecutable "$original"
    mkdir -p "${wrapper%/*}"
    {
        echo '#!@shell@ -e'
        while [ $# -gt 0 ]; do
            case $1 in
                --set) echo "export $2=${3@Q}"; shift 3 ;;
                --set-default) echo "export $2=\${$2-${3@Q}}"; shift 3 ;;
                --unset) echo "unset $2"; shift 2 ;;
                --chdir) echo "cd ${2@Q}"; shift 2 ;;
                --run) echo "$2"; shift 2 ;;
                --prefix | --suffix)
                    if [ -n "$4" ]; then _wrapperList "${1#--}" "$2" "$3" "$4"; fi
                    shift 4
                    ;;
                --prefix-each | --suffix-each)
                    item=${1#--}
                    local value
                    for value in $4; do _wrapperList "${item%-each}" "$2" "$3" "$value"; done
                    shift 4
                    ;;
                --add-flag) before="$before ${2@Q}"; shift 2 ;;
                --append-flag) after="$after ${2@Q}"; shift 2 ;;
                --add-flags) before="$before $2"; shift 2 ;;
                --append-flags) after="$after $2"; shift 2 ;;
                --argv0) argv0=$2 inherit=; shift 2 ;;
                --inherit-argv0) inherit=1; shift ;;
                --resolve-argv0) shift ;;
                *)
                    echo "makeWrapper doesn't understand the arg $1" >&2
                    exit 1
                    ;;
            esac
        done
        if [ -n "$inherit" ]; then
            echo "exec -a \"\$0\" \"$original\" $before \"\$@\" $after"
        elif [ -n "$argv0" ]; then
            echo "exec -a ${argv0@Q} \"$original\" $before \"\$@\" $after"
        else
            echo "exec \"$original\" $before \"\$@\" $after"
        fi
    } > "$wrapper"
    chmod +x "$wrapper"
}

_hideProgram() {
    local program=$1 hidden
    assertExecutable "$program"
    hidden=${program%/*}/.${program##*/}-wrapped
    while [ -e "$hidden" ]; do hidden=${hidden}_; done
    mv "$program" "$hidden"
    echo "$hidden"
}

wrapProgramShell() {
    local program=$1 hidden
    hidden=$(_hideProgram "$program")
    shift
    makeShellWrapper "$hidden" "$program" --inherit-argv0 "$@"
}

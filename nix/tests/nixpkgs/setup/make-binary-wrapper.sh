# makeWrapper and wrapProgram as small programs in C. No --run; flags are split at white space, quotes mean nothing.
source @shellWrapper@/nix-support/setup-hook

makeWrapper() { makeBinaryWrapper "$@"; }
wrapProgram() { wrapProgramBinary "$@"; }

_cString() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    printf '"%s"' "$text"
}

_wrapperSource() {
    local original=$1 option word inherit= argv0=$1
    local -a before=() after=()
    shift
    cat <<'C'
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void must(int ok) { if (!ok) { perror("wrapper"); abort(); } }

/* puts value before (or after) what the variable lists, once */
static void place(const char *variable, const char *separator, const char *value, int isPrefix) {
    const char *old = getenv(variable);
    char *all, *found, *list;
    size_t gap = strlen(separator);
    if (!old || !*old) { must(setenv(variable, value, 1) == 0); return; }
    must(asprintf(&list, "%s%s%s", separator, old, separator) > 0);
    must(asprintf(&all, "%s%s%s", separator, value, separator) > 0);
    found = strstr(list, all);
    if (found) memmove(found, found + strlen(all) - gap, strlen(found + strlen(all) - gap) + 1);
    if (strlen(list) <= gap) { must(setenv(variable, value, 1) == 0); return; }
    list[strlen(list) - gap] = 0;
    if (isPrefix) must(asprintf(&all, "%s%s", value, list) > 0);
    else must(asprintf(&all, "%s%s%s", list + gap, separator, value) > 0);
    must(setenv(variable, all, 1) == 0);
}

int main(int argc, char **argv) {
    int n = 1, i;
C
    while [ $# -gt 0 ]; do
        option=$1
        case $option in
            --set) echo "must(setenv($(_cString "$2"), $(_cString "$3"), 1) == 0);"; shift 3 ;;
            --set-default) echo "must(setenv($(_cString "$2"), $(_cString "$3"), 0) == 0);"; shift 3 ;;
            --unset) echo "must(unsetenv($(_cString "$2")) == 0);"; shift 2 ;;
            --chdir) echo "must(chdir($(_cString "$2")) == 0);"; shift 2 ;;
            --prefix) echo "place($(_cString "$2"), $(_cString "$3"), $(_cString "$4"), 1);"; shift 4 ;;
            --suffix) echo "place($(_cString "$2"), $(_cString "$3"), $(_cString "$4"), 0);"; shift 4 ;;
            --add-flag) before+=("$2"); shift 2 ;;
            --append-flag) after+=("$2"); shift 2 ;;
            --add-flags) read -ra words <<< "$2"; before+=("${words[@]}"); shift 2 ;;
            --append-flags) read -ra words <<< "$2"; after+=("${words[@]}"); shift 2 ;;
            --argv0) argv0=$2 inherit=; shift 2 ;;
            --inherit-argv0) inherit=1; shift ;;
            *)
                echo "makeCWrapper: Unknown argument $option" >&2
                exit 1
                ;;
        esac
    done
    echo "char **all = calloc(argc + $((${#before[@]} + ${#after[@]} + 1)), sizeof *all); must(all != NULL);"
    if [ -n "$inherit" ]; then echo "all[0] = argv[0];"; else echo "all[0] = $(_cString "$argv0");"; fi
    for word in "${before[@]}"; do echo "all[n++] = $(_cString "$word");"; done
    echo "for (i = 1; i < argc; i++) all[n++] = argv[i];"
    for word in "${after[@]}"; do echo "all[n++] = $(_cString "$word");"; done
    echo "execv($(_cString "$original"), all); perror($(_cString "$original")); return 127; }"
}

makeBinaryWrapper() {
    local original=$1 wrapper=$2
    shift 2
    assertExecutable "$original"
    mkdir -p "${wrapper%/*}"
    local source
    source=$(_wrapperSource "$original" "$@")
    @cc@/bin/gcc -Os -x c -o "$wrapper" - <<< "$source"
}

wrapProgramBinary() {
    local program=$1 hidden
    hidden=$(_hideProgram "$program")
    shift
    makeBinaryWrapper "$hidden" "$program" --inherit-argv0 "$@"
}

# Sets loader and search path of each ELF file of the outputs, with the libraries of the inputs; a missing one is an error.
declare -a autoPatchelfLibs=()
gatherLibraries() { autoPatchelfLibs+=("$1/lib"); }
addEnvHooks "$targetOffset" gatherLibraries

_autoPatchelfNeeded() {
    local library=$1 file=$2 folder found=
    for folder in "${file%/*}" ${autoPatchelfOwn+"${autoPatchelfOwn[@]}"} ${autoPatchelfLibs+"${autoPatchelfLibs[@]}"} @libc@/lib; do
        if [ -e "$folder/$library" ]; then
            found=$folder
            break
        fi
    done
    if [ -n "$found" ]; then echo "$found"; fi
}

autoPatchelfFile() {
    local file=$1 library folder paths=
    if ! patchelf --print-needed "$file" > /dev/null 2>&1; then return 0; fi
    if patchelf --print-interpreter "$file" > /dev/null 2>&1; then
        patchelf --set-interpreter "$(< "$NIX_BINTOOLS/nix-support/dynamic-linker")" "$file"
    fi
    for library in $(patchelf --print-needed "$file"); do
        folder=$(_autoPatchelfNeeded "$library" "$file")
        if [ -z "$folder" ]; then
            local pattern ignored=
            for pattern in ${autoPatchelfIgnoreMissingDeps-}; do
                # shellcheck disable=SC2254 # a pattern
                case $library in $pattern) ignored=1 ;; esac
            done
            if [ -n "$ignored" ] || [ "${autoPatchelfIgnoreMissingDeps-}" = 1 ]; then
                echo "warn: auto-patchelf ignoring missing $library wanted by $file"
            else
                echo "error: auto-patchelf could not satisfy dependency $library wanted by $file"
                autoPatchelfMissing=1
            fi
        elif [ "$folder" != @libc@/lib ] && [[ ":$paths:" != *":$folder:"* ]]; then
            paths=$paths${paths:+:}$folder
        fi
    done
    if [ -n "$paths${runtimeDependencies-}" ]; then
        for folder in ${runtimeDependencies-}; do paths=$paths${paths:+:}$folder/lib; done
        patchelf --set-rpath "$paths" "$file"
    fi
}

autoPatchelf() {
    local file
    autoPatchelfMissing=
    while IFS= read -r -d '' file; do
        if isELF "$file"; then autoPatchelfFile "$file"; fi
    done < <(find "$@" -type f -print0)
    if [ -n "$autoPatchelfMissing" ]; then
        echo "auto-patchelf failed to find all the required dependencies." >&2
        exit 1
    fi
}

autoPatchelfPostFixup() {
    if [ -n "${dontAutoPatchelf-}" ]; then return 0; fi
    local output
    declare -ag autoPatchelfOwn=()
    for output in $(getAllOutputNames); do
        while IFS= read -r -d '' file; do autoPatchelfOwn+=("${file%/*}"); done \
            < <(find "${!output}" -type f -name '*.so*' -print0)
    done
    for output in $(getAllOutputNames); do autoPatchelf "${!output}"; done
}
postFixupHooks+=(autoPatchelfPostFixup)

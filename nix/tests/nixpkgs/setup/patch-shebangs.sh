# patchShebangs [--build|--host] [--update] [--] PATH...: interpreters of executable scripts become those of PATH (or HOST_PATH).

patchShebangs() {
    local list= update=
    while [ $# -gt 0 ]; do
        case $1 in
            --host) list=HOST_PATH ;;
            --build) list=PATH ;;
            --update) update=1 ;;
            --)
                shift
                break
                ;;
            -*)
                echo "Unknown option $1 supplied to patchShebangs" >&2
                return 1
                ;;
            *) break ;;
        esac
        shift
    done
    echo "patching script interpreter paths in $*"
    if [ $# -eq 0 ]; then
        echo "No arguments supplied to patchShebangs" >&2
        return 0
    fi
    local file
    while IFS= read -r -d '' file; do
        isScript "$file" || continue
        # the first file of a call decides for all, as in nixpkgs
        if [ -z "$list" ]; then
            if [[ -n ${strictDeps-} && $file == "$NIX_STORE"* ]]; then list=HOST_PATH; else list=PATH; fi
        fi
        _patchShebang "$file" "${!list}" "$update"
    done < <(find "$@" -type f -perm -0100 -print0)
}

_patchShebang() {
    local file=$1 path=$2 update=$3 line interpreter first rest new
    IFS= read -r line < "$file" || [ -n "$line" ]
    read -r interpreter first rest <<< "${line:2}"
    if [[ $interpreter == */bin/env ]]; then
        if [ "$first" = -S ]; then
            local program=${rest%% *} arguments=
            if [[ $rest == *" "* ]]; then arguments=${rest#* }; fi
            new=$(PATH=$path type -P env || true)
            rest="-S $(PATH=$path type -P "$program" || true) $arguments"
        elif [[ $first == -* || $first == *=* ]]; then
            echo "$file: unsupported interpreter directive \"$line\" (set dontPatchShebangs=1 and handle shebang patching yourself)" >&2
            exit 1
        else
            new=$(PATH=$path type -P "$first" || true)
        fi
    else
        if [ -z "$interpreter" ]; then interpreter=/bin/sh; fi
        new=$(PATH=$path type -P "${interpreter##*/}" || true)
        rest="$first $rest"
    fi
    local patched="$new $rest"
    patched=${patched%"${patched##*[![:space:]]}"}
    if [[ -z $update && $interpreter == "$NIX_STORE"* ]] || [ -z "$new" ] || [ "$new" = "$interpreter" ]; then return 0; fi
    echo "$file: interpreter directive changed from \"$line\" to \"$patched\""
    local copy stamp readonly=
    copy=$(mktemp -t patchShebangs.XXXXXXXXXX)
    stamp=$(stat --printf %y "$file")
    { echo "#!$patched"; tail -n +2 "$file"; } > "$copy"
    if [ ! -w "$file" ]; then
        chmod u+w "$file"
        readonly=1
    fi
    cat "$copy" > "$file"
    rm "$copy"
    if [ -n "$readonly" ]; then chmod u-w "$file"; fi
    touch --date "$stamp" "$file"
}

patchShebangsAuto() {
    if [ -n "${dontPatchShebangs-}" ] || [ ! -e "$prefix" ]; then return 0; fi
    if [[ $output != out && $output == "$outputDev" ]]; then
        patchShebangs --build "$prefix"
    else
        patchShebangs --host "$prefix"
    fi
}

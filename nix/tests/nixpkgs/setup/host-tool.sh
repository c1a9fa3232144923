# A package of links to programs of the host, whose /usr is mounted at /host; nothing else may look there.
# Reads programs ("name" or "name=candidate|candidate"), optional ones with a trailing "?", and $debian for what to install.
set -e
/host/bin/mkdir -p "$out/bin"
for entry in $programs; do
    program=${entry%%=*}
    candidates=${entry#*=}
    optional=
    case $candidates in *\?)
        optional=1
        candidates=${candidates%\?}
        program=${program%\?}
        ;;
    esac
    found=
    IFS='|'
    for candidate in $candidates; do
        if [ -z "$found" ] && [ -x "/host/bin/$candidate" ]; then found=$candidate; fi
    done
    unset IFS
    if [ -n "$found" ]; then
        /host/bin/ln -s "/host/bin/$found" "$out/bin/$program"
    elif [ -z "$optional" ]; then
        echo "the stand-in for nixpkgs takes $program from the host, which has none: apt-get install $debian" >&2
        exit 1
    fi
done
eval "${more:-}"
exit 0

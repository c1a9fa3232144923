#!@shell@
# The host's compiler, linking for the store's own loader and libraries.
links=1
for argument; do
    case $argument in
        -c | -S | -E | -M | -MM | -fsyntax-only | --version | -v | -dumpversion | -dumpmachine | -print-* ) links= ;;
    esac
done
flags=("-B@bintools@/bin/" -idirafter /host/include/@multiarch@ -idirafter /host/include)
# shellcheck disable=SC2206 # a list of words
flags+=($NIX_CFLAGS_COMPILE)
after=()
if [ -n "$links" ] && [ "${0##*/}" != cpp ]; then
    set -- "$@" -Wl,-dynamic-linker,@loader@ -L@cclib@/lib -Wl,-rpath,@libc@/lib -Wl,-rpath,@cclib@/lib
    rpath=
    for word in $NIX_LDFLAGS; do
        if [ -n "$rpath" ]; then
            after+=("-Wl,-rpath,$word")
            rpath=
        elif [ "$word" = -rpath ]; then
            rpath=1
        else
            after+=("$word")
        fi
    done
fi
exec @program@ "${flags[@]}" "$@" "${after[@]}"

addCcPaths() {
    if [ -d "$1/include" ]; then export NIX_CFLAGS_COMPILE="${NIX_CFLAGS_COMPILE-} -isystem $1/include"; fi
    if [ -d "$1/lib" ]; then export NIX_LDFLAGS="${NIX_LDFLAGS-} -L$1/lib -rpath $1/lib"; fi
}
addEnvHooks "$targetOffset" addCcPaths

export NIX_CC=@cc@ NIX_BINTOOLS=@bintools@
export CC=gcc CXX=g++ AR=ar AS=as LD=ld NM=nm OBJCOPY=objcopy OBJDUMP=objdump RANLIB=ranlib READELF=readelf
export SIZE=size STRINGS=strings STRIP=strip
if [ -n "${out-}" ]; then export NIX_LDFLAGS="-rpath $out/lib ${NIX_LDFLAGS-}"; fi

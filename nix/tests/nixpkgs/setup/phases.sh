# The phases and their order.

unpackCmdHooks=(_defaultUnpack)
_defaultUnpack() {
    local source=$1 to
    if [ -d "$source" ]; then
        to=$(stripHash "$source")
        if [ -e "$to" ]; then
            echo "Cannot copy $source to $to: destination already exists!"
            echo "Did you specify two \"srcs\" with the same \"name\"?"
            return 1
        fi
        cp -pr --reflink=auto -- "$source" "$to"
        return 0
    fi
    case $source in
        *.tar.xz | *.tar.lzma | *.txz) (xz -d < "$source" || true) | tar xf - --mode=+w --warning=no-timestamp ;;
        *.tar | *.tar.* | *.tgz | *.tbz2 | *.tbz) tar xf "$source" --mode=+w --warning=no-timestamp ;;
        *) return 1 ;;
    esac
}

unpackFile() {
    curSrc=$1
    echo "unpacking source archive $curSrc"
    if ! runOneHook unpackCmd "$curSrc"; then
        echo "do not know how to unpack source archive $curSrc"
        exit 1
    fi
}

unpackPhase() {
    runHook preUnpack
    if [ -z "${srcs-}" ]; then
        if [ -z "${src-}" ]; then
            # shellcheck disable=SC2016
            echo 'variable $src or $srcs should point to the source'
            exit 1
        fi
        srcs=$src
    fi
    local before=" " entry
    for entry in *; do
        if [ -d "$entry" ]; then before="$before$entry "; fi
    done
    for entry in $srcs; do unpackFile "$entry"; done
    : "${sourceRoot=}"
    if [ -n "${setSourceRoot-}" ]; then
        runOneHook setSourceRoot
    elif [ -z "$sourceRoot" ]; then
        for entry in *; do
            if [ ! -d "$entry" ] || [[ $before == *" $entry "* ]]; then continue; fi
            if [ -n "$sourceRoot" ]; then
                echo "unpacker produced multiple directories"
                exit 1
            fi
            sourceRoot=$entry
        done
    fi
    if [ -z "$sourceRoot" ]; then
        echo "unpacker appears to have produced no directories"
        exit 1
    fi
    echo "source root is $sourceRoot"
    if [ "${dontMakeSourcesWritable:-0}" != 1 ]; then chmod -R u+w -- "$sourceRoot"; fi
    runHook postUnpack
}

patchPhase() {
    runHook prePatch
    local one
    local -a list=() flags=()
    concatTo list patches
    concatTo flags patchFlags=-p1
    for one in ${list+"${list[@]}"}; do
        echo "applying patch $one"
        case $one in
            *.gz) gzip -d < "$one" ;;
            *.bz2) bzip2 -d < "$one" ;;
            *.xz) xz -d < "$one" ;;
            *) cat "$one" ;;
        esac 2>&1 | patch "${flags[@]}"
    done
    runHook postPatch
}

configurePhase() {
    runHook preConfigure
    : "${configureScript=}"
    if [[ -z $configureScript && -x ./configure ]]; then configureScript=./configure; fi
    if [ -n "$configureScript" ]; then
        if [ -z "${dontAddPrefix-}" ] && [ -n "$prefix" ]; then
            prependToVar configureFlags "${prefixKey:---prefix=}$prefix"
        fi
        if [ -f "$configureScript" ] && [ -z "${dontPatchShebangsInConfigure-}" ]; then
            patchShebangs --build "$configureScript"
        fi
        local -a flags=()
        concatTo flags configureFlags configureFlagsArray
        echoCmd 'configure flags' "${flags[@]}"
        $configureScript "${flags[@]}"
    else
        echo "no configure script, doing nothing"
    fi
    runHook postConfigure
}

_hasMakefile() {
    [[ -n ${makeFlags-} || -n ${makefile-} || -e Makefile || -e makefile || -e GNUmakefile ]]
}

_make() {
    local -a flags=("SHELL=$SHELL")
    concatTo flags "$@"
    echoCmd 'make flags' "${flags[@]}"
    make ${makefile:+-f $makefile} "${flags[@]}"
}

buildPhase() {
    runHook preBuild
    if _hasMakefile; then
        foundMakefile=1
        _make makeFlags makeFlagsArray buildFlags buildFlagsArray
    else
        echo "no Makefile or custom buildPhase, doing nothing"
    fi
    runHook postBuild
}

checkPhase() {
    runHook preCheck
    if [ -z "${foundMakefile-}" ]; then
        echo "no Makefile or custom checkPhase, doing nothing"
    else
        if [ -z "${checkTarget-}" ]; then
            local target
            for target in check test; do
                if make -n ${makefile:+-f $makefile} "$target" > /dev/null 2>&1; then
                    checkTarget=$target
                    break
                fi
            done
        fi
        if [ -z "${checkTarget-}" ]; then
            echo "no check/test target in ${makefile:-Makefile}, doing nothing"
        else
            _make makeFlags makeFlagsArray checkFlags=VERBOSE=y checkFlagsArray checkTarget
        fi
    fi
    runHook postCheck
}

installPhase() {
    runHook preInstall
    if _hasMakefile; then
        foundMakefile=1
        if [ -n "$prefix" ]; then mkdir -p "$prefix"; fi
        _make makeFlags makeFlagsArray installFlags installFlagsArray installTargets=install
    else
        echo "no Makefile or custom installPhase, doing nothing"
    fi
    runHook postInstall
}

installCheckPhase() {
    runHook preInstallCheck
    if [ -z "${foundMakefile-}" ]; then
        echo "no Makefile or custom installCheckPhase, doing nothing"
    elif make -n ${makefile:+-f $makefile} "${installCheckTarget:-installcheck}" > /dev/null 2>&1; then
        _make makeFlags makeFlagsArray installCheckFlags installCheckFlagsArray installCheckTarget=installcheck
    else
        echo "no installcheck target in ${makefile:-Makefile}, doing nothing"
    fi
    runHook postInstallCheck
}

dumpVars() {
    if [ "${noDumpEnvVars:-0}" != 1 ]; then export > "$NIX_BUILD_TOP/env-vars" 2> /dev/null || true; fi
}

runPhase() {
    local curPhase=$1 switch
    case $curPhase in
        checkPhase | installCheckPhase | distPhase)
            switch=${curPhase%Phase}
            switch=do${switch^}
            if [ -z "${!switch-}" ]; then return 0; fi
            ;;
        unpackPhase | patchPhase | configurePhase | buildPhase | installPhase | fixupPhase)
            switch=${curPhase%Phase}
            switch=dont${switch^}
            if [ -n "${!switch-}" ]; then return 0; fi
            ;;
    esac
    echo "Running phase: $curPhase"
    dumpVars
    eval "${!curPhase:-$curPhase}"
    if [ "$curPhase" = unpackPhase ]; then
        if [ -n "${sourceRoot-}" ]; then chmod +x -- "$sourceRoot"; fi
        cd -- "${sourceRoot:-.}"
    fi
}

genericBuild() {
    if [ -f "${buildCommandPath-}" ]; then
        source "$buildCommandPath"
        return
    fi
    if [ -n "${buildCommand-}" ]; then
        eval "$buildCommand"
        return
    fi
    local curPhase
    for curPhase in ${phases:-${prePhases-} unpackPhase patchPhase ${preConfigurePhases-} configurePhase \
        ${preBuildPhases-} buildPhase checkPhase ${preInstallPhases-} installPhase ${preFixupPhases-} fixupPhase \
        installCheckPhase ${preDistPhases-} ${postPhases-}}; do
        runPhase "$curPhase"
    done
}

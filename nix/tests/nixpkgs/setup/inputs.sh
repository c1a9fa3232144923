# From the lists of inputs to PATH, HOST_PATH, setup hooks and environment hooks.

declare -a envBuildHostHooks=() envHostHostHooks=() envHostTargetHooks=() envBuildBuildHooks=() envBuildTargetHooks=()
declare -a pkgsBuildBuild=() pkgsBuildHost=() pkgsBuildTarget=() pkgsHostHost=() pkgsHostTarget=()

# addEnvHooks OFFSET FUNCTION: called for each package whose programs or libraries are for that machine
addEnvHooks() {
    local offset=$1
    shift
    case $offset in
        -1) envBuildHostHooks+=("$@") ;;
        0) envHostTargetHooks+=("$@") ;;
        1) : ;;
    esac
}

_listOf() {
    case $1,$2 in
        -1,-1) echo pkgsBuildBuild ;;
        -1,0) echo pkgsBuildHost ;;
        -1,1) echo pkgsBuildTarget ;;
        0,0) echo pkgsHostHost ;;
        0,1) echo pkgsHostTarget ;;
        *) return 1 ;;
    esac
}

# a package with what it propagates: findInputs PACKAGE HOST-OFFSET TARGET-OFFSET
findInputs() {
    local package=$1 host=$2 target=$3 list known
    list=$(_listOf "$host" "$target") || return 0
    local -n _packages=$list
    for known in ${_packages+"${_packages[@]}"}; do
        if [ "$known" = "$package" ]; then return 0; fi
    done
    if [ ! -e "$package" ]; then
        echo "build input $package does not exist" >&2
        exit 1
    fi
    _packages+=("$package")
    unset -n _packages

    # offsets of what a file lists, relative to the package that has it
    local file relative inner
    while read -r file relative inner; do
        local next=$((relative + (relative <= 0 ? host : target - 1)))
        local after=$((inner + (inner <= 0 ? host : target - 1)))
        if [ -f "$package/nix-support/$file" ] && ((next >= -1 && after <= 1)); then
            local word
            for word in $(< "$package/nix-support/$file"); do findInputs "$word" "$next" "$after"; done
        fi
    done <<'FILES'
propagated-build-build-deps -1 -1
propagated-native-build-inputs -1 0
propagated-build-target-deps -1 1
propagated-host-host-deps 0 0
propagated-build-inputs 0 1
FILES
}

activatePackage() {
    local package=$1 hostOffset=$2 targetOffset=$3
    if [ -f "$package" ]; then
        source "$package"
    fi
    if [ -z "${strictDeps-}" ] || ((hostOffset <= -1)); then addToSearchPath _PATH "$package/bin"; fi
    if ((hostOffset == 0)) && [ -d "$package/bin" ]; then addToSearchPath _HOST_PATH "$package/bin"; fi
    if [ -f "$package/nix-support/setup-hook" ]; then
        source "$package/nix-support/setup-hook"
    fi
}

_runEnvHooks() {
    local -n _hooks=$1
    shift
    local hook package seen=" "
    for hook in ${_hooks+"${_hooks[@]}"}; do
        seen=" "
        for package; do
            if [[ $seen == *" $package "* ]]; then continue; fi
            seen="$seen$package "
            "$hook" "$package"
        done
    done
}

setupInputs() {
    local package folder
    PATH= HOST_PATH= _PATH= _HOST_PATH=
    for folder in $initialPath; do
        addToSearchPath PATH "$folder/bin"
        # scripts that are patched without strictDeps find the usual tools
        if [ -z "${strictDeps-}" ]; then addToSearchPath HOST_PATH "$folder/bin"; fi
    done
    export PATH HOST_PATH

    for package in ${depsBuildBuild-} ${depsBuildBuildPropagated-}; do findInputs "$package" -1 -1; done
    for package in ${nativeBuildInputs-} ${propagatedNativeBuildInputs-}; do findInputs "$package" -1 0; done
    for package in ${depsBuildTarget-} ${depsBuildTargetPropagated-}; do findInputs "$package" -1 1; done
    for package in ${depsHostHost-} ${depsHostHostPropagated-}; do findInputs "$package" 0 0; done
    for package in ${buildInputs-} ${propagatedBuildInputs-}; do findInputs "$package" 0 1; done
    for package in ${defaultNativeBuildInputs-}; do findInputs "$package" -1 0; done

    for package in ${pkgsBuildBuild+"${pkgsBuildBuild[@]}"}; do activatePackage "$package" -1 -1; done
    for package in ${pkgsBuildHost+"${pkgsBuildHost[@]}"}; do activatePackage "$package" -1 0; done
    for package in ${pkgsBuildTarget+"${pkgsBuildTarget[@]}"}; do activatePackage "$package" -1 1; done
    for package in ${pkgsHostHost+"${pkgsHostHost[@]}"}; do activatePackage "$package" 0 0; done
    for package in ${pkgsHostTarget+"${pkgsHostTarget[@]}"}; do activatePackage "$package" 0 1; done

    local -a every=(
        ${pkgsBuildBuild+"${pkgsBuildBuild[@]}"} ${pkgsBuildHost+"${pkgsBuildHost[@]}"}
        ${pkgsBuildTarget+"${pkgsBuildTarget[@]}"} ${pkgsHostHost+"${pkgsHostHost[@]}"}
        ${pkgsHostTarget+"${pkgsHostTarget[@]}"}
    )
    if [ -z "${strictDeps-}" ]; then
        _runEnvHooks envBuildHostHooks ${every+"${every[@]}"}
        _runEnvHooks envHostTargetHooks ${every+"${every[@]}"}
    else
        _runEnvHooks envBuildHostHooks ${pkgsBuildHost+"${pkgsBuildHost[@]}"}
        _runEnvHooks envHostTargetHooks ${pkgsHostTarget+"${pkgsHostTarget[@]}"}
    fi

    PATH=${_PATH}${_PATH:+${PATH:+:}}$PATH
    HOST_PATH=${_HOST_PATH}${_HOST_PATH:+${HOST_PATH:+:}}$HOST_PATH
    export -n _PATH _HOST_PATH
    unset _PATH _HOST_PATH
}

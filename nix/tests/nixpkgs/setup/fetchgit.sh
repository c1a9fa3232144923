# One commit of a repository, without .git.
if [ -n "$lacking" ]; then
    echo "the stand-in for nixpkgs builds no fetchgit with $lacking" >&2
    exit 1
fi
export HOME=$TMPDIR
if [ -n "$netrcPhase" ]; then
    eval "$netrcPhase"
    mv netrc "$HOME/.netrc"
fi
git init --quiet "$out"
cd "$out"
git remote add origin "$url"
# not every server gives a commit that no branch ends in
git fetch --quiet --depth=1 origin "$rev" || git fetch --quiet origin
git -c advice.detachedHead=false checkout --quiet FETCH_HEAD 2> /dev/null || git checkout --quiet "$rev"
if [ "$rev" != HEAD ] && [[ $rev =~ ^[0-9a-f]{40}$ ]] && [ "$(git rev-parse HEAD)" != "$rev" ]; then
    git -c advice.detachedHead=false checkout --quiet "$rev"
fi
if [ -n "$fetchSubmodules" ]; then git submodule --quiet update --init --recursive; fi
find . -name .git -prune -exec rm -rf {} +
if [ -n "$postFetch" ]; then eval "$postFetch"; fi

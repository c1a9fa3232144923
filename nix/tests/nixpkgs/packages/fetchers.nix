# nixpkgs' fetchers: fixed outputs that really download. Arguments that nixpkgs does not know are refused.
{
  lib,
  stdenvNoCC,
  curl,
  git,
  cacert,
}:

let
  known =
    who: names: given:
    let
      unknown = builtins.filter (name: !builtins.elem name names) (builtins.attrNames given);
    in
    if unknown == [ ] then
      given
    else
      throw "function '${who}' called with unexpected argument '${builtins.head unknown}'";

  # what a fixed output is hashed with, from the several names that nixpkgs takes
  hashOf =
    who: given:
    let
      kinds = builtins.filter (kind: (given.${kind} or "") != "") [
        "hash"
        "outputHash"
        "sha512"
        "sha256"
        "sha1"
      ];
      kind = builtins.head kinds;
    in
    if kinds == [ ] then
      throw "${who}: hash is missing; pass lib.fakeHash to learn it"
    else if builtins.length kinds > 1 then
      throw "${who}: multiple hashes passed: ${toString kinds}"
    else
      {
        outputHash = given.${kind};
        outputHashAlgo =
          if kind == "hash" then
            null
          else if kind == "outputHash" then
            given.outputHashAlgo or null
          else
            kind;
      };

  proxies = [
    "http_proxy"
    "https_proxy"
    "ftp_proxy"
    "all_proxy"
    "no_proxy"
  ];

  # the network is there for fixed outputs alone; so are the host's certificates
  fixed =
    given:
    stdenvNoCC.mkDerivation (
      {
        impureEnvVars = proxies;
        NIX_SSL_CERT_FILE = "${cacert}/etc/ssl/certs/ca-bundle.crt";
        SSL_CERT_FILE = "${cacert}/etc/ssl/certs/ca-bundle.crt";
        GIT_SSL_CAINFO = "${cacert}/etc/ssl/certs/ca-bundle.crt";
        preferLocalBuild = true;
      }
      // given
    );

  fetchurlNames = [
    "name"
    "pname"
    "version"
    "url"
    "urls"
    "hash"
    "outputHash"
    "outputHashAlgo"
    "sha1"
    "sha256"
    "sha512"
    "recursiveHash"
    "curlOpts"
    "curlOptsList"
    "netrcPhase"
    "netrcImpureEnvVars"
    "postFetch"
    "downloadToTemp"
    "executable"
    "showURLs"
    "meta"
    "passthru"
    "preferLocalBuild"
    "nativeBuildInputs"
  ];

  fetchurl =
    arguments:
    let
      given = known "fetchurl" fetchurlNames arguments;
      urls =
        if given ? url && given ? urls then
          throw "fetchurl requires either `url` or `urls` to be set"
        else
          given.urls or [ given.url ];
      name =
        given.name or (
          if given ? pname && given ? version then
            "${given.pname}-${given.version}"
          else
            baseNameOf (toString (builtins.head urls))
        );
      # only curl can do these
      isPlain =
        builtins.all (option: (given.${option} or "") == "" || given.${option} == [ ] || given.${option} == false) [
          "curlOpts"
          "curlOptsList"
          "netrcPhase"
          "postFetch"
          "recursiveHash"
          "executable"
          "downloadToTemp"
        ]
        && builtins.length urls == 1;
      hash = hashOf "fetchurl" given;
      passthru = {
        url = builtins.head urls;
      }
      // given.passthru or { };
      plain =
        derivation {
          inherit name;
          inherit (hash) outputHash outputHashAlgo;
          outputHashMode = "flat";
          builder = "builtin:fetchurl";
          system = "builtin";
          url = builtins.head urls;
          inherit urls;
          executable = false;
          unpack = false;
          preferLocalBuild = true;
          impureEnvVars = proxies ++ [
            "NO_PROXY"
            "HTTPS_PROXY"
          ];
          __ignoreNulls = true;
        }
        // passthru
        // {
          meta = given.meta or { };
        };
      curled = fixed {
        inherit name urls passthru;
        inherit (hash) outputHash outputHashAlgo;
        outputHashMode = if given.recursiveHash or false || given.executable or false then "recursive" else "flat";
        nativeBuildInputs = [ curl ] ++ given.nativeBuildInputs or [ ];
        curlOpts = toString (given.curlOpts or "");
        curlOptsList = lib.escapeShellArgs (given.curlOptsList or [ ]);
        netrcPhase = given.netrcPhase or "";
        postFetch = given.postFetch or "";
        executable = given.executable or false;
        downloadToTemp = given.downloadToTemp or false || given.recursiveHash or false;
        impureEnvVars = proxies ++ given.netrcImpureEnvVars or [ ];
        meta = given.meta or { };
        builder = ../setup/fetchurl.sh;
      };
    in
    if isPlain then plain else curled;

  fetchzip =
    arguments:
    let
      given = known "fetchurl" (
        fetchurlNames
        ++ [
          "stripRoot"
          "extraPostFetch"
          "extension"
        ]
      ) arguments;
    in
    fixed {
      name = given.name or "source";
      urls = given.urls or [ given.url ];
      inherit (hashOf "fetchzip" given) outputHash outputHashAlgo;
      outputHashMode = "recursive";
      nativeBuildInputs = [ curl ] ++ given.nativeBuildInputs or [ ];
      curlOpts = toString (given.curlOpts or "");
      curlOptsList = lib.escapeShellArgs (given.curlOptsList or [ ]);
      netrcPhase = given.netrcPhase or "";
      impureEnvVars = proxies ++ given.netrcImpureEnvVars or [ ];
      downloadToTemp = true;
      postFetch = ''
        mkdir -p "$TMPDIR/unpack"
        (
          cd "$TMPDIR/unpack"
          tar -xf "$downloadedFile" --mode=+w --warning=no-timestamp
          chmod -R +w .
        )
        ${
          if given.stripRoot or true then
            ''
              if [ "$(ls -A "$TMPDIR/unpack" | wc -l)" != 1 ]; then
                echo "error: zip file must contain a single file or directory." >&2
                exit 1
              fi
              mv "$TMPDIR/unpack"/* "$out"
            ''
          else
            ''mv "$TMPDIR/unpack" "$out"''
        }
        ${given.postFetch or ""}
        chmod 755 "$out"
      '';
      meta = given.meta or { };
      passthru = {
        url = builtins.head (given.urls or [ given.url ]);
      }
      // given.passthru or { };
      builder = ../setup/fetchurl.sh;
    };

  fetchgit =
    arguments:
    let
      given = known "fetchgit" [
        "url"
        "tag"
        "rev"
        "name"
        "hash"
        "sha256"
        "outputHash"
        "outputHashAlgo"
        "leaveDotGit"
        "deepClone"
        "fetchSubmodules"
        "fetchLFS"
        "sparseCheckout"
        "nonConeMode"
        "branchName"
        "fetchTags"
        "rootDir"
        "gitConfigFile"
        "preFetch"
        "postFetch"
        "postCheckout"
        "preferLocalBuild"
        "nativeBuildInputs"
        "netrcPhase"
        "netrcImpureEnvVars"
        "allowedRequisites"
        "meta"
        "passthru"
      ] arguments;
      unbuilt = builtins.filter (option: builtins.elem (given.${option} or false) [ true ]) [
        "deepClone"
        "fetchLFS"
        "leaveDotGit"
      ];
      revision =
        if given ? tag && given ? rev then
          throw "fetchgit requires one of either `rev` or `tag` to be provided (not both)."
        else if given ? tag then
          "refs/tags/${given.tag}"
        else
          given.rev or "HEAD";
    in
    fixed {
      name = given.name or "source";
      inherit (given) url;
      rev = revision;
      inherit (hashOf "fetchgit" given) outputHash outputHashAlgo;
      outputHashMode = "recursive";
      nativeBuildInputs = [ git ];
      fetchSubmodules = given.fetchSubmodules or true;
      leaveDotGit = given.leaveDotGit or false;
      lacking = unbuilt;
      postFetch = given.postFetch or "";
      netrcPhase = given.netrcPhase or "";
      impureEnvVars =
        proxies
        ++ given.netrcImpureEnvVars or [ ]
        ++ [ "GIT_PROXY_COMMAND" ];
      meta = given.meta or { };
      passthru = given.passthru or { };
      builder = ../setup/fetchgit.sh;
    };

  fetchFromGitHub =
    {
      owner,
      repo,
      tag ? null,
      rev ? null,
      fetchSubmodules ? false,
      forceFetchGit ? false,
      githubBase ? "github.com",
      private ? false,
      varPrefix ? null,
      name ? "source",
      passthru ? { },
      meta ? { },
      ...
    }@arguments:
    let
      rest = removeAttrs arguments [
        "owner"
        "repo"
        "tag"
        "rev"
        "fetchSubmodules"
        "forceFetchGit"
        "githubBase"
        "private"
        "varPrefix"
      ];
      base = "https://${githubBase}/${owner}/${repo}";
      revision = if tag != null then "refs/tags/${tag}" else rev;
      usesGit =
        fetchSubmodules
        || forceFetchGit
        || arguments.leaveDotGit or null == true
        || arguments.deepClone or false
        || arguments.fetchLFS or false
        || arguments.sparseCheckout or [ ] != [ ]
        || arguments.rootDir or "" != "";
      common = rest // {
        inherit name;
        meta = {
          homepage = base;
        }
        // meta;
        passthru = {
          inherit owner repo;
          rev = revision;
        }
        // passthru;
      };
    in
    if (tag == null) == (rev == null) then
      throw "fetchFromGitHub requires one of either `rev` or `tag` to be provided (not both)."
    else if private then
      throw "the stand-in for nixpkgs fetches no private repositories"
    else if usesGit then
      fetchgit (common // { inherit fetchSubmodules; rev = revision; url = "${base}.git"; })
    else
      # which knows no leaveDotGit
      fetchzip (common // { url = "${base}/archive/${revision}.tar.gz"; });
in
{
  inherit
    fetchurl
    fetchzip
    fetchgit
    fetchFromGitHub
    ;
}

# The builder: from the generated data to an application.
{
  lib,
  stdenv,
  pkgs,
  buildPackages,
  fetchurl,
  fetchgit,
  fetchFromGitHub,
  makeWrapper,
  nodejs,
  bun,
  src,
  overrides,
  preferSource,
  runtime,
  mode,
  # the release of Bun whose isolated layout is made
  bunRules ? "1.4",
  # packages whose programs are appended to PATH, null where nixpkgs has none
  tools,
  # the generated files
  tree,
  application,
}@given:

let
  forms = import ./forms.nix { inherit lib; };
  application = forms.application given.application;
  lockfile = forms.lockfile ((builtins.fromJSON (builtins.readFile tree.manifest)).lockfile or { });

  source =
    if src != null then
      src
    else
      import tree.source { inherit lib fetchgit fetchFromGitHub; };

  # a part of the source that the rest of it may change without moving: a fixed output where the source is pinned; else
  # what is there, as source.nix lets it through
  fromSource =
    {
      name,
      path,
      folder,
      hash ? null,
    }:
    if hash == null && source ? origSrc && source ? filter then
      lib.cleanSourceWith {
        inherit name;
        inherit (source) filter;
        src = source.origSrc + "/${path}";
      }
    else
      buildPackages.runCommand name
        (lib.optionalAttrs (hash != null) {
          outputHashMode = if folder then "recursive" else "flat";
          outputHash = hash;
        })
        (
          if folder then
            "cp -R -P ${source}/${lib.escapeShellArg path} $out"
          else
            "cat ${source}/${lib.escapeShellArg path} > $out"
        );

  # Bun treats the links of each kind of folder in a way of its own
  marked = kind: fetched: fetched // { ocnixKind = kind; };
  dependencies = import tree.dependencies {
    inherit fetchurl;
    fetchgit = given: marked "checkout" (fetchgit given);
    fromSource = given: if given.folder then marked "folder" (fromSource given) else fromSource given;
    # it would hand leaveDotGit on to a fetcher of archives, which knows no such argument
    fetchFromGitHub = given: marked "archive" (fetchFromGitHub (removeAttrs given [ "leaveDotGit" ]));
  };
  layout = forms.layout (import tree.layout);
  nativeAddons = import tree.nativeAddons;
  # null where the tree is hoisted
  isolated = if tree ? isolated then import tree.isolated else null;

  # what an override may replace: what is fetched, and links to folders elsewhere
  replaceable =
    dependencies
    // builtins.listToAttrs (
      map (place: {
        name = place.id;
        value = true;
      }) (
        builtins.filter (place: place ? id && !(place.bundled or false)) (
          builtins.attrValues layout.placements
        )
      )
    );
  overrideOf =
    (import ./settings.nix {
      inherit lib;
      ids = builtins.attrNames replaceable;
    }).select
      "overrides"
      "package of dependencies.nix"
      (withoutLeftOut // overrides);
  # the user's own override of a package counts, under whichever key
  withoutLeftOut = builtins.listToAttrs (
    map (name: {
      inherit name;
      value = _: null;
    }) (
      builtins.filter (
        key: !lib.any (given: lib.hasPrefix "${given}@" key) (builtins.attrNames overrides)
      ) application.leaveOut
    )
  );
  preferSourceOf =
    (import ./settings.nix {
      inherit lib;
      ids = builtins.filter (id: dependencies ? ${id}) (builtins.attrNames nativeAddons);
    }).select
      "preferSource"
      "package of native-addons.nix"
      preferSource;

  # a user's own choice is not spliced; where both machines are one it serves for both
  forBuild =
    name: given:
    given.__spliced.buildHost
      or (if stdenv.buildPlatform == stdenv.hostPlatform then given else buildPackages.${name});
  buildNodejs = forBuild "nodejs" nodejs;
  buildBun = forBuild "bun" bun;

  findForBuild = import ./nixpkgs-names.nix {
    inherit lib;
    pkgs = buildPackages;
  };

  # what is declared for run time, but only the build needs
  productionLayout =
    let
      inherit (application) workspace buildDependencies;
      member = layout.workspaces.${workspace};
      own = (member.name or "") + "/";
      isBuilds =
        key: builtins.elem key buildDependencies || builtins.elem (lib.removePrefix own key) buildDependencies;
    in
    if buildDependencies == [ ] then
      layout
    else
      layout
      // {
        workspaces = layout.workspaces // {
          ${workspace} = member // {
            dependencies = builtins.filter (key: !isBuilds key) member.dependencies;
            optionalPeers = builtins.filter (key: !isBuilds key) (member.optionalPeers or [ ]);
          };
        };
      };

  # all that one kind of machine needs
  side =
    {
      stdenv,
      pkgs,
      nodejs,
      bun,
      layout,
    }:
    let
      find = import ./nixpkgs-names.nix { inherit lib pkgs; };
      platform = import ./platform.nix {
        inherit lib;
        platform = stdenv.hostPlatform;
      };
      addons = import ./addons.nix {
        inherit
          lib
          nativeAddons
          platform
          preferSourceOf
          ;
      };
      packages = import ./packages.nix {
        inherit
          lib
          stdenv
          nodejs
          buildNodejs
          find
          findForBuild
          dependencies
          nativeAddons
          addons
          overrideOf
          isOptional
          ;
        inherit (platform) cpu;
        inherit (layout) placements;
      };
      keysOf = import ./scope.nix {
        inherit lib layout dependencies;
        inherit (platform) fits;
        inherit (packages) isLeftOut;
      };
      needed = builtins.listToAttrs (
        map
          (key: {
            name = layout.placements.${key}.id or "";
            value = true;
          })
          (keysOf {
            members = allWorkspaces;
            dev = true;
            optional = false;
          })
      );
      isOptional = id: !(needed ? ${id});
      isolate = import ./isolated.nix {
        inherit
          lib
          isolated
          dependencies
          bunRules
          ;
        inherit (layout) workspaces;
        inherit (platform) fits;
        inherit (packages) isLeftOut;
      };
      assemble = import ./node-modules.nix {
        inherit
          lib
          stdenv
          buildNodejs
          find
          findForBuild
          layout
          dependencies
          nativeAddons
          platform
          addons
          packages
          isOptional
          ;
        interpreters = [
          nodejs
          bun
          pkgs.bash
          # env, for a shebang that splits its arguments
          pkgs.coreutils
        ];
      };
    in
    {
      inherit packages find addons;
      inherit (platform) cpu;
      modules =
        name: scope:
        import ./post-assembly.nix { inherit lib; } {
          modules = assemble (
            {
              name = "${application.name}-${name}-${application.version}";
            }
            // (if isolated == null then { keys = keysOf scope; } else { isolated = isolate scope; })
          );
          inherit (application) postAssembly;
          production = !scope.dev;
          dependencyScripts = application.dependencyScripts or { };
          bun = buildBun;
          tools = [
            buildNodejs
            buildBun
          ];
        };
    };

  # build tools run here, the application there
  build = side {
    inherit (buildPackages) stdenv;
    pkgs = buildPackages;
    nodejs = buildNodejs;
    bun = buildBun;
    inherit layout;
  };
  host = side {
    inherit
      stdenv
      pkgs
      nodejs
      bun
      ;
    layout = productionLayout;
  };

  consume = import ./consume.nix { inherit lib layout forms; };

  allWorkspaces = builtins.attrNames layout.workspaces;

  known =
    path:
    layout.workspaces ? ${path}
    || throw "ocnix: there is no workspace \"${path}\"; the workspaces are ${
      builtins.concatStringsSep ", " (map (path: "\"${path}\"") allWorkspaces)
    }";

  # node_modules of the workspaces that are named; with dev it is for this machine, without for the one that runs
  modulesFor =
    {
      workspaces ? allWorkspaces,
      dev ? true,
      optional ? true,
    }:
    assert builtins.all known workspaces;
    (if dev then build else host).modules (if dev then "node-modules" else "production-modules") {
      members = workspaces;
      inherit dev optional;
    };

  nodeModules = modulesFor {
    workspaces = lib.unique (
      [
        ""
        application.workspace
      ]
      ++ application.buildWorkspaces
    );
  };
  allModules = build.modules "all-modules" {
    members = allWorkspaces;
    dev = true;
    optional = true;
  };
  productionModules = modulesFor {
    workspaces = [ application.workspace ];
    dev = false;
  };

  # whether what the application needs at run time is there for another system, by the facts that the tree records
  supports = import ./supports.nix {
    inherit
      lib
      dependencies
      nativeAddons
      overrideOf
      ;
    layout = productionLayout;
    member = application.workspace;
  };

  membersOf =
    modules:
    modules.members or (lib.concatMap (
      key: lib.optional (layout.placements.${key} ? workspace) layout.placements.${key}.workspace
    ) modules.keys);
  runningMembers = lib.unique ([ application.workspace ] ++ membersOf productionModules);

  # what a build does besides its commands
  buildSteps = import ./build-steps.nix {
    inherit (buildPackages) stdenv;
    inherit
      lib
      application
      mode
      buildNodejs
      buildBun
      nodeModules
      productionModules
      ;
    workspaces = allWorkspaces;
  };

  package = import ./application.nix {
    inherit
      lib
      stdenv
      makeWrapper
      nodejs
      bun
      buildNodejs
      buildBun
      runtime
      source
      application
      consume
      mode
      nodeModules
      productionModules
      dependencies
      supports
      buildSteps
      ;
    inherit (buildPackages) runCommand curl;
    tools = builtins.filter (tool: tool != null) tools;
    interpreters = [
      pkgs.bash
      pkgs.coreutils
    ];
    libraries = lib.optional stdenv.hostPlatform.isLinux "${lib.getLib (host.find application.name "stdenv.cc.cc.lib")}/lib";
    patchelf = findForBuild application.name "patchelf";
    ownAddons = import ./own-addons.nix {
      inherit
        lib
        stdenv
        nodejs
        findForBuild
        nativeAddons
        ;
      inherit (host) cpu find addons;
      workspaces = lib.unique ([ "" ] ++ application.buildWorkspaces ++ runningMembers ++ membersOf nodeModules);
    };
    inherit lockfile;
    members = runningMembers;
    workspaces = allWorkspaces;
    passthru = {
      inherit
        nodeModules
        allModules
        productionModules
        modulesFor
        dependencies
        ;
      # shell lines that put one of them into the project in the current folder
      consume =
        {
          modules ? nodeModules,
          mode ? "link",
        }:
        consume { inherit modules mode; };
      devShell = import ./dev-shell.nix {
        inherit
          lib
          application
          consume
          allModules
          ;
        inherit lockfile;
        inherit (pkgs) mkShell writeShellScriptBin;
        nodejs = buildNodejs;
        bun = buildBun;
      };
      nativeAddons = builtins.listToAttrs (
        map (id: {
          name = id;
          value = host.packages.package id;
        }) (builtins.filter (id: dependencies ? ${id}) (builtins.attrNames nativeAddons))
      );
      updateScript = [
        "mvn"
        "ocnix:update"
      ];
    };
  };
in
package

# A module for NixOS, nix-darwin or Home Manager: programs.<name> puts the package on PATH, services.<name> runs its
# server. What the three have in common is said once here.
{
  # the application's name, which is that of the options where it is free
  name,
  # from nixpkgs to the package
  packageFor,
  # "nixos", "darwin" or "home"
  kind,
}@given:

{
  config,
  lib,
  pkgs,
  ...
}:

let
  inherit (lib) mkOption types;
  # of the options, the unit, its user and its group
  name = (import ./names.nix { inherit lib; }).option given.name;
  program = config.programs.${name};
  settings = config.services.${name};
  isNixos = kind == "nixos";

  packageOption = mkOption {
    type = types.package;
    default = packageFor pkgs;
    defaultText = lib.literalExpression "the package of this tree";
    description = "The package to use.";
  };

  at = {
    inherit (settings) host port;
  };
  inherit (settings.package) service;
  words =
    if service == null then
      throw "ocnix: ${name} has no program that could be a service; set services.${name}.enable to false"
    else
      service.command at ++ settings.extraArguments;
  # systemd reads %, quotes and backslashes in its own way, and $ in commands
  quoted = text: "\"${builtins.replaceStrings [ "\\" "\"" "%" ] [ "\\\\" "\\\"" "%%" ] text}\"";
  command = lib.concatMapStringsSep " " (
    word: builtins.replaceStrings [ "$" ] [ "$$" ] (quoted word)
  ) words;
  environment = service.environment at // settings.environment;
  searched =
    map (package: "${lib.getBin package}/bin") settings.path
    ++ [
      "${config.home.profileDirectory}/bin"
      "/run/current-system/sw/bin"
      "/usr/bin"
      "/bin"
    ];

  own = settings.user == name;
  stateFolder = "/var/lib/${name}";

  description = "${name}, a server packaged by ocnix";

  serviceOptions = {
    enable = lib.mkEnableOption "the server of ${name}";
    package = packageOption;
    host = mkOption {
      type = types.str;
      default = settings.package.service.host;
      defaultText = lib.literalExpression "what the application itself has, else 127.0.0.1";
      description = "The address that the server listens at.";
    };
    port = mkOption {
      type = types.port;
      default = settings.package.service.port;
      defaultText = lib.literalExpression "what the application itself has, else 3000";
      description = "The port that the server listens at.";
    };
    extraArguments = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "More arguments for the server.";
    };
    environment = mkOption {
      type = types.attrsOf types.str;
      default = { };
      description = "Variables for the server. They are in the store, which everybody can read; secrets go into environmentFile.";
    };
    environmentFile = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "A file of lines NAME=value with secrets for the server. It is read when the server starts, and is not in the store.";
    };
    path = mkOption {
      type = types.listOf types.package;
      default = [ ];
      description = "Packages whose programs the server finds.";
    };
  };

  nixosOptions = {
    user = mkOption {
      type = types.str;
      default = name;
      description = "The user that the server runs as. One of the service's own name is made; another one exists already, and its home is open to the server.";
    };
    group = mkOption {
      type = types.str;
      default = name;
      description = "The group that the server runs as. One of the service's own name is made.";
    };
    openFirewall = mkOption {
      type = types.bool;
      default = false;
      description = "Whether the port is open in the firewall.";
    };
  };

  system = {
    systemd.services.${name} = {
      inherit description;
      after = [ "network.target" ];
      wantedBy = [ "multi-user.target" ];
      inherit environment;
      inherit (settings) path;
      serviceConfig = {
        ExecStart = command;
        User = settings.user;
        Group = settings.group;
        Restart = "on-failure";
        RestartSec = 5;
      }
      // lib.optionalAttrs (settings.environmentFile != null) { EnvironmentFile = settings.environmentFile; }
      // lib.optionalAttrs own {
        StateDirectory = name;
        StateDirectoryMode = "0700";
        WorkingDirectory = stateFolder;
      }
      // builtins.mapAttrs (_: lib.mkDefault) (hardening // ownHardening);
    };
    users.users = lib.mkIf own {
      ${name} = {
        isSystemUser = true;
        inherit (settings) group;
        home = stateFolder;
        # a terminal in the application needs one
        shell = pkgs.bashInteractive;
        inherit description;
      };
    };
    users.groups = lib.mkIf (settings.group == name) { ${name} = { }; };
    networking.firewall.allowedTCPPorts = lib.optional settings.openFirewall settings.port;
  };

  # each can be taken back in systemd.services.<name>.serviceConfig; a just-in-time compiler rules out MemoryDenyWriteExecute
  hardening = {
    CapabilityBoundingSet = "";
    LockPersonality = true;
    NoNewPrivileges = true;
    PrivateDevices = true;
    PrivateTmp = true;
    ProtectClock = true;
    ProtectControlGroups = true;
    ProtectHostname = true;
    ProtectKernelLogs = true;
    ProtectKernelModules = true;
    ProtectKernelTunables = true;
    ProtectProc = "invisible";
    RestrictAddressFamilies = [
      "AF_INET"
      "AF_INET6"
      "AF_NETLINK"
      "AF_UNIX"
    ];
    RestrictNamespaces = true;
    RestrictRealtime = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    SystemCallErrorNumber = "EPERM";
    SystemCallFilter = [
      "@system-service"
      "~@privileged"
      "~@resources"
      # a runtime changes its own priority and limits
      "setpriority"
      "setrlimit"
      "prlimit64"
      "sched_setaffinity"
      "sched_setscheduler"
    ];
    UMask = "0077";
  };

  # a user that exists works on files of its own, and on those of others
  ownHardening = {
    PrivateUsers = own;
    ProtectHome = own;
    ProtectSystem = if own then "strict" else "full";
    RemoveIPC = own;
  };

  # what a manager without privileges can set up by itself; more would need a namespace that not every system gives a user
  userHardening = {
    LockPersonality = true;
    NoNewPrivileges = true;
    RestrictNamespaces = true;
    RestrictRealtime = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    inherit (hardening) RestrictAddressFamilies SystemCallErrorNumber SystemCallFilter;
  };

  home = {
    systemd.user.services.${name} = {
      Unit.Description = description;
      Service = {
        ExecStart = command;
        Restart = "on-failure";
        RestartSec = 5;
        Environment =
          lib.mapAttrsToList (variable: value: quoted "${variable}=${value}") environment
          # a user's programs are not on the path of a user's services
          ++ [ (quoted "PATH=${builtins.concatStringsSep ":" searched}") ];
      }
      // lib.optionalAttrs (settings.environmentFile != null) { EnvironmentFile = settings.environmentFile; }
      // builtins.mapAttrs (_: lib.mkDefault) userHardening;
      Install.WantedBy = [ "default.target" ];
    };
  };

  toPath = package: if kind == "home" then { home.packages = [ package ]; } else { environment.systemPackages = [ package ]; };
in
{
  options = {
    programs.${name} = {
      enable = lib.mkEnableOption name;
      package = packageOption;
    };
  }
  // lib.optionalAttrs (kind != "darwin") {
    services.${name} = serviceOptions // lib.optionalAttrs isNixos nixosOptions;
  };

  config = lib.mkMerge (
    [ (lib.mkIf program.enable (toPath program.package)) ]
    ++ lib.optional (kind != "darwin") (lib.mkIf settings.enable (if isNixos then system else home))
  );
}

package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which a tree is used beside nix-build: as a flake, and as a module of NixOS or Home Manager. */
@NeedsNix
class FacesTest {
    private static final Version FIRST_WITH_CHECK = Version.parse("2.4");
    private static final Version FIRST_WITH_CHOICE = Version.parse("2.15");

    /** What a system declares, as far as the modules speak of it. */
    private static final String HOST = """
            {
              options =
                let
                  set = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; };
                  list = type: lib.mkOption { type = lib.types.listOf type; default = [ ]; };
                in
                {
                  systemd.services = set;
                  systemd.user.services = set;
                  users.users = set;
                  users.groups = set;
                  environment.systemPackages = list lib.types.package;
                  home.packages = list lib.types.package;
                  home.profileDirectory = lib.mkOption { type = lib.types.str; default = "/home/me/.nix-profile"; };
                  networking.firewall.allowedTCPPorts = list lib.types.port;
                };
            }
            """;

    @TempDir
    static Path folder;

    private static Path tree;
    private static Path nixpkgs;

    @BeforeAll
    static void write() throws Exception {
        SampleTree sample = SampleTree.small();
        sample.application = served(sample.application);
        tree = folder.resolve("tree");
        new TreeWriter(tree, false, tree.resolveSibling("cache")).write(sample.tree());
        nixpkgs = Files.createDirectories(folder.resolve("nixpkgs"));
        copy(NixStore.standIn(), nixpkgs.resolve("stand-in"));
        Files.writeString(nixpkgs.resolve("flake.nix"), """
                {
                  outputs = _: {
                    lib = import ./stand-in/lib.nix;
                    legacyPackages = builtins.listToAttrs (
                      map (system: {
                        name = system;
                        value = import ./stand-in { inherit system; };
                      }) [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ]
                    );
                  };
                }
                """);
    }

    private static Application served(Application old) {
        Service service = new Service(
                Optional.empty(),
                List.of("serve", "--at", "@host@:@port@"),
                new TreeMap<>(Map.of("SHOP_PORT", "@port@")),
                "127.0.0.1",
                4000,
                Optional.of(new Service.Test(
                        List.of(), Collections.emptySortedMap(), new TreeMap<>(Map.of("/health", "ok")))));
        return ChangedApplication.of(old)
                .running(new Running(
                        old.running().path(),
                        Collections.emptySortedMap(),
                        List.of("shop --version"),
                        Optional.of(service)))
                .build();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    static Stream<Nix> withFlakes() {
        return Nix.all()
                .filter(nix -> nix.has("nix") && Version.parse(nix.version()).compareTo(FIRST_WITH_CHECK) >= 0);
    }

    /** @param module {@code nixos} or {@code home} */
    private static String configuration(String module, String settings, String result) {
        return "let pkgs = import " + NixStore.standIn()
                + " { }; lib = pkgs.lib; config = (lib.evalModules { specialArgs = { "
                + "inherit pkgs; }; modules = [ " + HOST + " " + tree + "/" + module + "-module.nix { " + settings
                + " } ]; }).config; in " + result;
    }

    private static JsonObject unit(Nix nix, String module, String settings) {
        String services = module.equals("home") ? "systemd.user.services" : "systemd.services";
        return nix.eval(configuration(
                        module, "services.web = { enable = true; " + settings + " };", "config." + services + ".web"))
                .getAsJsonObject();
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void aServiceOfTheSystemRunsAsAUserOfItsOwnBehindWalls(Nix nix) {
        JsonObject unit = unit(nix, "nixos", "");
        JsonObject service = unit.getAsJsonObject("serviceConfig");
        assertTrue(
                service.get("ExecStart")
                        .getAsString()
                        .matches("\"/nix/store/\\S*-web-1.0.0/bin/shop\" \"serve\" \"--at\" \"127.0.0.1:4000\""),
                service::toString);
        assertEquals("web", service.get("User").getAsString());
        assertEquals("web", service.get("StateDirectory").getAsString());
        assertEquals(
                "4000", unit.getAsJsonObject("environment").get("SHOP_PORT").getAsString());
        for (String wall : List.of(
                "NoNewPrivileges",
                "PrivateTmp",
                "PrivateUsers",
                "ProtectHome",
                "ProtectKernelModules",
                "RestrictNamespaces")) {
            assertTrue(service.get(wall).getAsBoolean(), wall);
        }
        assertEquals("strict", service.get("ProtectSystem").getAsString());
        assertEquals("invisible", service.get("ProtectProc").getAsString());
        assertTrue(service.get("SystemCallFilter").toString().startsWith("[\"@system-service\",\"~@privileged\""));
        String users =
                "{ inherit (config.users.users.web) home isSystemUser; groups = builtins.attrNames config.users.groups; "
                        + "open = config.networking.firewall.allowedTCPPorts; }";
        assertEquals(
                "{\"groups\":[\"web\"],\"home\":\"/var/lib/web\",\"isSystemUser\":true,\"open\":[]}",
                nix.eval(configuration("nixos", "services.web.enable = true;", users))
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void itsSettingsReachTheUnitAsTheyAreWritten(Nix nix) {
        String settings =
                "host = \"::1\"; port = 80; user = \"me\"; group = \"us\"; openFirewall = true; environmentFile = \"/run/secret\"; "
                        + "extraArguments = [ \"a \\\"b\\\" \\\\ %h $HOME\" ]; environment.SHOP_PORT = \"81\"; path = [ pkgs.git ];";
        JsonObject unit = nix.eval(configuration(
                        "nixos",
                        "services.web = { enable = true; "
                                + settings.replace("pkgs.git", "(import " + NixStore.standIn() + " { }).git")
                                + " }; systemd.services.web.serviceConfig.PrivateTmp = false;",
                        "removeAttrs config.systemd.services.web [ \"path\" ] // { users = config.users; "
                                + "open = config.networking.firewall.allowedTCPPorts; }"))
                .getAsJsonObject();
        JsonObject service = unit.getAsJsonObject("serviceConfig");
        assertTrue(
                service.get("ExecStart").getAsString().endsWith("\"::1:80\" \"a \\\"b\\\" \\\\ %%h $$HOME\""),
                service::toString);
        assertEquals("me", service.get("User").getAsString());
        assertEquals("/run/secret", service.get("EnvironmentFile").getAsString());
        assertFalse(service.has("StateDirectory"), "a user that exists has a home");
        assertFalse(service.get("ProtectHome").getAsBoolean());
        assertFalse(service.get("PrivateUsers").getAsBoolean());
        assertEquals("full", service.get("ProtectSystem").getAsString(), "its home can be written");
        assertFalse(service.get("PrivateTmp").getAsBoolean(), "each wall can be taken down");
        assertEquals("{\"groups\":{},\"users\":{}}", unit.get("users").toString());
        assertEquals("[80]", unit.get("open").toString());
        assertEquals("81", unit.getAsJsonObject("environment").get("SHOP_PORT").getAsString());
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void aUsersServiceAndTheProgramsNeedNoMore(Nix nix) {
        JsonObject unit = unit(nix, "home", "environment.A = \"b $c\"; environmentFile = \"/home/me/secret\";");
        JsonObject service = unit.getAsJsonObject("Service");
        assertTrue(service.get("ExecStart").getAsString().contains("/bin/shop\" \"serve\""), service::toString);
        assertTrue(service.get("Environment").toString().contains("\\\"A=b $c\\\""), service::toString);
        assertFalse(service.get("Environment").toString().contains("PATH=:"), service::toString);
        for (String wall : List.of("NoNewPrivileges", "RestrictNamespaces", "RestrictSUIDSGID", "LockPersonality")) {
            assertTrue(service.get(wall).getAsBoolean(), wall);
        }
        assertTrue(service.get("SystemCallFilter").toString().contains("@system-service"), service::toString);
        assertFalse(service.has("UMask"), "files that a user makes stay readable to whom they were");
        String names = "map (package: package.name) config.%s";
        assertEquals(
                "[\"web-1.0.0\"]",
                nix.eval(configuration(
                                "nixos", "programs.web.enable = true;", names.formatted("environment.systemPackages")))
                        .toString());
        assertEquals(
                "[\"web-1.0.0\"]",
                nix.eval(configuration("home", "programs.web.enable = true;", names.formatted("home.packages")))
                        .toString());
        assertEquals(
                "{\"services\":{},\"user\":{\"services\":{}}}",
                nix.eval(configuration("nixos", "", "config.systemd")).toString());
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void settingsOfTheWrongTypeAreRefused(Nix nix) {
        for (String wrong :
                List.of("port = \"80\";", "port = 70000;", "host = 1;", "prot = 80;", "environment.A = 1;")) {
            Command.Result result = nix.tryEval(configuration(
                            "nixos", "services.web = { enable = true; " + wrong + " };", "config.systemd.services.web"))
                    .run();
            assertNotEquals(0, result.exit(), wrong);
            assertTrue(result.err().contains("services.web."), result.err());
        }
    }

    @ParameterizedTest
    @MethodSource("withFlakes")
    void theFlakeStandsNixsOwnCheck(Nix nix) {
        Command check = nix.command("nix", "flake", "check", "--no-build", "--no-write-lock-file")
                .and("--override-input", "nixpkgs", "path:" + nixpkgs, "path:" + tree);
        // an old Nix checks them in any case
        boolean choosy = Version.parse(nix.version()).compareTo(FIRST_WITH_CHOICE) >= 0;
        Command.Result result = (choosy ? check.and("--all-systems") : check).runOrFail();
        assertTrue(
                result.err()
                        .lines()
                        .filter(line -> line.contains("warning"))
                        // for the tools of other projects
                        .allMatch(line -> line.matches(
                                ".*(unknown flake output '(home|darwin)Modules'|not writing modified lock file).*")),
                result.err());
        String shown = nix.command("nix", "flake", "show", "--json", "--no-write-lock-file")
                .and("--override-input", "nixpkgs", "path:" + nixpkgs, "path:" + tree)
                .runOrFail()
                .out();
        for (String output : List.of("packages", "apps", "devShells", "checks", "overlays", "nixosModules")) {
            assertTrue(shown.contains("\"" + output + "\""), shown);
        }
    }
}

package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import dev.ocnix.testing.NixStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A project may call itself as it likes, and takes nobody's place with that. */
@NeedsNix
class NamesTest {
    /** What each project calls itself, and what its options and its user are called. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("shop", "shop");
        NAMES.put("Shop.js", "Shop.js");
        NAMES.put("git", "ocnix-git");
        NAMES.put("root", "ocnix-root");
        NAMES.put("ROOT", "ocnix-ROOT");
        NAMES.put("0", "ocnix-0");
        NAMES.put("1000", "ocnix-1000");
        NAMES.put("openssl", "openssl");
        NAMES.put("messagebus", "ocnix-messagebus");
        NAMES.put("systemd-logind", "ocnix-systemd-logind");
        NAMES.put("dbus-org.freedesktop.login1", "ocnix-dbus-org.freedes-00000000");
        NAMES.put("nixbld1", "ocnix-nixbld1");
        NAMES.put("-rf", "ocnix--rf");
        NAMES.put("@evil/sshd", "ocnix-sshd");
        NAMES.put("nginx", "ocnix-nginx");
        NAMES.put("private", "ocnix-private");
        NAMES.put("a+b=c?d", "ocnix-a-b-c-d");
        NAMES.put("default", "ocnix-default");
        NAMES.put("a-name-that-is-too-long-for-a-user", "ocnix-a-name-that-is-t-00000000");
    }

    @TempDir
    static Path folder;

    private static String trees;

    @BeforeAll
    static void write() throws Exception {
        StringBuilder list = new StringBuilder("[ ");
        int n = 0;
        for (String name : NAMES.keySet()) {
            SampleTree sample = SampleTree.small();
            sample.application = named(sample.application, name);
            Path tree = folder.resolve("tree" + n++);
            new TreeWriter(tree, false, tree.resolveSibling("cache")).write(sample.tree());
            list.append(tree).append(' ');
        }
        trees = list.append("]").toString();
    }

    private static Application named(Application old, String name) {
        return ChangedApplication.of(old)
                .name(name)
                .running(new Running(List.of(), Collections.emptySortedMap(), List.of(), Optional.empty()))
                .build();
    }

    private static List<String> texts(JsonElement list) {
        return list.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void anOverlayReplacesNoPackageWhateverTheProjectIsCalled(Nix nix) {
        String plain = "(import " + NixStore.standIn() + " { })";
        JsonObject result = nix.eval(
                        "let plain = " + plain + "; overlays = map (tree: import (tree + \"/overlay.nix\")) "
                                + trees + "; all = import " + NixStore.standIn() + " { inherit overlays; }; in { "
                                + "replaced = builtins.filter (name: let a = builtins.tryEval (plain.${name}.drvPath or null); "
                                + "b = builtins.tryEval (all.${name}.drvPath or null); in a.success && a.value != b.value) "
                                + "(builtins.filter (name: !(builtins.elem name [ \"buildPackages\" \"pkgs\" \"__splicedPackages\" ])) "
                                + "(builtins.attrNames plain)); "
                                + "added = builtins.filter (name: !(plain ? ${name})) (builtins.attrNames all); "
                                + "git = all.git.outPath == plain.git.outPath; "
                                + "app = all.ocnix-openssl.name; twice = builtins.attrNames (builtins.removeAttrs (import "
                                + NixStore.standIn()
                                + " { overlays = overlays ++ overlays ++ overlays; }) (builtins.attrNames all)); }")
                .getAsJsonObject();
        assertEquals(List.of(), texts(result.get("replaced")));
        assertTrue(result.get("git").getAsBoolean());
        assertEquals("openssl-1.0.0", result.get("app").getAsString());
        List<String> added = texts(result.get("added"));
        assertTrue(added.containsAll(List.of("shop", "root", "ocnix-openssl")), added::toString);
        assertFalse(added.contains("git"), added::toString);
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void aServiceRunsAsAUserOfItsOwn(Nix nix) {
        String host =
                "{ options = let set = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; }; in "
                        + "{ systemd.services = set; users.users = set; users.groups = set; networking.firewall.allowedTCPPorts = "
                        + "lib.mkOption { type = lib.types.listOf lib.types.port; default = [ ]; }; "
                        + "environment.systemPackages = lib.mkOption { type = lib.types.listOf lib.types.package; default = [ ]; }; }; }";
        String expression = "let pkgs = import " + NixStore.standIn() + " { }; inherit (pkgs) lib; "
                + "of = tree: let made = lib.evalModules { specialArgs = { inherit pkgs; }; modules = [ " + host
                + " (tree + \"/nixos-module.nix\") ] ++ enable tree; }; in made; "
                + "services = tree: builtins.attrNames (lib.evalModules { specialArgs = { inherit pkgs; }; modules = [ "
                + host + " (tree + \"/nixos-module.nix\") ]; }).options.services; "
                + "enable = tree: map (name: { services.${name}.enable = true; }) (services tree); in map (tree: let c = "
                + "(of tree).config; in { options = services tree; units = builtins.attrNames c.systemd.services; "
                + "users = builtins.attrNames c.users.users; groups = builtins.attrNames c.users.groups; "
                + "runs = map (unit: [ unit.serviceConfig.User unit.serviceConfig.Group unit.serviceConfig.StateDirectory ]) "
                + "(builtins.attrValues c.systemd.services); }) " + trees;
        List<String> expected = List.copyOf(NAMES.values());
        List<String> seen = nix.eval(expression).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(object -> {
                    List<String> options = texts(object.get("options"));
                    assertEquals(options, texts(object.get("units")));
                    assertEquals(options, texts(object.get("users")));
                    assertEquals(options, texts(object.get("groups")));
                    assertEquals(
                            List.of(options.get(0), options.get(0), options.get(0)),
                            texts(object.get("runs").getAsJsonArray().get(0)));
                    return options.get(0).replaceAll("-[0-9a-f]{8}$", "-00000000");
                })
                .toList();
        assertEquals(expected, seen);
    }

    @ParameterizedTest
    @MethodSource("dev.ocnix.testing.Nix#all")
    void aFlakeHasItsDefaultWhateverTheProjectIsCalled(Nix nix) {
        String flakes =
                "map (tree: let flake = import (tree + \"/flake.nix\"); self = flake.outputs { inherit self; nixpkgs = { "
                        + "legacyPackages.x86_64-linux = import " + NixStore.standIn()
                        + " { }; }; }; in (builtins.attrNames self.apps.x86_64-linux)) " + trees;
        assertTrue(nix.eval(flakes).getAsJsonArray().asList().stream()
                .allMatch(names -> texts(names).contains("default")));
    }
}

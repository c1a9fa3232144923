package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.testing.Needs;
import dev.ocnix.testing.PackageTarball;
import dev.ocnix.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Property;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill of materials, judged by CycloneDX's own schema and reader. */
@Needs(Tool.GIT)
class SbomTest {
    @TempDir
    Path folder;

    @Test
    void whatTheTreeFetchesIsListedWithHashLicenceAndNativeParts() throws Exception {
        PackageTarball addon = PackageTarball.of("addon", "1.0.0")
                .field("license", "\"(MIT OR Apache-2.0)\"")
                .field("dependencies", "{\"left\": \"1.0.0\"}")
                .file("binding.gyp", "{ 'targets': [ { 'target_name': 'addon', 'sources': [ 'a.c' ] } ] }\n")
                .build();
        PackageTarball left =
                PackageTarball.of("left", "1.0.0").field("license", "\"mit\"").build();
        PackageTarball right = PackageTarball.of("@scope/right", "2.0.0")
                .field("license", "\"</script>\\n\\u0007 \\\"own\\\" terms\"")
                .build();
        try (World world = World.of(folder, left, right, addon)) {
            world.commit();
            world.generate();
            Bom bom = bom(world);
            Map<String, Component> components =
                    bom.getComponents().stream().collect(Collectors.toMap(Component::getBomRef, Function.identity()));
            assertEquals(3, components.size());
            Component scoped = components.get("@scope/right@2.0.0");
            assertEquals("@scope", scoped.getGroup());
            assertEquals("pkg:npm/%40scope/right@2.0.0", scoped.getPurl());
            assertEquals("SHA-512", scoped.getHashes().get(0).getAlgorithm());
            String sha512 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-512").digest(right.bytes()));
            assertEquals(sha512, scoped.getHashes().get(0).getValue());
            assertEquals(
                    "</script> \"own\" terms",
                    scoped.getLicenses().getLicenses().get(0).getName());
            assertEquals(
                    "MIT",
                    components
                            .get("left@1.0.0")
                            .getLicenses()
                            .getLicenses()
                            .get(0)
                            .getId());
            Component built = components.get("addon@1.0.0");
            assertEquals(
                    "(MIT OR Apache-2.0)", built.getLicenses().getExpression().getValue());
            assertEquals(List.of("gyp-implicit"), values(built, "ocnix:addon:kind"));
            assertEquals(List.of("compile"), values(built, "ocnix:addon:on:x86_64-linux"));
            assertEquals(List.of("verified"), values(built, "ocnix:hash"));
            Dependency root = bom.getDependencies().get(0);
            assertEquals("application", root.getRef());
            assertEquals(
                    List.of("@scope/right@2.0.0", "addon@1.0.0", "left@1.0.0"),
                    root.getDependencies().stream().map(Dependency::getRef).toList());
        }
    }

    @Test
    void aSecondRunWritesTheSameBytesAndAFailedOneLeavesNone() throws Exception {
        try (World world = World.of(folder, World.left(), World.right())) {
            world.commit();
            world.generate();
            Path file = world.reports.resolve("sbom.cdx.json");
            byte[] first = Files.readAllBytes(file);
            Files.delete(file);
            world.generate();
            assertArrayEquals(first, Files.readAllBytes(file));
            world.revision = "v404";
            world.failure();
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void weakHashesAreReplacedByThoseThatWereComputed() throws Exception {
        try (World world = World.of(folder, World.left(), World.right())) {
            world.weaken(World.left(), World.right());
            world.commit();
            world.generate();
            for (Component component : bom(world).getComponents()) {
                assertEquals("SHA-512", component.getHashes().get(0).getAlgorithm());
                assertEquals(List.of("computed"), values(component, "ocnix:hash"));
            }
        }
    }

    private static Bom bom(World world) throws Exception {
        byte[] json = Files.readAllBytes(world.reports.resolve("sbom.cdx.json"));
        assertEquals(List.of(), new JsonParser().validate(json, Version.VERSION_16));
        Bom bom = new JsonParser().parse(json);
        assertTrue(bom.getSerialNumber().matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        return bom;
    }

    private static List<String> values(Component component, String name) {
        return component.getProperties().stream()
                .filter(property -> property.getName().equals(name))
                .map(Property::getValue)
                .toList();
    }
}

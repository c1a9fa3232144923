package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final String SECRET = "s3cret";

    private static String refusal(Consumer<ConversionMojo> change) {
        ConversionMojo mojo = new ConversionMojo() {
            @Override
            void convert() {
                // never run
            }
        };
        mojo.concurrency = 1;
        mojo.repository = "acme/shop";
        mojo.githubUrl = "https://github.com";
        mojo.revision = "v1";
        mojo.prefetch = "all";
        change.accept(mojo);
        OcnixException refused = assertThrows(OcnixException.class, () -> Requests.of(mojo));
        assertEquals(OcnixException.Fault.INPUT, refused.fault());
        assertFalse(refused.getMessage().contains(SECRET), refused::getMessage);
        return refused.getMessage();
    }

    private static Consumer<ConversionMojo> registry(String url) {
        Registry registry = new Registry();
        registry.setScope("@acme");
        registry.setUrl(url);
        return mojo -> mojo.registries = List.of(registry);
    }

    @Test
    void credentialsInAUrlAreRefusedWithoutRepeatingThem() {
        String url = "https://me:" + SECRET + "@example.org/a/b";
        List<Consumer<ConversionMojo>> places = List.of(
                mojo -> mojo.registry = url,
                mojo -> mojo.registryMirror = url,
                mojo -> mojo.githubMirror = url,
                mojo -> mojo.githubUrl = url,
                mojo -> mojo.gitMirror = url,
                mojo -> mojo.repository = url,
                mojo -> mojo.repository = "ssh://me:" + SECRET + "@example.org/a/b",
                mojo -> mojo.registry = "https://" + SECRET + "@example.org",
                registry(url));
        for (Consumer<ConversionMojo> place : places) {
            assertTrue(refusal(place).contains("carries credentials"));
        }
    }

    @Test
    void aZipWithoutClassifierWouldBeTheMainArtifact() {
        for (String classifier : List.of("", " ", "a/b", "-x", "../nix")) {
            Consumer<ConversionMojo> attached = mojo -> {
                mojo.attach = true;
                mojo.classifier = classifier;
            };
            assertTrue(refusal(attached).startsWith("ocnix.classifier is \"" + classifier + "\";"));
        }
    }

    @Test
    void whatIsNoBaseUrlIsRefusedByTheNameOfItsParameter() {
        assertTrue(refusal(mojo -> mojo.registry = "npm.example.org").startsWith("ocnix.registry is"));
        assertTrue(refusal(mojo -> mojo.registryMirror = "https://").startsWith("ocnix.registryMirror is"));
        assertTrue(refusal(mojo -> mojo.githubUrl = "https://a b/").startsWith("ocnix.githubUrl is"));
        assertTrue(refusal(registry("https://[bad url")).startsWith("A <registry>'s url is"));
        assertTrue(refusal(registry("")).startsWith("A <registry> of <registries> has no url"));
    }

    @Test
    void whatMeansNothingToAFolderIsRefused() {
        Map<String, Consumer<ConversionMojo>> settings = new TreeMap<>(Map.of(
                "ocnix.repository", mojo -> mojo.repository = "foo/bar",
                "ocnix.sourceArchive", mojo -> mojo.sourceArchive = new File("nope.tgz"),
                "ocnix.gitMirror", mojo -> mojo.gitMirror = "clone",
                "ocnix.submodules", mojo -> mojo.submodules = "omit"));
        settings.forEach((name, setting) -> {
            String refusal = refusal(mojo -> {
                local(mojo);
                setting.accept(mojo);
            });
            assertTrue(refusal.contains("to which " + name + " would mean nothing;"), refusal);
        });
        assertTrue(refusal(mojo -> {
                    local(mojo);
                    mojo.submodules = "ignore";
                })
                .startsWith("ocnix.submodules is \"ignore\";"));
        assertTrue(refusal(mojo -> {
                    local(mojo);
                    mojo.session.getUserProperties().setProperty("ocnix.repository", mojo.repository);
                })
                .contains("to which ocnix.repository would mean nothing;"));
    }

    @SuppressWarnings("deprecation") // the constructor has no successor for tests
    private static void local(ConversionMojo mojo) {
        mojo.revision = null;
        mojo.sourceDirectory = new File(".");
        mojo.repository = SourceMojo.REPOSITORY;
        mojo.session = new MavenSession(null, (RepositorySystemSession) null, new DefaultMavenExecutionRequest(), null);
    }

    @Test
    void placesInEachOthersWayAreTold() {
        Path base = Path.of("/work");
        Path build = base.resolve("target");
        assertEquals(List.of(), new Places(base.resolve("nix"), build.resolve("ocnix"), build).warnings());
        String inTree = new Places(base.resolve("nix"), base.resolve("nix/reports"), build)
                .warnings()
                .get(0);
        assertTrue(inTree.contains("/work/nix") && inTree.contains("ocnix.reportDirectory"), inTree);
        String lost = new Places(build.resolve("nix"), build.resolve("ocnix"), build)
                .warnings()
                .get(0);
        assertTrue(lost.contains("mvn clean") && lost.contains("ocnix.outputDirectory"), lost);
        assertEquals(
                2,
                new Places(build.resolve("ocnix"), build.resolve("ocnix"), build)
                        .warnings()
                        .size());
    }
}

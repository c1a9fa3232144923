package dev.ocnix.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal makes of its parameters, as Maven sets them. */
@MojoTest
class GenerateMojoTest {
    @Test
    @InjectMojo(goal = "generate")
    void aMissingRevisionIsNamedWithTheWaysToGiveOne(GenerateMojo mojo) {
        String refusal = refusal(mojo);
        assertTrue(refusal.contains("ocnix.revision") && refusal.contains("openchamber/openchamber"), refusal);
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "skip", value = "true")
    void skippedItDoesNothing(GenerateMojo mojo) throws Exception {
        mojo.execute();
        assertFalse(Files.exists(Path.of(mojo.outputDirectory.getPath(), "ocnix.json")));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    @MojoParameter(name = "prefetch", value = "some")
    void anUnknownPrefetchModeIsNamedWithThoseThatThereAre(GenerateMojo mojo) {
        assertEquals("ocnix.prefetch is \"some\"; it is one of all, missing and none.", refusal(mojo));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    @MojoParameter(name = "repository", value = "neither")
    void aRepositoryThatIsNoneIsNamed(GenerateMojo mojo) {
        assertEquals(
                "ocnix.repository is \"neither\"; give owner/name on GitHub, or the URL of a git repository.",
                refusal(mojo));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    @MojoParameter(name = "concurrency", value = "0")
    void noDownloadAtAllIsNoConcurrency(GenerateMojo mojo) {
        assertEquals("ocnix.concurrency is 0; it is a number from 1 to 256.", refusal(mojo));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    @MojoParameter(name = "concurrency", value = "257")
    void moreDownloadsAtOnceThanServersLikeAreRefused(GenerateMojo mojo) {
        assertEquals("ocnix.concurrency is 257; it is a number from 1 to 256.", refusal(mojo));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    @MojoParameter(name = "gitMirror", value = "/a")
    @MojoParameter(name = "sourceArchive", value = "/b.tar.gz")
    void twoWaysToTheSourceAreRefused(GenerateMojo mojo) {
        assertTrue(refusal(mojo).startsWith("More than one of ocnix.gitMirror,"), refusal(mojo));
    }

    @Test
    @InjectMojo(goal = "generate")
    @MojoParameter(name = "revision", value = "v1")
    void aFolderThatALinkLeadsOutOfTheProjectIsRefused(GenerateMojo mojo, @TempDir Path temp) throws Exception {
        Path project = Files.createDirectories(temp.resolve("project"));
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Path link = Files.createSymbolicLink(project.resolve("target"), outside);
        mojo.basedir = project.toFile();
        mojo.buildDirectory = link.toFile();
        mojo.attach = true;
        File plain = project.resolve("plain").toFile();
        for (String parameter : List.of("outputDirectory", "reportDirectory", "cacheDirectory", "build")) {
            mojo.outputDirectory = plain;
            mojo.reportDirectory = plain;
            mojo.cacheDirectory = plain;
            File linked = link.resolve("ocnix").toFile();
            switch (parameter) {
                case "outputDirectory" -> mojo.outputDirectory = linked;
                case "reportDirectory" -> mojo.reportDirectory = linked;
                case "cacheDirectory" -> mojo.cacheDirectory = linked;
                default -> {}
            }
            String refusal = refusal(mojo);
            assertTrue(refusal.startsWith(link + " is a link out of the project"), refusal);
            assertTrue(refusal.contains(parameter), refusal);
        }
        try (Stream<Path> files = Files.list(outside)) {
            assertEquals(0, files.count());
        }
    }

    private static String refusal(GenerateMojo mojo) {
        return String.valueOf(
                assertThrows(MojoFailureException.class, mojo::execute).getMessage());
    }
}

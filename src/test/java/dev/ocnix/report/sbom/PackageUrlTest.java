package dev.ocnix.report.sbom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.packageurl.PackageURL;
import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import dev.ocnix.report.FetchedPackage;
import dev.ocnix.report.HashStatus;
import dev.ocnix.report.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Package URLs, read back by the reference implementation. */
class PackageUrlTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Sri HASH = Sri.ofContent(HashAlgorithm.SHA512, new byte[0]);

    @Test
    void aScopeIsEncodedAndReadBackAsTheNamespace() throws Exception {
        PackageURL purl = read("@babel/core", "7.0.0", new Origin.Registry("https://registry.npmjs.org/x.tgz"));
        assertEquals("pkg:npm/%40babel/core@7.0.0", purl.canonicalize());
        assertEquals("@babel", purl.getNamespace());
    }

    @Test
    void whatBuildsAddToAVersionIsEncoded() throws Exception {
        PackageURL purl = read("left", "1.0.0+build.1", new Origin.Registry("https://registry.npmjs.org/x.tgz"));
        assertEquals("1.0.0+build.1", purl.getVersion());
    }

    @Test
    void anotherRegistryIsNamed() throws Exception {
        PackageURL purl = read(
                "@own/left",
                "1.0.0",
                new Origin.Registry("https://npm.example.org/api/npm/@own/left/-/left-1.0.0.tgz"));
        assertEquals(Map.of("repository_url", "https://npm.example.org/api/npm"), purl.getQualifiers());
    }

    @Test
    void aTarballIsNamedByItsAddressAndItsHash() throws Exception {
        PackageURL purl = read("left", "1.0.0", new Origin.Url("https://example.org/a%20b.tgz?c=d&e#f"));
        assertEquals("generic", purl.getType());
        assertEquals(
                Map.of("download_url", "https://example.org/a%20b.tgz?c=d&e#f", "checksum", "sha512:" + HASH.hex()),
                purl.getQualifiers());
    }

    @Test
    void aRepositoryOnGitHubIsNamedInLowerCaseWithItsCommit() throws Exception {
        PackageURL purl = read("left", "1.0.0", new Origin.GitHub("https://github.com", "Owner", "Repo.js", COMMIT));
        assertEquals("pkg:github/owner/repo.js@" + COMMIT, purl.canonicalize());
    }

    @Test
    void otherRepositoriesAreNamedByTheirUrl() throws Exception {
        PackageURL purl = read("left", "1.0.0", new Origin.Git("ssh://git@example.org/left.git", COMMIT));
        assertEquals(Map.of("vcs_url", "git+ssh://git@example.org/left.git@" + COMMIT), purl.getQualifiers());
    }

    private static PackageURL read(String name, String version, Origin origin) throws Exception {
        String written = PackageUrl.of(new FetchedPackage(
                new PackageId(name, version),
                "npm",
                origin,
                Optional.of(version),
                Optional.of(HASH),
                false,
                HashStatus.VERIFIED,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        PackageURL purl = new PackageURL(written);
        assertEquals(purl.canonicalize(), written);
        return purl;
    }
}

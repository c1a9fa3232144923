package dev.ocnix.layout.isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.hash.Sri;
import dev.ocnix.layout.isolated.Graph.Vertex;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Place;
import dev.ocnix.model.Resolution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of folders that Bun made. */
class EntryNamesTest {
    @ParameterizedTest
    @CsvSource({
        "rolldown-string, 0.3.0, rolldown@1.1.3, rolldown-string@0.3.0+9a515a087053a362",
        "rolldown-string, 0.3.0, rolldown@1.0.0-rc.17, rolldown-string@0.3.0+07b165f8772c5e30",
        "@types/node, 22.1.0, '', @types+node@22.1.0",
    })
    void thePeersAreHashed(String name, String version, String peers, String entry) {
        List<Vertex> vertices = Arrays.stream(peers.split(","))
                .filter(peer -> !peer.isEmpty())
                .map(peer -> peer.split("@"))
                .map(peer -> new Vertex(new PackageId(peer[0], peer[1]), Optional.empty(), Optional.empty()))
                .toList();
        for (BunRules rules : BunRules.values()) {
            assertEquals(entry, new EntryNames(rules).of(npm(name, version), vertices));
        }
    }

    @Test
    void aLongResolutionIsCutSinceBun14() {
        String url = "https://gitlab.com/gitlab-examples/semantic-release-npm";
        String commit = "ee100d81f12ae315a81c2a664979a6cc1bce99a2";
        LockedPackage git = locked(
                new PackageId("x", "git+" + url + "#" + commit), new Resolution.Git(url, commit), Optional.empty());
        String whole = "x@git+https+++gitlab.com+gitlab-examples+semantic-release-npm+" + commit;
        assertEquals(whole, new EntryNames(BunRules.BUN_1_3).of(git, List.of()));
        assertEquals(
                "x@git+https+++gitlab.com+gitlab-examples+semantic-release-npm+ee1+a4c330a88c4f0d94",
                new EntryNames(BunRules.BUN_1_4).of(git, List.of()));
    }

    @Test
    void aTarballHasItsDigestSinceBun14() {
        LockedPackage tarball = locked(
                new PackageId("binmap", "./tb/binmap.tgz"),
                new Resolution.LocalTarball("./tb/binmap.tgz"),
                Sri.parse("sha256-Wu1VHeILBK8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        assertEquals("binmap@.+tb+binmap.tgz", new EntryNames(BunRules.BUN_1_3).of(tarball, List.of()));
        assertEquals(
                "binmap@.+tb+binmap.tgz+5aed551de20b04af", new EntryNames(BunRules.BUN_1_4).of(tarball, List.of()));
    }

    private static LockedPackage npm(String name, String version) {
        return locked(new PackageId(name, version), new Resolution.Npm(version, Optional.empty()), Optional.empty());
    }

    private static LockedPackage locked(PackageId id, Resolution resolution, Optional<Sri> integrity) {
        return new LockedPackage(
                id,
                resolution,
                integrity,
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                Constraint.unrestricted(),
                Bin.none(),
                List.of(),
                Optional.empty(),
                Place.of("bun.lock"));
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpSettings;
import dev.ocnix.fetch.tarball.PrefetchListener;
import dev.ocnix.fetch.tarball.Prefetcher;
import dev.ocnix.fetch.tarball.TarballRequest;
import dev.ocnix.fetch.tarball.TarballResult;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.testing.Command;
import dev.ocnix.testing.NeedsNetwork;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published tarballs, each with the hash that npm's registry tells and the evidence that a reader of it finds. */
@NeedsNetwork
class RegistryTest {
    private static AddonFacts facts(String name, String version, String integrity) throws Exception {
        PackageId id = new PackageId(name, version);
        String url = Registries.npm().tarballUrl(id, new Resolution.Npm(version, Optional.empty()));
        try (Http http = new Http(HttpSettings.standard())) {
            TarballResult result = new Prefetcher(http, new AddonScanner(), PrefetchListener.SILENT)
                    .fetch(List.of(new TarballRequest(id, url, Sri.parse(integrity))))
                    .get(id);
            return assertInstanceOf(TarballResult.Fetched.class, result, String.valueOf(result))
                    .facts()
                    .addon();
        }
    }

    private static List<String> linux(AddonFacts facts) {
        return facts.binaries().stream()
                .filter(file -> file.os().equals("linux"))
                .map(BinaryFile::path)
                .toList();
    }

    @Test
    void nodePtyBringsPrebuiltFilesAndSources() throws Exception {
        AddonFacts old = facts(
                "node-pty",
                "1.1.0",
                "sha512-20JqtutY6JPXTUnL0ij1uad7Qe1baT46lyolh2sSENDd4sTzKZ4nmAFkeAARDKwmlLjPx6XKRlwRUxwjOy+lUg==");
        assertEquals(List.of(AddonKind.PREBUILDIFY, AddonKind.GYP_SCRIPT), old.kinds());
        assertEquals(List.of("-lutil"), old.gyp().linux());
        assertEquals(List.of(), linux(old));
        AddonFacts beta = facts(
                "node-pty",
                "1.2.0-beta.12",
                "sha512-uExTCG/4VmSJa4+TjxFwPXv8BfacmfFEBL6JpxCMDghcwqzvD0yTcGmZ1fKOK6HY33tp0CelLblqTECJizc+Yw==");
        assertEquals(List.of("prebuilds/linux-arm64/pty.node", "prebuilds/linux-x64/pty.node"), linux(beta));
        BinaryFile x64 = beta.binaries().stream()
                .filter(file -> file.path().equals("prebuilds/linux-x64/pty.node"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("libutil.so.1", "libstdc++.so.6", "libgcc_s.so.1", "libpthread.so.0", "libc.so.6").stream()
                        .sorted()
                        .toList(),
                x64.needed().stream().sorted().toList());
    }

    @Test
    void bunPtyIsALibraryForFfi() throws Exception {
        AddonFacts facts = facts(
                "bun-pty",
                "0.4.8",
                "sha512-rO70Mrbr13+jxHHHu2YBkk2pNqrJE5cJn29WE++PUr+GFA0hq/VgtQPZANJ8dJo6d7XImvBk37Innt8GM7O28w==");
        assertEquals(List.of(AddonKind.DYLIB_FFI), facts.kinds());
        assertEquals(5, facts.binaries().size());
    }

    @Test
    void betterSqlite3HasFlatPrebuildsAndIsNotCompiledImplicitly() throws Exception {
        AddonFacts facts = facts(
                "better-sqlite3",
                "13.2.0",
                "sha512-Z8Q/9x/uNyKxA1v4FNodyItRVRw1TeKBrmj32JhxhR0ceNcBY+wMobt/Bv7M7TzwPAXjnZRtNaEsATnUZSKWZQ==");
        assertEquals(List.of(AddonKind.PREBUILD_FLAT), facts.kinds());
    }

    @Test
    void parentsOfPlatformPackagesAreKnownByTheirChildren() throws Exception {
        assertEquals(
                List.of(AddonKind.EXE_PLATFORM, AddonKind.DOWNLOAD_POSTINSTALL),
                facts(
                                "esbuild",
                                "0.27.3",
                                "sha512-8VwMnyGCONIs6cWue2IdpHxHnAjzxnw2Zr7MkVxB2vjmQ2ivqGFb4LEG3SMnv0Gb2F/G/2yA8zUaiL1gywDCCg==")
                        .kinds());
        assertEquals(
                List.of(AddonKind.NAPI_PLATFORM),
                facts(
                                "rollup",
                                "4.59.0",
                                "sha512-2oMpl67a3zCH9H79LeMcbDhXW/UmWG/y2zuqnF2jQq5uq9TbM9TVyXvA4+t+ne2IIkBdrLpAaRQAvo7YI/Yyeg==")
                        .kinds());
    }

    @Test
    void headersForAddonsAreNoAddon() throws Exception {
        assertEquals(
                AddonFacts.nothing(),
                facts(
                        "node-addon-api",
                        "7.1.1",
                        "sha512-5m3bsyrjFWE1xf7nz7YXdN4udnVtXK6/Yfgn5qnahL6bCkf2yKt4k3nuTKAtT4r3IG8JNR2ncsIMdZuAzJjHQQ=="));
    }

    /** The recorded facts are those of the tarball, and each of its ELF files is what readelf says. */
    @ParameterizedTest
    @CsvSource({
        "@lydell/node-pty-linux-x64, 1.1.0",
        "@parcel/watcher-linux-x64-musl, 2.6.0",
        "@img/sharp-libvips-linux-x64, 1.3.4",
        "bun-pty, 0.4.11",
    })
    void elfFilesAreWhatReadelfSaysAndWhatWasRecorded(String name, String version, @TempDir Path folder)
            throws Exception {
        PackageId id = new PackageId(name, version);
        RecordedPackage recorded = RecordedPackage.load(id);
        AddonFacts facts = facts(name, version, recorded.integrity());
        assertEquals(recorded.scan(), facts);
        assumeTrue(Command.onPath("readelf").isPresent(), "no readelf");
        String url = Registries.npm().tarballUrl(id, new Resolution.Npm(version, Optional.empty()));
        int compared = 0;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new URI(url).toURL().openStream()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                byte[] content = tar.readAllBytes();
                if (content.length > 64 && content[0] == 0x7f && content[1] == 'E') {
                    BinaryHeaderTest.compareWithReadelf(Files.write(folder.resolve("x" + compared++), content));
                }
            }
        }
        assertTrue(compared > 0);
    }
}

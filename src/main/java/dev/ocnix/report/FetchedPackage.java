package dev.ocnix.report;

import dev.ocnix.hash.Sri;
import dev.ocnix.model.PackageId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One package that a tree fetches.
 *
 * @param kind the term of {@code ocnix:inspect}: {@code npm}, {@code git}, {@code github}, {@code remote-tarball},
 *     {@code local-tarball} or {@code folder}
 * @param version the lockfile's, else the one of its own package.json
 * @param hash what the tree pins: of the tarball's bytes, or of a NAR; absent of what is the project's own and not pinned
 * @param isNar whether the hash is that of a NAR, as Nix serialises folders
 * @param signature of its registry; absent where nobody asked
 * @param size of the tarball in bytes, where it was seen
 * @param license one line, as its package.json has it
 * @param os the systems it is for, in npm's names; absent: all of them; likewise {@code cpu} and {@code libc}
 * @param dependencies which other fetched packages its dependencies mean, sorted
 */
public record FetchedPackage(
        PackageId id,
        String kind,
        Origin origin,
        Optional<String> version,
        Optional<Sri> hash,
        boolean isNar,
        HashStatus status,
        Optional<SignatureStatus> signature,
        OptionalLong size,
        Optional<String> license,
        Optional<List<String>> os,
        Optional<List<String>> cpu,
        Optional<List<String>> libc,
        List<PackageId> dependencies) {
    public FetchedPackage {
        os = os.map(List::copyOf);
        cpu = cpu.map(List::copyOf);
        libc = libc.map(List::copyOf);
        dependencies = List.copyOf(dependencies);
    }
}

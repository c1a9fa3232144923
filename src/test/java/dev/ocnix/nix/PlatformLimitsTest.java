package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Place;
import dev.ocnix.model.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlatformLimitsTest {
    @Test
    void theLockfileDecidesWhereItKnows() {
        PlatformLimits limits =
                limits(Constraint.only(List.of("linux", "darwin")), Constraint.unrestricted(), List.of("win32"));
        assertEquals(Optional.of(List.of("darwin", "linux")), limits.os());
        assertEquals(Optional.empty(), limits.libc());
    }

    @Test
    void aPlatformUnknownToBunIsReadFromThePackage() {
        assertEquals(
                Optional.of(List.of("openharmony")),
                limits(Constraint.only(List.of()), Constraint.unspecified(), List.of("openharmony"))
                        .os());
        assertEquals(
                Optional.of(List.of()),
                limits(Constraint.only(List.of()), Constraint.unspecified(), List.of())
                        .os());
        assertEquals(
                Optional.of(List.of()),
                PlatformLimits.of(locked(Constraint.only(List.of()), Constraint.unspecified()), Optional.empty())
                        .os());
    }

    @Test
    void libcIsReadFromThePackageWhereTheLockfileCannotSay() {
        assertEquals(
                Optional.of(List.of("musl")),
                PlatformLimits.of(
                                locked(Constraint.unrestricted(), Constraint.unspecified()),
                                Optional.of(manifest(List.of(), List.of("musl"))))
                        .libc());
        assertEquals(
                Optional.empty(),
                PlatformLimits.of(locked(Constraint.unrestricted(), Constraint.unspecified()), Optional.empty())
                        .libc());
    }

    private static PlatformLimits limits(Constraint os, Constraint libc, List<String> own) {
        return PlatformLimits.of(locked(os, libc), Optional.of(manifest(own, List.of())));
    }

    private static LockedPackage locked(Constraint os, Constraint libc) {
        return new LockedPackage(
                new PackageId("a", "1.0.0"),
                new Resolution.Npm("1.0.0", Optional.empty()),
                Optional.empty(),
                os,
                Constraint.unrestricted(),
                libc,
                Bin.none(),
                List.of(),
                Optional.empty(),
                Place.of("bun.lock, line 1"));
    }

    private static PackageManifest manifest(List<String> os, List<String> libc) {
        return new PackageManifest(
                Optional.of("a"),
                Optional.of("1.0.0"),
                os,
                List.of(),
                libc,
                new TreeMap<>(),
                Optional.empty(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.model.AddonFacts;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.model.Place;
import dev.ocnix.model.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdict on published packages, by exact version, against what people found in their tarballs: {@code expected.txt}. */
class PublishedPackagesTest {
    private static final Map<Outcome, String> LETTERS = Map.of(
            Outcome.COMPILE,
            "C",
            Outcome.PREBUILT,
            "P",
            Outcome.DOWNLOAD,
            "D",
            Outcome.CHILD_PACKAGE,
            "K",
            Outcome.NONE,
            "-");
    private static final Pattern PLATFORM = Pattern.compile(
            ".*[/_-](linux|linuxmusl|darwin|macos|win32|windows|freebsd|android)(?:[_-](64|x64|x86_64|arm64|aarch64|arm)(?:-.*)?)?");
    private static final SortedMap<String, RecordedPackage> RECORDED = new TreeMap<>();

    static Stream<String> packages() throws IOException {
        return Files.readAllLines(RecordedPackage.FOLDER.resolve("expected.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void theVerdictIsRight(String line) {
        String id = line.strip().split("\\s+", -1)[0];
        assertEquals(line.replaceAll("\\s+", " ").strip(), verdict(id));
    }

    private static PackageId id(String text) {
        int at = text.lastIndexOf('@');
        return new PackageId(text.substring(0, at), text.substring(at + 1));
    }

    private static RecordedPackage recorded(PackageId id) {
        return RECORDED.computeIfAbsent(id.toString(), key -> RecordedPackage.load(id));
    }

    /** Like a line of the file. */
    private static String verdict(String text) {
        PackageId id = id(text);
        RecordedPackage recorded = recorded(id);
        AddonFacts facts = recorded.scan();
        Optional<AddonHint> hint = new HintBuilder()
                .build(locked(id, recorded.manifest()), recorded.manifest(), facts, children(recorded.manifest()));
        if (hint.isEmpty()) {
            return text + " | nothing";
        }
        SortedSet<String> variables = new TreeSet<>(hint.get().environment().keySet());
        variables.addAll(hint.get().advice().skipDownload().keySet());
        variables.addAll(hint.get().advice().pathVariables());
        hint.get().advice().instead().flatMap(Substitute::variable).ifPresent(variables::add);
        return String.join(
                        " | ",
                        text,
                        hint.get().kinds().stream().map(AddonKind::term).collect(Collectors.joining(", ")),
                        hint.get().systems().values().stream().map(LETTERS::get).collect(Collectors.joining()),
                        String.join(" ", hint.get().nativeBuildInputs()),
                        String.join(" ", hint.get().buildInputs()),
                        String.join(" ", variables))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static LockedPackage locked(PackageId id, PackageManifest manifest) {
        return new LockedPackage(
                id,
                new Resolution.Npm(id.resolution(), Optional.empty()),
                Optional.empty(),
                limit(manifest.os()),
                limit(manifest.cpu()),
                limit(manifest.libc()),
                Bin.none(),
                manifest.dependencies().stream()
                        .map(name -> new Dependency(name, "*", DependencyKind.PROD))
                        .toList(),
                Optional.empty(),
                Place.of("line 1"));
    }

    private static Constraint limit(List<String> names) {
        return names.isEmpty() ? Constraint.unrestricted() : Constraint.only(names);
    }

    /** What a lockfile would say of the optional dependencies: the limits that their names tell, and facts where they are recorded. */
    private static List<PlatformChild> children(PackageManifest parent) {
        List<PlatformChild> children = new ArrayList<>();
        for (String name : parent.optionalDependencies()) {
            Matcher matcher = PLATFORM.matcher(name);
            if (matcher.matches()) {
                boolean isMusl = name.contains("musl");
                List<String> cpu = Optional.ofNullable(matcher.group(2)).stream()
                        .map(text -> text.replaceAll("^(64|x86_64)$", "x64").replace("aarch64", "arm64"))
                        .toList();
                PackageManifest limits = new PackageManifest(
                        Optional.of(name),
                        Optional.empty(),
                        List.of(matcher.group(1)
                                .replace("linuxmusl", "linux")
                                .replace("windows", "win32")
                                .replace("macos", "darwin")),
                        cpu,
                        isMusl ? List.of("musl") : List.of(),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeSet<>(),
                        false,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        List.of(),
                        List.of(),
                        Optional.empty());
                children.add(new PlatformChild(locked(new PackageId(name, "1.0.0"), limits), childFacts(name)));
            }
        }
        return children;
    }

    private static Optional<AddonFacts> childFacts(String name) {
        try (Stream<String> lines = packages()) {
            return lines.map(line -> id(line.strip().split("\\s+", -1)[0]))
                    .filter(id -> id.name().equals(name))
                    .findFirst()
                    .map(id -> recorded(id).scan());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

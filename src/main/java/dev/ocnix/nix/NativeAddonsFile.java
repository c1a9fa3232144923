package dev.ocnix.nix;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.addon.BuildAdvice;
import dev.ocnix.addon.Substitute;
import dev.ocnix.model.AddonKind;
import dev.ocnix.model.BinaryFile;
import dev.ocnix.model.Evidence;
import dev.ocnix.model.OcnixException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code native-addons.nix}: what builds of packages with native parts need, and why we think so. */
final class NativeAddonsFile {
    private static final String COMMENT = "# Written by ocnix: packages with native parts or install scripts.\n";

    private NativeAddonsFile() {}

    static FileContent of(List<AddonHint> hints) throws OcnixException {
        SortedMap<String, NixExpr> entries = new TreeMap<>();
        hints.forEach(hint -> entries.put(hint.id().toString(), hint(hint)));
        return FileContent.of(COMMENT + NixPrinter.print(new NixExpr.Attrs(entries)) + "\n");
    }

    private static NixExpr hint(AddonHint hint) {
        SortedMap<String, String> systems = new TreeMap<>();
        hint.systems().forEach((system, outcome) -> systems.put(system, outcome.term()));
        SortedMap<String, NixExpr> entry = new TreeMap<>();
        entry.put(
                "kinds",
                NixExpr.texts(hint.kinds().stream().map(AddonKind::term).toList()));
        entry.put(
                "evidence",
                list(hint.evidence().stream().map(NativeAddonsFile::evidence).toList()));
        entry.put("systems", NixExpr.texts(systems));
        entry.put("nativeBuildInputs", NixExpr.texts(hint.nativeBuildInputs()));
        entry.put("buildInputs", NixExpr.texts(hint.buildInputs()));
        entry.put("environment", NixExpr.texts(hint.environment()));
        entry.put("siblings", NixExpr.texts(hint.siblings()));
        entry.put("scripts", NixExpr.texts(hint.scripts()));
        entry.put(
                "binaries",
                list(hint.binaries().stream()
                        .filter(binary -> SafePath.isContained(binary.path()))
                        .map(NativeAddonsFile::binary)
                        .toList()));
        addAdvice(entry, hint.advice());
        return new NixExpr.Attrs(entry);
    }

    /** Only what says something is written. */
    private static void addAdvice(SortedMap<String, NixExpr> entry, BuildAdvice advice) {
        put(entry, "directory", advice.directory());
        put(entry, "buildSteps", advice.buildSteps());
        put(entry, "installSteps", advice.installSteps());
        advice.darwinBuildInputs().ifPresent(inputs -> entry.put("darwinBuildInputs", NixExpr.texts(inputs)));
        put(entry, "drop", advice.drop().stream().filter(SafePath::isContained).toList());
        put(entry, "check", advice.check());
        advice.instead().ifPresent(instead -> entry.put("instead", instead(instead)));
        if (!advice.skipDownload().isEmpty()) {
            entry.put("skipDownload", NixExpr.texts(advice.skipDownload()));
        }
        put(entry, "pathVariables", advice.pathVariables());
        put(entry, "unknown", advice.unknown());
        if (advice.optional()) {
            entry.put("optional", new NixExpr.Bool(true));
        }
        if (advice.essential()) {
            entry.put("essential", new NixExpr.Bool(true));
        }
    }

    private static NixExpr instead(Substitute instead) {
        SortedMap<String, NixExpr> entry = new TreeMap<>();
        entry.put("package", NixExpr.text(instead.attribute()));
        instead.path().ifPresent(path -> entry.put("path", NixExpr.text(path)));
        instead.variable().ifPresent(variable -> entry.put("variable", NixExpr.text(variable)));
        if (instead.sameVersion()) {
            entry.put("sameVersion", new NixExpr.Bool(true));
        }
        return new NixExpr.Attrs(entry);
    }

    private static void put(SortedMap<String, NixExpr> entry, String name, String value) {
        if (!value.isEmpty()) {
            entry.put(name, NixExpr.text(value));
        }
    }

    private static void put(SortedMap<String, NixExpr> entry, String name, List<String> values) {
        if (!values.isEmpty()) {
            entry.put(name, NixExpr.texts(values));
        }
    }

    private static NixExpr evidence(Evidence evidence) {
        SortedMap<String, String> entry = new TreeMap<>();
        entry.put("kind", evidence.kind().term());
        entry.put("source", evidence.source());
        entry.put("detail", evidence.detail());
        return NixExpr.texts(entry);
    }

    private static NixExpr binary(BinaryFile binary) {
        SortedMap<String, NixExpr> entry = new TreeMap<>();
        entry.put("path", NixExpr.text(binary.path()));
        entry.put("format", NixExpr.text(binary.format()));
        entry.put("os", NixExpr.text(binary.os()));
        entry.put("cpus", NixExpr.texts(binary.cpus()));
        binary.libc().ifPresent(libc -> entry.put("libc", NixExpr.text(libc)));
        binary.interpreter().ifPresent(path -> entry.put("interpreter", NixExpr.text(path)));
        entry.put("needed", NixExpr.texts(binary.needed()));
        binary.runpath().ifPresent(path -> entry.put("runpath", NixExpr.text(path)));
        binary.glibc().ifPresent(version -> entry.put("glibc", NixExpr.text(version)));
        binary.glibcxx().ifPresent(version -> entry.put("glibcxx", NixExpr.text(version)));
        if (binary.isStatic()) {
            entry.put("static", new NixExpr.Bool(true));
        }
        return new NixExpr.Attrs(entry);
    }

    private static NixExpr list(List<NixExpr> items) {
        return new NixExpr.ListOf(items);
    }
}

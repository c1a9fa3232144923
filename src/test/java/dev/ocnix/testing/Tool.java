package dev.ocnix.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that tests need and a machine may lack. The property {@code ocnix.require} lists those that must be there. */
public enum Tool {
    NIX("Nix was not found on the PATH", "apt-get install nix-bin, or -Docnix.nix.bin=<folder of nix-instantiate>") {
        @Override
        Optional<Path> find() {
            return Nix.folders().stream().findFirst();
        }
    },
    BUILDS("Nix cannot build here", "user namespaces and a Debian with what .ci/oracles tools installs") {
        @Override
        Optional<Path> find() {
            return NixStore.obstacle().isPresent() ? Optional.empty() : NIX.find();
        }

        @Override
        boolean isRequired() {
            return NIX.isRequired();
        }

        @Override
        String reason() {
            return NixStore.obstacle().map(reason -> ": " + reason).orElse("");
        }
    },
    BUN("Bun was not found", ".ci/oracles, then -Docnix.bun=<folder that holds VERSION/bun>") {
        @Override
        Optional<Path> find() {
            return Bun.folder();
        }
    },
    GIT("git was not found on the PATH", "apt-get install git") {
        @Override
        Optional<Path> find() {
            return Command.onPath("git");
        }
    },
    CHROMIUM("Chromium was not found on the PATH", "apt-get install chromium") {
        @Override
        Optional<Path> find() {
            return Chromium.program();
        }
    },
    CORPUS("the corpus of real lockfiles was not found", "-Docnix.corpus=<folder with index.tsv, lockb and text>") {
        @Override
        Optional<Path> find() {
            return Corpus.folder();
        }
    },
    NETWORK("the npm registry may not be asked", "-Docnix.network=true") {
        @Override
        Optional<Path> find() {
            return Boolean.getBoolean("ocnix.network") ? Optional.of(Path.of("")) : Optional.empty();
        }
    };

    private final String absence;
    private final String remedy;

    Tool(String absence, String remedy) {
        this.absence = absence;
        this.remedy = remedy;
    }

    /** Where the tool is, if it is. */
    abstract Optional<Path> find();

    /** Why the tool is not there, for the end of a sentence; empty if that is plain. */
    String reason() {
        return "";
    }

    /** Whether the run must fail without this tool. */
    boolean isRequired() {
        return Arrays.asList(System.getProperty("ocnix.require", "").split("\\s*,\\s*"))
                .contains(name().toLowerCase(Locale.ROOT));
    }

    /** The line that a run without this tool prints, once. */
    String notice(int tests) {
        return "ocnix tests: %s%s: %d %s not tried (%s)"
                .formatted(absence, reason(), tests, tests == 1 ? "test was" : "tests were", remedy);
    }

    String absence() {
        return absence + reason() + " (" + remedy + ")";
    }

    /** A folder named by a property, or a default that need not exist. */
    static Optional<Path> folder(String property, String defaultFolder) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.of(defaultFolder).filter(value -> !value.isEmpty()))
                .map(value -> Path.of(value).toAbsolutePath())
                .filter(Files::isDirectory);
    }
}

package dev.ocnix.addon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search of CMake for a library or a package, as evidence writes it: {@code find_package(OpenSSL)},
 * {@code find_library(sodium libsodium OPTIONAL)}.
 *
 * @param names of which one is enough
 * @param isOptional whether the project goes on without
 */
record CmakeSearch(Command command, List<String> names, boolean isOptional) {
    private static final String OPTIONAL = "OPTIONAL";
    private static final Pattern FORM = Pattern.compile("(find_package|find_library)\\(([^()]{1,400})\\)");

    /** CMake's two commands for it. */
    enum Command {
        FIND_PACKAGE("find_package"),
        FIND_LIBRARY("find_library");

        private final String term;

        Command(String term) {
            this.term = term;
        }
    }

    CmakeSearch {
        names = List.copyOf(names);
    }

    static Optional<CmakeSearch> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of(matcher.group(2).split(" ", -1)));
        boolean isOptional = names.remove(OPTIONAL);
        boolean isPackage = matcher.group(1).equals(Command.FIND_PACKAGE.term);
        return Optional.of(new CmakeSearch(isPackage ? Command.FIND_PACKAGE : Command.FIND_LIBRARY, names, isOptional));
    }

    /** What nixpkgs has for it; empty if that is not known and the project needs it. */
    Optional<List<String>> find(LibraryMap libraries) {
        Optional<List<String>> known = names.stream()
                .map(name -> command == Command.FIND_PACKAGE
                        ? libraries.cmake().get(name)
                        : libraries.link().get(name.startsWith("lib") ? name.substring(3) : name))
                .filter(found -> found != null)
                .findFirst();
        return known.isEmpty() && isOptional ? Optional.of(List.of()) : known;
    }

    @Override
    public String toString() {
        return command.term + "(" + String.join(" ", names) + (isOptional ? " " + OPTIONAL : "") + ")";
    }
}

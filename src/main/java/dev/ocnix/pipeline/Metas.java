package dev.ocnix.pipeline;

import dev.ocnix.addon.AddonHint;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.PackageManifest;
import dev.ocnix.nix.Application;
import dev.ocnix.project.Manifest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a package.json says for people, as far as it can be repeated: texts of one line and public addresses. */
final class Metas {
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_URL = 2000;

    private Metas() {}

    static Application.Meta of(Manifest manifest) {
        return new Application.Meta(
                manifest.text("description").map(Metas::oneLine).map(Metas::cut).filter(text -> !text.isEmpty()),
                manifest.text("homepage").map(String::strip).filter(Metas::isPublicUrl),
                license(manifest));
    }

    /** The licence of a package.json; a text that is too long for one is none. */
    static Optional<String> license(Manifest manifest) {
        return manifest.text("license")
                .or(() -> manifest.text("license", "type"))
                .flatMap(Metas::terms);
    }

    /** The licences of packages that bring binaries. */
    static SortedMap<PackageId, String> licenses(
            List<AddonHint> hints, SortedMap<PackageId, PackageManifest> manifests) {
        SortedMap<PackageId, String> licenses = new TreeMap<>();
        hints.stream()
                .filter(hint -> !hint.binaries().isEmpty())
                .forEach(hint -> Optional.ofNullable(manifests.get(hint.id()))
                        .flatMap(PackageManifest::license)
                        .flatMap(Metas::terms)
                        .ifPresent(terms -> licenses.put(hint.id(), terms)));
        return licenses;
    }

    private static Optional<String> terms(String license) {
        return Optional.of(oneLine(license)).filter(text -> !text.isEmpty() && text.length() <= LONGEST_LINE);
    }

    /** A text from a package.json, fit to stand in a line of a report. */
    static Optional<String> line(String text) {
        return Optional.of(cut(oneLine(text))).filter(line -> !line.isEmpty());
    }

    /** White space and control characters become single spaces; what is invisible or half a character goes. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || type == Character.CONTROL) {
                line.append(' ');
            } else if (type != Character.SURROGATE && type != Character.FORMAT) {
                line.appendCodePoint(c);
            }
        });
        return line.toString().replaceAll(" +", " ").strip();
    }

    private static String cut(String line) {
        if (line.codePointCount(0, line.length()) <= LONGEST_LINE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE - 1)).stripTrailing() + "…";
    }

    private static boolean isPublicUrl(String text) {
        if (text.length() > LONGEST_URL || text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            return false;
        }
        try {
            URI url = new URI(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return isWeb && url.getHost() != null && url.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

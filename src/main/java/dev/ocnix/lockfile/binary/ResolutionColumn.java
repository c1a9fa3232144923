package dev.ocnix.lockfile.binary;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.Urls;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.ScpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads where packages come from. Bytes that a kind does not use are garbage in old files and never looked at. */
final class ResolutionColumn {
    private static final int ROOT = 1;
    private static final int NPM = 2;
    private static final int FOLDER = 4;
    private static final int LOCAL_TARBALL = 8;
    private static final int GITHUB = 16;
    private static final int GIT = 32;
    private static final int SYMLINK = 64;
    private static final int WORKSPACE = 72;
    private static final int REMOTE_TARBALL = 80;

    private static final byte[] DEFAULT_REGISTRY = Urls.NPM_PREFIX.getBytes(StandardCharsets.US_ASCII);

    private static final int OWNER_AT = 0;
    private static final int REPO_AT = 8;
    private static final int COMMITTISH_AT = 16;
    private static final int RESOLVED_AT = 24;

    private final Bytes bytes;
    private final StringPool strings;
    private final int format;

    ResolutionColumn(Bytes bytes, StringPool strings, int format) {
        this.bytes = bytes;
        this.strings = strings;
        this.format = format;
    }

    /**
     * A resolution and the text that bun.lock has for it.
     *
     * @param text what stands after {@code name@}
     */
    record Resolved(Resolution resolution, String text) {}

    /** Empty for a package that was never resolved. */
    Optional<Resolved> read(long offset) throws LockfileException {
        int tag = bytes.u8(offset);
        long value = offset + Offsets.RESOLUTION_VALUE_AT;
        return switch (tag) {
            case 0 -> Optional.empty();
            case ROOT -> Optional.of(new Resolved(new Resolution.Root(), "root:"));
            case NPM -> Optional.of(npm(offset));
            case FOLDER -> {
                String path = strings.at(value);
                yield Optional.of(new Resolved(new Resolution.Folder(path), "file:" + path));
            }
            case LOCAL_TARBALL -> {
                String path = strings.at(value);
                yield Optional.of(new Resolved(new Resolution.LocalTarball(path), path));
            }
            case GITHUB -> Optional.of(gitHub(value));
            case GIT -> Optional.of(git(value));
            case SYMLINK -> {
                String target = strings.at(value);
                yield Optional.of(new Resolved(new Resolution.Link(target), "link:" + target));
            }
            case WORKSPACE -> {
                String path = strings.at(value);
                yield Optional.of(new Resolved(new Resolution.Workspace(path), "workspace:" + path));
            }
            case REMOTE_TARBALL -> {
                String url = strings.at(value);
                yield Optional.of(new Resolved(new Resolution.RemoteTarball(url), url));
            }
            default -> throw bytes.failure(offset, tag + " is no kind of resolution");
        };
    }

    private Resolved npm(long offset) throws LockfileException {
        String version = version(offset + Offsets.NPM_VERSION_AT);
        long url = offset + Offsets.RESOLUTION_VALUE_AT;
        Optional<String> tarball =
                strings.isBelow(url, DEFAULT_REGISTRY) ? Optional.empty() : Urls.tarball(strings.at(url));
        return new Resolved(new Resolution.Npm(version, tarball), version);
    }

    /** The URL of an npm package's tarball or of a git repository, as recorded. */
    Optional<String> url(long offset) throws LockfileException {
        long value = offset + Offsets.RESOLUTION_VALUE_AT;
        return switch (bytes.u8(offset)) {
            case NPM -> Optional.of(strings.at(value));
            case GIT -> Optional.of(strings.at(value + REPO_AT));
            default -> Optional.empty();
        };
    }

    /** The commit, branch or tag of a repository that was asked for; empty if there is none. */
    String requested(long offset) throws LockfileException {
        return switch (bytes.u8(offset)) {
            case GITHUB, GIT -> strings.at(offset + Offsets.RESOLUTION_VALUE_AT + COMMITTISH_AT);
            default -> "";
        };
    }

    /** The text of a version: numbers of 4 bytes in format 2, of 8 bytes since. */
    String version(long offset) throws LockfileException {
        int width = format == Offsets.OLDEST_FORMAT ? 4 : 8;
        long tags = offset + (format == Offsets.OLDEST_FORMAT ? 16 : 24);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            long at = offset + (long) i * width;
            long number = width == 4 ? bytes.u32(at) : bytes.u64(at);
            if (i > 0) {
                text.append('.');
            }
            if (number >= 0) {
                text.append(number);
            } else {
                text.append(Long.toUnsignedString(number));
            }
        }
        String pre = strings.at(tags);
        String build = strings.at(tags + Offsets.EXTERNAL_STRING_SIZE);
        if (!pre.isEmpty()) {
            text.append('-').append(pre);
        }
        if (!build.isEmpty()) {
            text.append('+').append(build);
        }
        return text.toString();
    }

    private Resolved gitHub(long repository) throws LockfileException {
        String owner = strings.at(repository + OWNER_AT);
        String repo = strings.at(repository + REPO_AT);
        String committish = committish(repository);
        String path = owner.isEmpty() ? repo : owner + "/" + repo;
        int slash = path.lastIndexOf('/');
        bytes.verify(
                slash > 0 && slash < path.length() - 1,
                repository,
                "a GitHub dependency lacks its owner or repository");
        return new Resolved(
                new Resolution.GitHub(path.substring(0, slash), path.substring(slash + 1), committish),
                "github:" + path + (committish.isEmpty() ? "" : "#" + committish));
    }

    private Resolved git(long repository) throws LockfileException {
        String owner = strings.at(repository + OWNER_AT);
        String repo = strings.at(repository + REPO_AT);
        String committish = committish(repository);
        String url = !owner.isEmpty() ? owner + "/" + repo : ScpAddress.matches(repo) ? "ssh://" + repo : repo;
        return new Resolved(
                new Resolution.Git(Urls.clone(url), committish),
                "git+" + url + (committish.isEmpty() ? "" : "#" + committish));
    }

    /** The commit that was found, which for GitHub ends the name of the archive's folder, else what was asked for. */
    private String committish(long repository) throws LockfileException {
        String resolved = strings.at(repository + RESOLVED_AT);
        return resolved.isEmpty()
                ? strings.at(repository + COMMITTISH_AT)
                : resolved.substring(resolved.lastIndexOf('-') + 1);
    }
}

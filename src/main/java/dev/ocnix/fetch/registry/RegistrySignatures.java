package dev.ocnix.fetch.registry;

import dev.ocnix.fetch.SideBySide;
import dev.ocnix.fetch.cache.SignatureCache;
import dev.ocnix.fetch.http.BodyReader;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.http.HttpFailure;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/**
 * Asks registries whether they vouch for the hashes of versions, by their
 * <a href="https://docs.npmjs.com/about-registry-signatures">signatures</a> over {@code name@version:integrity}. Signatures stand
 * in the document of a version; the one of the whole package, which alone says when a version was published, is asked for only
 * where a key expires, or where a registry has no documents of versions. What was found right once is not asked again.
 */
public final class RegistrySignatures {
    private static final int MAX_VERSION_BYTES = 16 << 20;
    private static final long MAX_PACKUMENT_BYTES = 512L << 20;

    private final Http http;
    private final SignatureCache cache;
    private final UnaryOperator<String> transport;
    private final KeySource keySource;

    /**
     * @param transport from a registry's base URL to the one that this run asks
     * @param keys a file or an http(s) URL of the keys that count; the registry's own otherwise
     */
    public RegistrySignatures(Http http, SignatureCache cache, UnaryOperator<String> transport, Optional<String> keys) {
        this.http = http;
        this.cache = cache;
        this.transport = transport;
        this.keySource = new KeySource(http, cache, keys);
    }

    /** What a registry says of the versions of one package. */
    private record Question(
            String name, String base, SignatureJudge judge, SigningKeys keys, List<SignedPackage> asked) {}

    /**
     * Finds out, asking only for what is not known yet, as many at a time as the HTTP settings allow.
     *
     * @return a result for each package
     * @throws OcnixException if keys are given that cannot be read
     */
    public SortedMap<PackageId, SignatureResult> check(Collection<SignedPackage> packages) throws OcnixException {
        SortedMap<PackageId, SignatureResult> results = new TreeMap<>();
        SortedMap<String, SortedMap<String, List<SignedPackage>>> open = new TreeMap<>();
        Map<String, SigningKeys> known = new TreeMap<>();
        for (SignedPackage signed : packages) {
            if (!known.containsKey(signed.registry())) {
                known.put(signed.registry(), keySource.known(signed.registry()));
            }
            Optional<SigningKey> key =
                    cached(signed, known.getOrDefault(signed.registry(), new SigningKeys(List.of())));
            if (key.isPresent()) {
                results.put(signed.id(), new SignatureResult.Verified(key.get().id()));
            } else {
                open.computeIfAbsent(signed.registry(), registry -> new TreeMap<>())
                        .computeIfAbsent(signed.id().name(), name -> new ArrayList<>())
                        .add(signed);
            }
        }
        List<Question> questions = questions(open, results);
        SideBySide.map(questions, http.concurrency(), "The check of signatures", this::ask)
                .forEach(results::putAll);
        return results;
    }

    private Optional<SigningKey> cached(SignedPackage signed, SigningKeys keys) {
        return keys.keys().stream()
                .filter(key -> signed.hashes().stream()
                        .anyMatch(hash -> cache.isSigned(signed.message(hash.toString()), key.fingerprint())))
                .findFirst();
    }

    /** One for each package of registries whose keys can be had; the others have their results already. */
    private List<Question> questions(
            SortedMap<String, SortedMap<String, List<SignedPackage>>> open,
            SortedMap<PackageId, SignatureResult> results) {
        List<Question> questions = new ArrayList<>();
        open.forEach((registry, names) -> {
            String base = transport.apply(registry);
            try {
                SigningKeys keys = keySource.fresh(registry, base);
                if (keys.isEmpty()) {
                    all(names, new SignatureResult.NoKeys(), results);
                } else {
                    names.forEach((name, asked) ->
                            questions.add(new Question(name, base, new SignatureJudge(keys), keys, asked)));
                }
            } catch (OcnixException e) {
                all(names, new SignatureResult.Unknown(e.getMessage()), results);
            }
        });
        return questions;
    }

    private static void all(
            SortedMap<String, List<SignedPackage>> names,
            SignatureResult result,
            SortedMap<PackageId, SignatureResult> results) {
        names.values().forEach(asked -> asked.forEach(signed -> results.put(signed.id(), result)));
    }

    private SortedMap<PackageId, SignatureResult> ask(Question question) {
        SortedMap<PackageId, SignatureResult> results = new TreeMap<>();
        try {
            SortedMap<String, VersionRecord> versions = new TreeMap<>();
            Set<String> wanted = new TreeSet<>();
            for (SignedPackage signed : question.asked()) {
                Optional<VersionRecord> version = version(question, signed.version());
                version.ifPresent(found -> versions.put(signed.version(), found));
                if (version.isEmpty() || question.judge().needsTime(version.get())) {
                    wanted.add(signed.version());
                }
            }
            Packument packument =
                    wanted.isEmpty() ? new Packument(new TreeMap<>(), new TreeMap<>()) : packument(question, wanted);
            for (SignedPackage signed : question.asked()) {
                VersionRecord version = Optional.ofNullable(versions.get(signed.version()))
                        .or(() -> packument.version(signed.version()))
                        .orElse(new VersionRecord(Optional.empty(), List.of()));
                SignatureResult result = question.judge().judge(signed, version, packument.published(signed.version()));
                remember(question, signed, result);
                results.put(signed.id(), result);
            }
        } catch (OcnixException e) {
            question.asked()
                    .forEach(signed -> results.putIfAbsent(signed.id(), new SignatureResult.Unknown(e.getMessage())));
        }
        return results;
    }

    private void remember(Question question, SignedPackage signed, SignatureResult result) {
        if (result instanceof SignatureResult.Verified verified) {
            Sri fingerprint =
                    question.keys().find(verified.keyId()).orElseThrow().fingerprint();
            cache.putSigned(signed.message(signed.hashes().get(0).toString()), fingerprint);
        }
    }

    /** Empty if the registry has no document of this version. */
    private Optional<VersionRecord> version(Question question, String version) throws OcnixException {
        String url = url(question.base(), question.name(), version);
        try {
            return Optional.of(http.get(
                    url, BodyReader.limited(MAX_VERSION_BYTES, body -> new PackumentReader(url).version(body))));
        } catch (HttpFailure e) {
            if (KeySource.isAbsence(e.status())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Packument packument(Question question, Set<String> wanted) throws OcnixException {
        String url = url(question.base(), question.name());
        try {
            return http.get(
                    url,
                    BodyReader.limited(MAX_PACKUMENT_BYTES, body -> new PackumentReader(url).packument(body, wanted)));
        } catch (HttpFailure e) {
            if (KeySource.isAbsence(e.status())) {
                return new Packument(new TreeMap<>(), new TreeMap<>());
            }
            throw e;
        }
    }

    /** A scope's slash is encoded, as npm's own client does it. */
    private static String url(String base, String... segments) throws OcnixException {
        HttpUrl parsed = HttpUrl.parse(base);
        if (parsed == null) {
            throw OcnixException.input("The registry " + base + " has no address; correct its URL.");
        }
        HttpUrl.Builder url = parsed.newBuilder();
        for (String segment : segments) {
            if (segment.replace('.', ' ').isBlank()) {
                throw OcnixException.input(
                        "No registry has a package or version " + segment + "; correct the lockfile.");
            }
            url.addPathSegment(segment);
        }
        return url.build().toString();
    }
}

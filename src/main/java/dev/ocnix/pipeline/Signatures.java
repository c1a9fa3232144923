package dev.ocnix.pipeline;

import dev.ocnix.fetch.cache.SignatureCache;
import dev.ocnix.fetch.http.Http;
import dev.ocnix.fetch.registry.RegistrySignatures;
import dev.ocnix.fetch.registry.SignatureResult;
import dev.ocnix.fetch.registry.SignedPackage;
import dev.ocnix.hash.Sri;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.PackageId;
import dev.ocnix.model.Registries;
import dev.ocnix.model.Resolution;
import dev.ocnix.model.Words;
import dev.ocnix.nix.DependencySource;
import dev.ocnix.report.SignatureStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether the registries of a project vouch for what the tree pins: a lockfile and a tarball may agree and both be forged. */
final class Signatures {
    private static final int SHOWN = 10;

    private final ConversionRequest request;
    private final Registries registries;
    private final Http http;
    private final Listener listener;

    Signatures(ConversionRequest request, Registries registries, Http http, Listener listener) {
        this.request = request;
        this.registries = registries;
        this.http = http;
        this.listener = listener;
    }

    /**
     * Checks every package that is from a registry, in the mode that the request asks for.
     *
     * @return by package; empty if the mode is {@link SignatureMode#OFF}
     * @throws OcnixException with a sentence for each wrong signature, and for what is missing where signatures are required
     */
    SortedMap<PackageId, SignatureStatus> check(Lockfile lockfile, SortedMap<PackageId, DependencySource> sources)
            throws OcnixException {
        if (request.verifySignatures() == SignatureMode.OFF) {
            return new TreeMap<>();
        }
        List<SignedPackage> asked = sources.entrySet().stream()
                .flatMap(entry -> Optional.ofNullable(lockfile.packages().get(entry.getKey()))
                        .flatMap(locked -> asked(locked, entry.getValue()))
                        .stream())
                .toList();
        List<SignedPackage> vouched = asked.stream()
                .filter(signed -> isChosenByUser(signed.registry()))
                .toList();
        try (SignatureCache cache = new SignatureCache(request.cacheDirectory(), listener::warn)) {
            return judged(
                    asked,
                    new RegistrySignatures(
                                    http,
                                    cache,
                                    registry -> request.registryMirror().orElse(registry),
                                    request.signatureKeys())
                            .check(vouched));
        }
    }

    /** Whether the keys of a registry count: a registry that only the source names could be the forger's own. */
    private boolean isChosenByUser(String registry) {
        return request.signatureKeys().isPresent()
                || registry.equals(Registries.NPM)
                || request.registry().filter(registry::equals).isPresent()
                || request.scopedRegistries().containsValue(registry);
    }

    private Optional<SignedPackage> asked(LockedPackage locked, DependencySource source) {
        if (!(locked.resolution() instanceof Resolution.Npm npm)
                || !(source instanceof DependencySource.Tarball tarball)) {
            return Optional.empty();
        }
        // of several hashes in the lockfile only one is that of the content
        List<Sri> hashes = Stream.concat(Stream.of(tarball.hash()), locked.integrity().filter(Sri::isSingle).stream())
                .distinct()
                .toList();
        String registry = registries.registryOf(locked.id().name());
        return Optional.of(new SignedPackage(locked.id(), npm.version(), registry, hashes));
    }

    private SortedMap<PackageId, SignatureStatus> judged(
            List<SignedPackage> asked, SortedMap<PackageId, SignatureResult> results) throws OcnixException {
        SortedMap<PackageId, SignatureStatus> statuses = new TreeMap<>();
        SortedMap<String, List<String>> unsigned = new TreeMap<>();
        Problems problems = new Problems();
        for (SignedPackage signed : asked) {
            SignatureResult result = isChosenByUser(signed.registry())
                    ? results.getOrDefault(signed.id(), new SignatureResult.Missing())
                    : new SignatureResult.Unknown(foreign(signed.registry()));
            if (result instanceof SignatureResult.Wrong wrong) {
                problems.input(wrong.problem());
            } else if (!(result instanceof SignatureResult.Verified)) {
                unsigned.computeIfAbsent(reason(signed, result), reason -> new ArrayList<>())
                        .add(signed.id().toString());
            }
            statuses.put(signed.id(), status(result));
        }
        tell(unsigned, problems);
        problems.raise();
        long signed = statuses.values().stream()
                .filter(SignatureStatus.SIGNED::equals)
                .count();
        statuses.entrySet().stream()
                .filter(entry -> entry.getValue() == SignatureStatus.SIGNED)
                .forEach(entry -> listener.debug(entry.getKey() + ": "
                        + (results.get(entry.getKey()) instanceof SignatureResult.Verified verified
                                ? "signed with the key " + verified.keyId()
                                : "signed")));
        listener.info("The registry has signed the hashes of " + signed + " of " + asked.size() + " packages.");
        return statuses;
    }

    /** One line for each reason, however many packages it concerns. */
    private void tell(SortedMap<String, List<String>> unsigned, Problems problems) {
        for (Map.Entry<String, List<String>> group : unsigned.entrySet()) {
            String sentence = Problems.continued(
                    group.getKey(), "the signatures of " + Words.few(group.getValue(), SHOWN) + " were not checked.");
            if (request.verifySignatures() == SignatureMode.REQUIRED) {
                problems.input(Problems.continued(
                        sentence, "set ocnix.verifySignatures to true to go on without those that are missing."));
            } else {
                listener.warn(sentence);
            }
        }
    }

    private static String foreign(String registry) {
        return "The registry " + registry
                + " is named by the source alone, so its keys do not count; if you trust it, name it in ocnix.registry or"
                + " <registries>, or give its keys with ocnix.signatureKeys.";
    }

    private static String reason(SignedPackage signed, SignatureResult result) {
        if (result instanceof SignatureResult.Unknown unknown) {
            return unknown.reason();
        }
        return "The registry " + signed.registry()
                + (result instanceof SignatureResult.NoKeys
                        ? " publishes no signing keys."
                        : " has not signed all that is locked.");
    }

    private static SignatureStatus status(SignatureResult result) {
        if (result instanceof SignatureResult.Verified) {
            return SignatureStatus.SIGNED;
        }
        return result instanceof SignatureResult.Unknown ? SignatureStatus.UNKNOWN : SignatureStatus.UNSIGNED;
    }
}

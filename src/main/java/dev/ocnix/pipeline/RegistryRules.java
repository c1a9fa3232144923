package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which registries a project uses: what the user configures, else the source's {@code .npmrc}, else npm's own. */
final class RegistryRules {
    private static final int MAX_BYTES = 1 << 20;
    private static final String SCOPED = ":registry";

    private RegistryRules() {}

    /**
     * Reads registries only; credentials in the file are passed over.
     *
     * @param lockfileFolder where the file stands: empty, or with a trailing slash
     */
    static Registries of(ConversionRequest request, SourceFiles files, String lockfileFolder) throws OcnixException {
        SortedMap<String, String> npmrc = npmrc(files, lockfileFolder);
        String defaultUrl =
                request.registry().or(() -> Optional.ofNullable(npmrc.get(""))).orElse(Registries.NPM);
        npmrc.remove("");
        npmrc.putAll(request.scopedRegistries());
        return new Registries(defaultUrl, npmrc);
    }

    private static SortedMap<String, String> npmrc(SourceFiles files, String folder) throws OcnixException {
        SortedMap<String, String> urls = new TreeMap<>();
        String text = files.read(folder + ".npmrc", MAX_BYTES)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("");
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).trim();
            String value = line.substring(equals + 1).trim();
            if (!value.startsWith("http")) {
                continue;
            }
            if (key.equals("registry")) {
                urls.put("", value);
            } else if (key.startsWith("@") && key.endsWith(SCOPED)) {
                urls.put(key.substring(0, key.length() - SCOPED.length()), value);
            }
        }
        return urls;
    }
}

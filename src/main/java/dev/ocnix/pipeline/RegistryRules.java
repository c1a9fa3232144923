package dev.ocnix.pipeline;

import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Registries;
import dev.ocnix.model.SourceFiles;
import dev.ocnix.model.UserInfo;
import dev.ocnix.model.Visible;
import dev.ocnix.project.settings.Ini;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which registries a project uses: what the user configures, else the source's {@code .npmrc}, else its {@code bunfig.toml},
 * else npm's own. Credentials in those files are passed over.
 */
final class RegistryRules {
    private static final String SCOPED = ":registry";
    private static final int SHOWN = 100;

    private final Listener listener;
    private final String folder;
    private final SortedMap<String, String> urls = new TreeMap<>();

    private RegistryRules(Listener listener, String folder) {
        this.listener = listener;
        this.folder = folder;
    }

    /**
     * Reads the files beside the lockfile.
     *
     * @param lockfileFolder where they stand: empty, or with a trailing slash
     */
    static Registries of(
            ConversionRequest request, SourceFiles files, String lockfileFolder, Bunfig bunfig, Listener listener)
            throws OcnixException {
        return of(request.registry(), request.scopedRegistries(), files, lockfileFolder, bunfig, listener);
    }

    /**
     * The same, of what the user configures.
     *
     * @param byScope scope with its {@code @} to base URL
     */
    static Registries of(
            Optional<String> registry,
            SortedMap<String, String> byScope,
            SourceFiles files,
            String lockfileFolder,
            Bunfig bunfig,
            Listener listener)
            throws OcnixException {
        RegistryRules rules = new RegistryRules(listener, lockfileFolder);
        rules.readBunfig(bunfig);
        // as Bun does, which lets it have the last word
        Npmrc.of(files, lockfileFolder).values().forEach(rules::read);
        registry.ifPresent(url -> rules.urls.put("", url));
        rules.urls.putAll(byScope);
        String defaultUrl = Optional.ofNullable(rules.urls.remove("")).orElse(Registries.NPM);
        return new Registries(defaultUrl, rules.urls);
    }

    private void read(String key, Ini.Value value) {
        Ini.Scalar scalar = value.elements().get(0);
        // Bun takes nothing else for a registry either
        if (value.isList() || !scalar.isText() || scalar.text().isEmpty()) {
            return;
        }
        if (key.equals("registry")) {
            put("", scalar, Npmrc.FILE_NAME);
        } else if (key.startsWith("@") && key.endsWith(SCOPED) && key.length() > SCOPED.length() + 1) {
            put(key.substring(0, key.length() - SCOPED.length()), scalar, Npmrc.FILE_NAME);
        }
    }

    private void readBunfig(Bunfig bunfig) {
        for (Map.Entry<List<String>, String> entry : bunfig.texts().entrySet()) {
            List<String> keys = entry.getKey();
            if (isAt(keys, "install", "registry")) {
                put("", new Ini.Scalar(entry.getValue(), true, false), Bunfig.FILE_NAME);
            } else if (keys.size() > 2 && isAt(keys, "install", "scopes", keys.get(2))) {
                put(
                        "@" + keys.get(2).replaceFirst("^@", ""),
                        new Ini.Scalar(entry.getValue(), true, false),
                        Bunfig.FILE_NAME);
            }
        }
    }

    /** Whether a value stands at that path, or in a table there as its {@code url}. */
    private static boolean isAt(List<String> keys, String... path) {
        List<String> table = new ArrayList<>(List.of(path));
        if (keys.equals(table)) {
            return true;
        }
        table.add("url");
        return keys.equals(table);
    }

    /** What a variable of the environment says here is nothing that a tree may depend on. */
    private void put(String scope, Ini.Scalar value, String file) {
        String ofScope = scope.isEmpty() ? "" : "of " + scope + " ";
        String parameter = scope.isEmpty() ? "ocnix.registry" : "one of <registries>";
        String url = value.text().replaceFirst("^([^:]*://)[^/?#]*@", "$1");
        if (value.isOfEnvironment() || url.matches("[^/]*(//[^/]*)?\\$.*")) {
            listener.warn("The source's " + folder + file + " takes the registry " + ofScope
                    + "from the environment, which does not count here; give it as " + parameter + ".");
        } else if (url.matches("(?i)https?://[^/].*")) {
            urls.put(scope, url.replace('\\', '/'));
        } else {
            listener.warn("The source's " + folder + file + " says " + shown(url) + " where the registry " + ofScope
                    + "should be, which is no http or https URL and is passed over; correct it there, or give the right one as "
                    + parameter + ".");
        }
    }

    private static String shown(String url) {
        return Visible.quoted(UserInfo.hidden(url), SHOWN);
    }
}

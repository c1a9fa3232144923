package dev.ocnix.report.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries of a text lockfile, as few lines as can read what Bun writes; it shares nothing with the readers under test. A
 * package has the fields of {@code ocnix:inspect}'s JSON that bun.lock has, too.
 */
final class OwnEntries {
    private static final Map<String, List<String>> PLATFORMS = Map.of(
            "os", List.of("aix", "darwin", "freebsd", "linux", "openbsd", "sunos", "win32", "android"),
            "cpu", List.of("arm", "arm64", "ia32", "mips", "mipsel", "ppc", "ppc64", "s390", "s390x", "x32", "x64"),
            "libc", List.of("glibc", "musl"));

    private final JsonObject file;
    private final JsonObject workspaces;
    private final SortedMap<String, JsonObject> packages = new TreeMap<>();

    private OwnEntries(byte[] content) {
        file = JsonParser.parseString(strict(new String(content, StandardCharsets.UTF_8)))
                .getAsJsonObject();
        workspaces = file.getAsJsonObject("workspaces");
        Map<String, String> members = new TreeMap<>();
        workspaces.entrySet().forEach(member -> {
            JsonObject info = member.getValue().getAsJsonObject();
            String path = member.getKey();
            String name = info.has("name") ? info.get("name").getAsString() : "";
            if (!path.isEmpty()) {
                members.put(name, path);
            }
            packages.put(
                    name + "@" + (path.isEmpty() ? "root:" : "workspace:" + path), described(info, JsonNull.INSTANCE));
        });
        JsonObject entries = file.has("packages") ? file.getAsJsonObject("packages") : new JsonObject();
        entries.entrySet().forEach(entry -> add(entry.getKey(), entry.getValue().getAsJsonArray(), members));
    }

    /** By {@code name@resolution}. */
    static SortedMap<String, JsonObject> of(byte[] lockfile) {
        return new OwnEntries(lockfile).packages;
    }

    private void add(String key, JsonArray tuple, Map<String, String> members) {
        String id = tuple.get(0).getAsString();
        if (id.equals("@root:")) {
            JsonObject root = workspaces.getAsJsonObject("");
            id = (root.has("name") ? root.get("name").getAsString() : "") + id;
        }
        JsonObject known = packages.computeIfAbsent(id, absent -> described(info(tuple), integrity(tuple)));
        if (id.contains("@workspace:") && info(tuple).has("bin")) {
            known.add("bin", info(tuple).get("bin")); // lockfileVersion 0
        }
        known.getAsJsonArray("paths").add(path(key, members));
    }

    private static JsonObject info(JsonArray tuple) {
        for (JsonElement element : tuple) {
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        }
        return new JsonObject();
    }

    private static JsonElement integrity(JsonArray tuple) {
        String last = tuple.get(tuple.size() - 1).isJsonPrimitive()
                ? tuple.get(tuple.size() - 1).getAsString()
                : "";
        return last.matches("sha(1|256|384|512)-.*")
                ? new JsonPrimitive(last.replaceFirst("=*$", ""))
                : JsonNull.INSTANCE;
    }

    private static JsonObject described(JsonObject info, JsonElement integrity) {
        JsonObject entry = new JsonObject();
        entry.add("integrity", integrity);
        PLATFORMS.forEach(
                (axis, names) -> entry.add(axis, info.has(axis) ? limit(info.get(axis), names) : JsonNull.INSTANCE));
        entry.add("bin", info.has("bin") ? info.get("bin") : JsonNull.INSTANCE);
        entry.add("binDir", info.has("binDir") ? info.get("binDir") : JsonNull.INSTANCE);
        for (String group : List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")) {
            entry.add(group, info.has(group) ? info.get(group) : new JsonObject());
        }
        entry.add(
                "optionalPeers",
                info.has("optionalPeers") ? sorted(info.getAsJsonArray("optionalPeers")) : new JsonArray());
        entry.add("paths", new JsonArray());
        return entry;
    }

    private static JsonArray limit(JsonElement value, List<String> names) {
        List<String> entries = new ArrayList<>();
        if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(entry -> entries.add(entry.getAsString()));
        } else {
            entries.add(value.getAsString());
        }
        TreeSet<String> limit = new TreeSet<>(entries.get(0).startsWith("!") ? names : List.of());
        for (String entry : entries) {
            limit.remove(entry.substring(1));
            if (names.contains(entry)) {
                limit.add(entry);
            }
        }
        JsonArray array = new JsonArray();
        limit.forEach(array::add);
        return array;
    }

    static JsonArray sorted(JsonArray array) {
        TreeSet<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.getAsString()));
        JsonArray sorted = new JsonArray();
        texts.forEach(sorted::add);
        return sorted;
    }

    private static String path(String key, Map<String, String> members) {
        List<String> names = new ArrayList<>();
        for (String segment : key.split("/", -1)) {
            int last = names.size() - 1;
            if (last >= 0 && names.get(last).startsWith("@") && names.get(last).indexOf('/') < 0) {
                names.set(last, names.get(last) + "/" + segment);
            } else {
                names.add(segment);
            }
        }
        String first = names.size() > 1 && members.containsKey(names.get(0))
                ? members.get(names.get(0))
                : "node_modules/" + names.get(0);
        return String.join("/node_modules/", concat(first, names.subList(1, names.size())));
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static boolean closes(String text, int from) {
        int next = from;
        while (Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return text.charAt(next) == ']' || text.charAt(next) == '}';
    }

    /** Without comments and trailing commas. */
    private static String strict(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = text.startsWith("\ufeff") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = i + 1;
                while (text.charAt(end) != '"') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                out.append(text, i, end + 1);
                i = end;
            } else if (c == '/') {
                i = text.charAt(i + 1) == '/' ? text.indexOf('\n', i) : text.indexOf("*/", i) + 1;
            } else if (c == ',' && closes(text, i + 1)) {
                out.append(' ');
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

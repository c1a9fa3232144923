package dev.ocnix.fetch.worktree;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names that tools give to files with secrets.
 *
 * @param names in lower case, in which {@code *} is any text
 * @param samples likewise, of files that only show how such a file looks
 */
public record SecretNames(List<String> names, List<String> samples) {
    public SecretNames {
        names = List.copyOf(names);
        samples = List.copyOf(samples);
    }

    /** The names of a table. */
    public static SecretNames of(String json) {
        JsonObject table = JsonParser.parseString(json).getAsJsonObject();
        return new SecretNames(texts(table.get("names")), texts(table.get("samples")));
    }

    private static List<String> texts(JsonElement list) {
        List<String> texts = new ArrayList<>();
        list.getAsJsonArray().forEach(text -> texts.add(text.getAsString()));
        return texts;
    }

    /** Whether a path is a secret by its own name or by that of a folder above it. */
    public boolean isSecret(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("/", -1))
                .anyMatch(name -> isAmong(names, name) && !isAmong(samples, name));
    }

    private static boolean isAmong(List<String> globs, String name) {
        return globs.stream().anyMatch(glob -> fits(glob, name));
    }

    /** A glob has one star at most. */
    private static boolean fits(String glob, String name) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(name);
        }
        return name.length() >= glob.length() - 1
                && name.startsWith(glob.substring(0, star))
                && name.endsWith(glob.substring(star + 1));
    }
}

package dev.ocnix.fetch.cache;

import dev.ocnix.hash.HashAlgorithm;
import dev.ocnix.hash.Sri;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One entry of a cache file: a digest of the rest of the line, a key without blanks, and a value without line breaks. */
record CacheLine(String key, String value) {
    private static final int DIGEST_LENGTH = 32;

    static boolean isKey(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    String print() {
        String rest = key + " " + value;
        return digest(rest) + " " + rest;
    }

    /** Empty if the line is not exactly what was written. */
    static Optional<CacheLine> parse(String line) {
        int afterKey = line.indexOf(' ', DIGEST_LENGTH + 1);
        if (afterKey < 0 || line.charAt(DIGEST_LENGTH) != ' ') {
            return Optional.empty();
        }
        String rest = line.substring(DIGEST_LENGTH + 1);
        if (!line.startsWith(digest(rest))) {
            return Optional.empty();
        }
        return Optional.of(new CacheLine(line.substring(DIGEST_LENGTH + 1, afterKey), line.substring(afterKey + 1)));
    }

    private static String digest(String text) {
        return Sri.ofContent(HashAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, DIGEST_LENGTH);
    }
}

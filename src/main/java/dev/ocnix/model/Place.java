package dev.ocnix.model;

/**
 * Where in a lockfile something stands. Its text says so in words: {@code line 12, column 5, "debug/ms"} or
 * {@code byte 4711, package 12}. Readers have it put together only when a message needs it.
 */
public interface Place {
    /** A place that is already in words. */
    static Place of(String words) {
        return new Words(words);
    }

    @Override
    String toString();

    /** A place in words. */
    record Words(String words) implements Place {
        @Override
        public String toString() {
            return words;
        }
    }
}

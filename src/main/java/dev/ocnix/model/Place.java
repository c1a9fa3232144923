package dev.ocnix.model;

/** Where in a lockfile something stands, in words: {@code line 12, "debug/ms"} or {@code byte 4711, package 12}. */
public record Place(String text) {
    @Override
    public String toString() {
        return text;
    }
}

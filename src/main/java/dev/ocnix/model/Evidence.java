package dev.ocnix.model;

/**
 * Why an addon is said to be of a kind.
 *
 * @param source the file or field that shows it: {@code binding.gyp}, {@code package.json#scripts.install}
 * @param detail what stands there, shortened to at most 200 characters
 */
public record Evidence(AddonKind kind, String source, String detail) {}

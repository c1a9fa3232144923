package dev.ocnix.model;

/**
 * One edge as its package.json wrote it.
 *
 * @param alias the name under which the target is installed
 * @param literal the range, such as {@code ^1.2.3}, {@code workspace:*} or {@code npm:other@1}; binary lockfiles of Bun
 *     before 1.2 hold a workspace's path here
 */
public record Dependency(String alias, String literal, DependencyKind kind) {}

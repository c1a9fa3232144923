package dev.ocnix.addon;

import java.util.Optional;

/**
 * A package of nixpkgs that can stand in for what an npm package brings or downloads.
 *
 * @param attribute its attribute name
 * @param path of the file or folder in its output; the output itself if empty
 * @param variable through which the npm package is told where that is
 * @param sameVersion whether the two must be of the same version
 */
public record Substitute(String attribute, Optional<String> path, Optional<String> variable, boolean sameVersion) {}

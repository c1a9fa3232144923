package dev.ocnix.lockfile.fuzz;

/** Makes damaged lockfiles of good ones. */
@FunctionalInterface
interface Mutator {
    /**
     * A damaged copy.
     *
     * @param other another lockfile to take parts from
     */
    byte[] mutate(byte[] seed, byte[] other);
}

package dev.ocnix.addon;

/** Knowledge about the test of a condition, where the operating system alone may decide it. */
enum Holds {
    ALWAYS,
    NEVER,
    PERHAPS;

    Holds not() {
        return this == PERHAPS ? PERHAPS : this == ALWAYS ? NEVER : ALWAYS;
    }

    Holds and(Holds other) {
        return this == NEVER || other == NEVER ? NEVER : this == ALWAYS ? other : PERHAPS;
    }

    Holds or(Holds other) {
        return not().and(other.not()).not();
    }

    static Holds of(boolean holds) {
        return holds ? ALWAYS : NEVER;
    }
}

package dev.ocnix.layout.isolated;

/** The releases of Bun whose isolated linkers differ in what peers mean and in how entries are named. */
public enum BunRules {
    BUN_1_3("1.3"),
    BUN_1_4("1.4");

    private final String version;

    BunRules(String version) {
        this.version = version;
    }

    /** The release as users write it, such as {@code 1.4}. */
    public String version() {
        return version;
    }

    boolean isNew() {
        return this == BUN_1_4;
    }
}

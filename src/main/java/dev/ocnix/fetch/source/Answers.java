package dev.ocnix.fetch.source;

import dev.ocnix.hash.Sri;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** What a source answered to the questions of a run. */
record Answers(
        SortedMap<String, Optional<byte[]>> contents,
        SortedMap<String, Optional<byte[]>> heads,
        SortedMap<String, SortedSet<String>> lists,
        SortedMap<String, Optional<Sri>> narHashes) {

    static Answers none() {
        return new Answers(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** These and another run's, of the same source. */
    Answers with(Answers others) {
        Answers all = none();
        all.contents.putAll(contents);
        all.contents.putAll(others.contents);
        all.heads.putAll(heads);
        all.heads.putAll(others.heads);
        all.lists.putAll(lists);
        all.lists.putAll(others.lists);
        all.narHashes.putAll(narHashes);
        all.narHashes.putAll(others.narHashes);
        return all;
    }
}

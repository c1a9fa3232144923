package dev.ocnix.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An immutable map in the order of its keys, searched by halving: for large lockfiles far smaller and faster than a tree. */
final class SortedTable<K extends Comparable<K>, V> extends AbstractMap<K, V> {
    private final List<Entry<K, V>> entries;

    private SortedTable(List<Entry<K, V>> entries) {
        this.entries = entries;
    }

    /** The entries of a map, which is not kept. */
    static <K extends Comparable<K>, V> Map<K, V> copyOf(Map<K, V> map) {
        if (map instanceof SortedTable<K, V>) {
            return map;
        }
        List<Entry<K, V>> entries = new ArrayList<>(map.size());
        for (Entry<K, V> entry : map.entrySet()) {
            entries.add(Map.entry(entry.getKey(), entry.getValue()));
        }
        entries.sort(new ByKey<>());
        return new SortedTable<>(Collections.unmodifiableList(entries));
    }

    // a lambda, the first of a run, would take longer than sorting does
    private static final class ByKey<K extends Comparable<K>, V> implements Comparator<Entry<K, V>> {
        @Override
        public int compare(Entry<K, V> a, Entry<K, V> b) {
            return a.getKey().compareTo(b.getKey());
        }
    }

    @Override
    public boolean containsKey(Object key) {
        return index(key) >= 0;
    }

    @Override
    @SuppressWarnings("NullAway") // the contract of Map
    public V get(Object key) {
        int index = index(key);
        return index < 0 ? null : entries.get(index).getValue();
    }

    @SuppressWarnings("unchecked") // what the contract of Map allows, too: keys of another type fail
    private int index(Object key) {
        K wanted = (K) key;
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).getKey().compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }
}

package dev.ocnix.nix;

import dev.ocnix.layout.isolated.IsolatedLayout;
import dev.ocnix.layout.isolated.IsolatedLayout.Entry;
import dev.ocnix.layout.isolated.IsolatedLayout.Hoisted;
import dev.ocnix.layout.isolated.IsolatedLayout.Link;
import dev.ocnix.layout.isolated.IsolatedLayout.Variant;
import dev.ocnix.model.OcnixException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code isolated.nix}: the entries of {@code node_modules/.bun} and their links. */
final class IsolatedFile {
    private static final String COMMENT =
            "# Written by ocnix: the entries of node_modules/.bun, what they link to, and where variants differ.\n";

    private final IsolatedLayout layout;
    /** Of each name what the first variant says that has it. */
    private final SortedMap<String, Entry> common = new TreeMap<>();

    private IsolatedFile(IsolatedLayout layout) {
        this.layout = layout;
        layout.variants().forEach(variant -> variant.entries().forEach(common::putIfAbsent));
    }

    static FileContent of(IsolatedLayout layout) throws OcnixException {
        return new IsolatedFile(layout).print();
    }

    private FileContent print() throws OcnixException {
        SortedMap<String, NixExpr> file = new TreeMap<>();
        file.put(
                "deciding",
                NixExpr.texts(layout.deciding().stream().map(Objects::toString).toList()));
        file.put("entries", entries(common));
        if (!layout.hoisted().isEmpty()) {
            SortedMap<String, NixExpr> hoisted = new TreeMap<>();
            layout.hoisted().forEach((rules, names) -> hoisted.put(rules.version(), hoisted(names)));
            file.put("hoisted", new NixExpr.Attrs(hoisted));
        }
        List<Variant> variants = new ArrayList<>(layout.variants());
        variants.sort(
                Comparator.comparing((Variant variant) -> variant.admitted().toString())
                        .thenComparing(Variant::dev)
                        .thenComparing(Variant::optional)
                        .thenComparing(Variant::rules));
        List<NixExpr> items = new ArrayList<>();
        for (Variant variant : variants) {
            items.add(variant(variant));
        }
        file.put("variants", new NixExpr.ListOf(items));
        return FileContent.of(COMMENT + NixPrinter.print(new NixExpr.Attrs(file)) + "\n");
    }

    private static NixExpr hoisted(Hoisted names) {
        SortedMap<String, NixExpr> attributes = new TreeMap<>();
        names.fallback().ifPresent(fallback -> attributes.put("fallback", NixExpr.texts(List.copyOf(fallback))));
        attributes.put("top", NixExpr.texts(List.copyOf(names.top())));
        return new NixExpr.Attrs(attributes);
    }

    private NixExpr variant(Variant variant) throws OcnixException {
        SortedMap<String, Entry> changed = new TreeMap<>();
        variant.entries().forEach((name, entry) -> {
            if (!entry.equals(common.get(name))) {
                changed.put(name, entry);
            }
        });
        SortedMap<String, NixExpr> members = new TreeMap<>();
        for (Map.Entry<String, List<Link>> member : variant.members().entrySet()) {
            members.put(SafePath.inSource(member.getKey(), "the workspaces"), links(member.getValue()));
        }
        SortedMap<String, NixExpr> attributes = new TreeMap<>();
        attributes.put(
                "admitted",
                NixExpr.texts(variant.admitted().stream().map(Objects::toString).toList()));
        attributes.put("dev", new NixExpr.Bool(variant.dev()));
        attributes.put("entries", entries(changed));
        attributes.put("members", new NixExpr.Attrs(members));
        attributes.put("optional", new NixExpr.Bool(variant.optional()));
        attributes.put("rules", NixExpr.text(variant.rules().version()));
        return new NixExpr.Attrs(attributes);
    }

    private NixExpr entries(SortedMap<String, Entry> entries) {
        SortedMap<String, NixExpr> all = new TreeMap<>();
        entries.forEach((name, entry) -> {
            SortedMap<String, NixExpr> attributes = new TreeMap<>();
            attributes.put("id", NixExpr.text(entry.id().toString()));
            if (!entry.links().isEmpty()) {
                attributes.put("links", links(entry.links()));
            }
            if (!entry.isShared()) {
                attributes.put("private", new NixExpr.Bool(true));
            }
            all.put(name, new NixExpr.Attrs(attributes));
        });
        return new NixExpr.Attrs(all);
    }

    /** The name of an entry alone means a link of the package's own name. */
    private NixExpr links(List<Link> links) {
        List<NixExpr> items = new ArrayList<>();
        for (Link link : links) {
            Entry target = link.isMember() ? null : common.get(link.target());
            if (target != null && target.id().name().equals(link.alias())) {
                items.add(NixExpr.text(link.target()));
            } else {
                items.add(NixExpr.texts(
                        Map.of("alias", link.alias(), link.isMember() ? "member" : "entry", link.target())));
            }
        }
        return new NixExpr.ListOf(items);
    }
}

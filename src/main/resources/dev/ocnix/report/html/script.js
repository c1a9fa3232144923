(() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const ROWS = 100;
  const ADDON_ROWS = 20;
  const SYSTEMS = [
    ["x86_64-linux", "linux", "x64"],
    ["aarch64-linux", "linux", "arm64"],
    ["x86_64-darwin", "darwin", "x64"],
    ["aarch64-darwin", "darwin", "arm64"],
  ];
  const HASHES = {
    verified: ["good", "the bytes were seen, and are what the lockfile says"],
    computed: ["warn", "the bytes were seen, but the lockfile has no strong hash for them"],
    recorded: ["warn", "the lockfile's hash; nobody looked at the bytes"],
    unverified: ["bad", "the lockfile's hash; the bytes could not be had"],
    own: ["none", "the project's own files, which a build takes as they are"],
  };
  const SIGNATURES = { signed: "good", unsigned: "warn", unknown: "warn" };
  const ALARMS = {
    "hash-changed": "The same version, another content",
    "left-registry": "Left the registry",
    "weaker-integrity": "A weaker hash",
    "new-host": "A server that is new",
    "new-install-script": "An install script that is new",
    "new-addon": "A native addon that is new",
  };

  const byId = (id) => document.getElementById(id);

  // text always goes in as text
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== undefined && value !== false) {
        element.setAttribute(name, value);
      }
    }
    for (const child of children) {
      if (child !== undefined && child !== "") {
        element.append(child);
      }
    }
    return element;
  }

  const count = (n) => n.toLocaleString("en");
  const many = (n, one, more) => count(n) + " " + (n === 1 ? one : more);

  function bytes(n) {
    if (n < 1000) {
      return n + " B";
    }
    const [size, unit] = n < 999500 ? [n / 1e3, "kB"] : n < 999.5e6 ? [n / 1e6, "MB"] : [n / 1e9, "GB"];
    return (size < 10 ? size.toFixed(1) : Math.round(size)) + " " + unit;
  }

  const pill = (text, tone, title) => make("span", { class: "pill " + (tone || ""), title }, text);

  function meter(share, hue) {
    const bar = make("div", hue === undefined ? {} : { class: "hued" });
    bar.style.width = Math.max(0, Math.min(100, share * 100)) + "%";
    if (hue !== undefined) {
      bar.style.setProperty("--hue", hue);
    }
    return make("div", { class: "meter", "aria-hidden": "true" }, bar);
  }

  function admits(limits, name) {
    if (!limits) {
      return true;
    }
    const open = limits.length > 0 && limits.every((limit) => limit.startsWith("!"));
    return !limits.includes("!" + name) && (open || limits.includes(name));
  }

  const SYSTEM_NAMES = { linux: "Linux", darwin: "macOS", win32: "Windows" };
  const CPU_NAMES = { x64: "x86-64", arm64: "ARM64" };

  /** Which platform a package serves, in words: its group in the map. */
  function platform(one) {
    if (!one.os && !one.cpu && !one.libc) {
      return "Every platform";
    }
    const system = one.os && one.os.length === 1 ? SYSTEM_NAMES[one.os[0]] : undefined;
    if (!system) {
      return "Other systems";
    }
    const cpu = one.cpu && one.cpu.length === 1 ? CPU_NAMES[one.cpu[0]] : undefined;
    return system + (cpu ? " " + cpu : one.cpu ? ", other processors" : "");
  }

  const limits = (one) => [one.os, one.cpu, one.libc].filter(Boolean).map((names) => names.join(" ")).join(", ");

  const packages = data.packages.map((one) => {
    const at = Object.assign({ platform: platform(one) }, one);
    at.limits = limits(one);
    at.sought = [one.id, one.licence, one.kind, one.hash, one.signature, at.platform, at.limits, one.url]
      .filter(Boolean).join(" ").toLowerCase();
    return at;
  });
  const total = packages.reduce((sum, one) => sum + (one.size || 0), 0);

  function head() {
    const name = data.name ? data.name + (data.version ? " " + data.version : "") : data.repository || "ocnix";
    document.title = name + " · ocnix report";
    byId("title").textContent = name;
    const tone = { ok: "good", drift: "warn", error: "bad", unmoved: "good" }[data.status];
    byId("status").append(pill(data.status, tone));
    const pin = byId("pin");
    if (data.repository) {
      pin.append(make("bdi", {}, data.repository));
    }
    if (data.revision) {
      pin.append(" at ", make("code", {}, data.revision));
    }
    if (data.commit && data.commit !== data.revision) {
      pin.append(", commit ", make("code", {}, data.commit.slice(0, 12)));
    }
    if (!data.repository) {
      pin.append("A project beside its tree: the dependencies are pinned, the source is not.");
    }
  }

  function notice(tone, title, text, items) {
    const card = make("div", { class: "alarm " + tone }, make("h3", {}, title));
    if (text) {
      card.append(make("p", {}, text));
    }
    if (items && items.length) {
      const list = make("ul");
      items.slice(0, 50).forEach((item) => list.append(make("li", {}, item)));
      if (items.length > 50) {
        list.append(make("li", {}, "and " + count(items.length - 50) + " more"));
      }
      card.append(list);
    }
    byId("alarms").append(card);
  }

  function alarms() {
    const kinds = new Map();
    data.alarms.forEach((alarm) => kinds.set(alarm.kind, (kinds.get(alarm.kind) || []).concat(alarm)));
    kinds.forEach((group, kind) => notice("bad", ALARMS[kind] || kind, "",
      group.map((alarm) => make("span", {}, make("code", {}, alarm.subject), " ", make("bdi", {}, alarm.detail)))));
    if (data.problems.length || data.mending) {
      notice(data.status === "drift" ? "warn" : "bad",
        data.status === "drift" ? "The tree is not what its pin gives" : "The run came to nothing",
        data.mending ? "To mend it: " + data.mending : "", data.problems);
    }
    const ids = (some) => some.map((one) => make("code", {}, one.id));
    const of = (hash) => packages.filter((one) => one.hash === hash);
    if (of("unverified").length) {
      notice("bad", many(of("unverified").length, "tarball", "tarballs") + " could not be had",
        "The lockfile's hashes stand for them, and nobody looked into them.", ids(of("unverified")));
    }
    if (data.leftOut.length) {
      notice("warn", many(data.leftOut.length, "optional package", "optional packages") + " left out",
        "Their registry no longer has them, and every dependency on them is optional.",
        data.leftOut.map((id) => make("code", {}, id)));
    }
    if (of("recorded").length) {
      notice("warn", many(of("recorded").length, "package", "packages") + " nobody looked into",
        "Their native parts and install scripts are not known; ocnix.prefetch=all looks into all of them.");
    }
    const weak = of("computed").filter((one) => one.kind === "npm" || one.kind === "remote-tarball");
    if (weak.length) {
      notice("warn", many(weak.length, "tarball", "tarballs") + " without a strong hash in the lockfile",
        "What arrived was hashed, and that hash is pinned from now on.", ids(weak));
    }
    const plain = packages.filter((one) => one.url && one.url.startsWith("http://"));
    if (plain.length) {
      notice("warn", many(plain.length, "tarball travels", "tarballs travel") + " over plain http", "", ids(plain));
    }
    const unsigned = packages.filter((one) => one.signature && one.signature !== "signed");
    if (unsigned.length) {
      notice("warn", many(unsigned.length, "package", "packages") + " without a checked signature",
        "Their registry has not signed them, or could not be asked.", unsigned.length < 20 ? ids(unsigned) : []);
    }
    if (byId("alarms").children.length === 1) {
      notice("good", "Nothing is alarming", data.compared
        ? "Compared with the tree before, " + data.compared + "."
        : "There was no tree before to compare this one with.");
    }
  }

  function fact(label, number, of, share) {
    const card = make("div", { class: "fact" }, make("span", { class: "of" }, label),
      make("span", { class: "number" }, number), make("span", { class: "of" }, of));
    if (share !== undefined) {
      card.append(meter(share));
    }
    byId("facts").append(card);
  }

  function facts() {
    if (!packages.length) {
      return;
    }
    const share = (n) => n / packages.length;
    const seen = packages.filter((one) => one.hash === "verified").length;
    const pinned = packages.filter((one) => one.hash !== "own").length;
    fact("Packages pinned", count(pinned), "each by its own hash");
    fact("Hash verified", count(seen), "of " + count(packages.length) + ", byte by byte", share(seen));
    const signatures = packages.filter((one) => one.signature);
    const signed = signatures.filter((one) => one.signature === "signed").length;
    fact("Signed by the registry", signatures.length ? count(signed) : "–",
      signatures.length ? "of " + count(signatures.length) : "nobody was asked", signatures.length ? signed / signatures.length : undefined);
    fact("To download", bytes(total), "for all platforms together");
    fact("Native parts", count(data.addons.length), "packages with addons or install scripts");
    fact("Licences", count(new Set(packages.map((one) => one.licence).filter(Boolean)).size), "different terms");
  }

  function changes() {
    if (!data.changes.length) {
      return;
    }
    const section = byId("changes");
    section.hidden = false;
    const body = make("tbody");
    data.changes.forEach((change) => body.append(make("tr", {},
      make("td", {}, pill(change.kind, change.kind === "removed" ? "none" : "")),
      make("th", { scope: "row" }, change.name),
      make("td", { "data-label": "from" }, make("code", {}, change.from || "")),
      make("td", { "data-label": "to" }, make("code", {}, change.to || "")),
      make("td", {}, change.detail || ""))));
    const heads = ["", "Package", "From", "To", ""].map((text) => make("th", { scope: "col" }, text));
    section.append(make("p", { class: "muted" }, data.compared + "."),
      make("details", data.changes.length > 30 ? {} : { open: "" },
        make("summary", {}, many(data.changes.length, "package is", "packages are") + " not the same"),
        make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body))));
  }

  /** Squarified treemap: Bruls, Huizing, van Wijk 2000. Items have a value, largest first. */
  function squarify(items, box, draw) {
    let { x, y, w, h } = box;
    let rest = items.reduce((sum, item) => sum + item.value, 0);
    let start = 0;
    while (start < items.length && rest > 0 && w > 0 && h > 0) {
      const side = Math.min(w, h);
      const scale = (w * h) / rest;
      let sum = 0;
      let worst = Infinity;
      let end = start;
      while (end < items.length) {
        const next = sum + items[end].value * scale;
        const square = side * side;
        const ratio = Math.max((square * items[start].value * scale) / (next * next),
          (next * next) / (square * items[end].value * scale));
        if (ratio > worst) {
          break;
        }
        worst = ratio;
        sum = next;
        end++;
      }
      const thick = sum / side;
      let at = 0;
      for (let i = start; i < end; i++) {
        const long = (items[i].value * scale) / thick;
        draw(items[i], w >= h ? { x, y: y + at, w: thick, h: long } : { x: x + at, y, w: long, h: thick });
        at += long;
        rest -= items[i].value;
      }
      if (w >= h) {
        x += thick;
        w -= thick;
      } else {
        y += thick;
        h -= thick;
      }
      start = end;
    }
  }

  const groups = new Map();
  packages.forEach((one) => {
    if (one.size) {
      const group = groups.get(one.platform) || { name: one.platform, value: 0, items: [] };
      group.value += one.size;
      group.items.push(one);
      groups.set(one.platform, group);
    }
  });
  const ordered = [...groups.values()].sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  ordered.forEach((group, index) => {
    group.hue = (172 + index * 137.5) % 360;
    group.items.sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  });

  function place(element, box, gap) {
    const style = element.style;
    style.left = box.x + "px";
    style.top = box.y + "px";
    style.width = Math.max(0, box.w - gap) + "px";
    style.height = Math.max(0, box.h - gap) + "px";
    return element;
  }

  function tile(item, box, hue) {
    const label = item.id ? item.id + ", " + bytes(item.value) : item.text;
    const element = place(make(item.id ? "button" : "div",
      item.id ? { class: "tile", type: "button", title: label, "aria-label": label } : { class: "tile plain", title: label }), box, 1);
    element.style.setProperty("--hue", hue);
    if (box.w > 44 && box.h > 18) {
      element.append(make("span", {}, item.id || item.text));
      if (box.h > 34 && item.id) {
        element.append(make("span", { class: "bytes" }, bytes(item.value)));
      }
    }
    if (item.id) {
      element.addEventListener("mouseenter", () => say(label));
      element.addEventListener("focus", () => say(label));
      element.addEventListener("click", () => find(item.id));
    }
    return element;
  }

  function say(text) {
    byId("map-caption").textContent = text;
  }

  function map() {
    const canvas = byId("map");
    canvas.replaceChildren();
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const perByte = (width * height) / total;
    squarify(ordered, { x: 0, y: 0, w: width, h: height }, (group, box) => {
      const title = box.h > 34 && box.w > 60 ? 19 : 0;
      if (title) {
        canvas.append(place(make("div", { class: "group" }, group.name + " · " + bytes(group.value)),
          { x: box.x, y: box.y, w: box.w, h: title }, 1));
      }
      const large = group.items.filter((one) => one.size * perByte >= 40);
      const small = group.items.slice(large.length);
      const items = large.map((one) => ({ id: one.id, value: one.size }));
      if (small.length) {
        const value = small.reduce((sum, one) => sum + one.size, 0);
        items.push({ value, text: many(small.length, "smaller one", "smaller ones") + ", " + bytes(value) });
        items.sort((a, b) => b.value - a.value);
      }
      squarify(items, { x: box.x, y: box.y + title, w: box.w, h: box.h - title },
        (item, at) => canvas.append(tile(item, at, group.hue)));
    });
    say(bytes(total) + " in " + many(packages.filter((one) => one.size).length, "tarball", "tarballs") + ".");
  }

  function bar(list, name, value, note, hue) {
    byId(list).append(make("li", {}, make("span", {}, name), make("span", {}, note), meter(value / total, hue)));
  }

  function sizes() {
    if (!total) {
      return;
    }
    byId("sizes").hidden = false;
    map();
    let width = byId("map").clientWidth;
    new ResizeObserver(() => {
      if (byId("map").clientWidth !== width) {
        width = byId("map").clientWidth;
        map();
      }
    }).observe(byId("map"));
    ordered.forEach((group) => bar("platforms", group.name, group.value,
      bytes(group.value) + " · " + count(group.items.length), group.hue));
    SYSTEMS.forEach(([name, os, cpu]) => {
      const mine = packages.filter((one) => one.size && admits(one.os, os) && admits(one.cpu, cpu));
      const value = mine.reduce((sum, one) => sum + one.size, 0);
      bar("systems", name, value, bytes(value) + " · " + count(mine.length));
    });
  }

  const OUTCOMES = { prebuilt: "", compile: "good", download: "bad", "child-package": "", none: "none" };

  function evidence(addon) {
    const list = make("ul");
    addon.evidence.forEach((one) => list.append(make("li", {},
      make("b", {}, one.kind), " ", make("code", {}, one.source), " ", make("bdi", {}, one.detail))));
    Object.entries(addon.scripts).forEach(([name, script]) =>
      list.append(make("li", {}, make("b", {}, name), " ", make("code", {}, script))));
    if (addon.essential) {
      list.append(make("li", {}, make("b", {}, "essential"), " cannot work where there is no native part for a system"));
    }
    if (addon.libraries.length) {
      list.append(make("li", {}, "needs " + addon.libraries.join(", ")));
    }
    addon.binaries.forEach((file) => list.append(make("li", {}, make("code", {}, file))));
    return make("details", {}, make("summary", {}, many(list.children.length, "trace", "traces")), list);
  }

  function addons() {
    if (!data.addons.length) {
      return;
    }
    byId("addons").hidden = false;
    const names = ["Package", "How it arrives", ...SYSTEMS.map(([name]) => name), "How we know"];
    byId("addon-table").tHead.append(make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    // those that matter on one of these systems first
    const serves = (addon) => Object.values(addon.systems).filter((outcome) => outcome !== "none").length;
    const rows = [...data.addons].sort((a, b) => serves(b) - serves(a)).map((addon) => {
      const row = make("tr", {}, make("th", { scope: "row" }, ...named(addon.id)),
        make("td", {}, addon.kinds.join(", ")),
        ...SYSTEMS.map(([name]) => make("td", { "data-label": name },
          pill(addon.systems[name] || "none", OUTCOMES[addon.systems[name]] ?? "none"))),
        make("td", {}, evidence(addon)));
      return { row, text: JSON.stringify(addon).toLowerCase() };
    });
    byId("addon-table").tBodies[0].append(...rows.map(({ row }) => row));
    let most = ADDON_ROWS;
    const show = () => {
      const words = byId("addon-search").value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = rows.filter(({ text }) => words.every((word) => text.includes(word)));
      rows.forEach((one) => {
        one.row.hidden = !found.slice(0, most).includes(one);
      });
      byId("more-addons").hidden = found.length <= most;
      byId("more-addons").textContent = "Show all " + count(found.length);
    };
    byId("addon-search").addEventListener("input", show);
    byId("more-addons").addEventListener("click", () => {
      most = Infinity;
      show();
    });
    show();
  }

  function scripts() {
    if (!data.scripts.length) {
      return;
    }
    byId("scripts").hidden = false;
    const names = ["Whose", "Script", "What it runs", "Here"];
    byId("script-table").tHead.append(make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    byId("script-table").tBodies[0].append(...data.scripts.map((one) => make("tr", {},
      make("th", { scope: "row" }, ...(one.workspace ? [one.workspace === "." ? "the root" : one.workspace] : named(one.id))),
      make("td", { "data-label": "Script" }, one.name),
      make("td", {}, make("code", {}, one.text)),
      make("td", { "data-label": "Here" }, one.fate))));
  }

  function named(id) {
    const at = id.indexOf("@", 1);
    return at < 0 ? [id] : [id.slice(0, at), make("span", { class: "version" }, "@" + id.slice(at + 1))];
  }

  let licence;

  function licences() {
    if (!packages.length) {
      return;
    }
    byId("licences").hidden = false;
    const terms = new Map();
    packages.forEach((one) => terms.set(one.licence || "", (terms.get(one.licence || "") || 0) + 1));
    [...terms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).forEach(([term, n]) => {
      const chip = make("button", { class: "chip", type: "button", "aria-pressed": "false" },
        make("bdi", {}, term || "none declared"), " ", make("b", {}, count(n)));
      chip.addEventListener("click", () => {
        const on = chip.getAttribute("aria-pressed") !== "true";
        document.querySelectorAll("#licence-list .chip").forEach((other) => other.setAttribute("aria-pressed", "false"));
        chip.setAttribute("aria-pressed", String(on));
        licence = on ? term : undefined;
        list();
        byId("packages").scrollIntoView();
      });
      byId("licence-list").append(make("li", {}, chip));
    });
  }

  const RANK = ["unverified", "recorded", "computed", "own", "verified"];
  const COLUMNS = [
    ["Package", (one) => one.id],
    ["Hash", (one) => RANK.indexOf(one.hash) + (one.signature === "signed" ? 0.5 : 0)],
    ["Size", (one) => -(one.size || 0), "number"],
    ["Licence", (one) => (one.licence || "").toLowerCase()],
    ["Platforms", (one) => one.limits],
  ];
  let column = 0;
  let backwards = false;
  let shown = ROWS;

  function row(one) {
    const [tone, title] = HASHES[one.hash] || ["none", ""];
    const hash = make("td", {}, pill(one.hash, tone, title));
    if (one.signature) {
      hash.append(" ", pill(one.signature, SIGNATURES[one.signature]));
    }
    const sri = one.sri || "";
    hash.append(make("details", {}, make("summary", {}, sri.slice(0, sri.indexOf("-")) || "path"),
      make("code", {}, sri), make("br"), make("code", {}, one.url)));
    return make("tr", {}, make("th", { scope: "row" }, ...named(one.id)), hash,
      make("td", { class: "number" }, one.size === undefined ? "" : bytes(one.size)),
      make("td", {}, one.licence || ""), make("td", {}, one.limits));
  }

  function list() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const hash = byId("filter").value;
    const found = packages.filter((one) => words.every((word) => one.sought.includes(word))
      && (!hash || one.hash === hash || one.signature === hash)
      && (licence === undefined || (one.licence || "") === licence));
    const key = COLUMNS[column][1];
    const sign = backwards ? -1 : 1;
    found.sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      return sign * (left < right ? -1 : left > right ? 1 : 0) || (a.id < b.id ? -1 : 1);
    });
    byId("table").tBodies[0].replaceChildren(...found.slice(0, shown).map(row));
    byId("count").textContent = (found.length === packages.length ? "" : count(found.length) + " of ")
      + many(packages.length, "package", "packages") + ", "
      + bytes(found.reduce((sum, one) => sum + (one.size || 0), 0)) + ".";
    byId("more").hidden = found.length <= shown;
    byId("more").textContent = "Show all " + count(found.length);
    byId("table").tHead.querySelectorAll("th").forEach((cell, index) =>
      cell.setAttribute("aria-sort", index !== column ? "none" : backwards ? "descending" : "ascending"));
  }

  function find(text) {
    byId("search").value = text;
    list();
    byId("packages").scrollIntoView();
  }

  function table() {
    if (!packages.length) {
      return;
    }
    byId("packages").hidden = false;
    byId("table").tHead.append(make("tr", {}, ...COLUMNS.map(([name, , style], index) => {
      const button = make("button", { class: "sort", type: "button" }, name);
      button.addEventListener("click", () => {
        backwards = index === column && !backwards;
        column = index;
        list();
      });
      return make("th", { scope: "col", class: style, "aria-sort": "none" }, button);
    })));
    const states = [...new Set(packages.flatMap((one) => [one.hash, one.signature]).filter(Boolean))].sort();
    byId("filter").append(make("option", { value: "" }, "all"), ...states.map((state) => make("option", { value: state }, state)));
    byId("search").addEventListener("input", () => {
      shown = ROWS;
      list();
    });
    byId("filter").addEventListener("change", list);
    byId("more").addEventListener("click", () => {
      shown = Infinity;
      list();
    });
    list();
  }

  head();
  alarms();
  facts();
  changes();
  sizes();
  addons();
  scripts();
  licences();
  table();
})();

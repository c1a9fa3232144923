#!/usr/bin/env python3
"""Records what the addon scanner could see of published packages, so that a test can show it the same again.

usage: record.py [--registry URL] [--tarballs FOLDER] [--into FOLDER] [PACKAGE@VERSION ...]

Without packages: those of expected.txt beside this script.  Kept of each tarball: its sha512, the list of its files (path, size,
mode), package.json, what else is text and may tell (binding.gyp and what it includes, CMakeLists.txt, scripts that an installer
runs or others load, and what they require), and of native files the bytes that describe them: headers, and of ELF files the dynamic section with the
names it points to.  One gzipped JSON file per package, the same bytes whenever it is run.
"""
import argparse, base64, gzip, hashlib, io, json, os, re, struct, sys, tarfile, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT_LIMIT = 256 << 10
CODE_LIMIT = 64 << 10
SCRIPT = re.compile(r"(?i)(.*/)?(scripts?|install)/.*|.*(install|download|prebuil|setup|build|check|fetch|script|gyp|binding|select)[^/]*")
LIFECYCLE = ("preinstall", "install", "postinstall")


def expected():
    with open(os.path.join(HERE, "expected.txt"), encoding="utf-8") as lines:
        return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]


def fetch(registry, package):
    name, version = package.rsplit("@", 1)
    url = f"{registry}/{name}/-/{name.rsplit('/', 1)[-1]}-{version}.tgz"
    with urllib.request.urlopen(url, timeout=600) as answer:
        return answer.read()


def entries(tarball):
    """Path without the first folder, mode and content of each regular file; the last of equal paths."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for member in archive:
            path = member.name.lstrip("/").split("/", 1)
            if member.isfile() and len(path) == 2:
                content = archive.extractfile(member).read()
                found[os.path.normpath(path[1])] = (member.mode, content)
    return found


class Elf:
    """What an ELF file says about itself, as byte ranges of it."""

    def __init__(self, data):
        self.data, self.ranges = data, []
        self.wide, self.end = data[4] == 2, "<" if data[5] == 1 else ">"
        self.take(0, 64)
        head = self.unpack(0, "16xHHIQQQIHHHHHH" if self.wide else "16xHHIIIIIHHHHHH")
        offset, size, count = head[4], head[8], head[9]
        self.take(offset, size * count)
        self.loads, self.dynamic = [], None
        for at in range(offset, offset + size * count, size):
            if self.wide:
                kind, _, off, address, _, length = self.unpack(at, "IIQQQQ")
            else:
                kind, off, address, _, length = self.unpack(at, "IIIII")
            if kind == 1:
                self.loads.append((off, address, length))
            elif kind == 2:
                self.dynamic = (off, length)
            elif kind in (3, 4) and length <= 4096:
                self.take(off, length)
        if self.dynamic:
            self.read_dynamic()

    def unpack(self, at, form):
        return struct.unpack_from(self.end + form, self.data, at)

    def take(self, offset, length):
        self.ranges.append((offset, self.data[offset:offset + length]))

    def place(self, address):
        return next((off + address - start for off, start, length in self.loads if 0 <= address - start < length), None)

    def read_dynamic(self):
        offset, length = self.dynamic
        step, form = (16, "QQ") if self.wide else (8, "II")
        self.take(offset, length)
        tags, names = {}, []
        for at in range(offset, offset + length - step + 1, step):
            tag, value = self.unpack(at, form)
            if tag == 0:
                break
            if tag in (1, 14, 15, 29):
                names.append(value)
            tags.setdefault(tag, value)
        strings = self.place(tags.get(5, -1))
        if strings is None:
            return
        needs = self.place(tags.get(0x6FFFFFFE, -1))
        if needs is not None:
            names += self.versions(needs, tags.get(0x6FFFFFFF, 0))
        size = tags.get(10, 0)
        self.take(strings, 1)
        self.take(strings + size - 1, 1)
        for name in names:
            end = self.data.find(b"\0", strings + name)
            self.take(strings + name, end + 1 - strings - name)

    def versions(self, at, count):
        names = []
        for _ in range(count):
            _, entries, file, first, following = self.unpack(at, "HHIII")
            self.take(at, 16)
            names.append(file)
            one = at + first
            for _ in range(entries):
                self.take(one, 16)
                _, _, _, name, step = self.unpack(one, "IHHII")
                names.append(name)
                one += step
            at += following
        return names


def mach_o(data):
    ranges = [(0, data[:28])]
    parts = [0]
    if data[:4] in (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf"):
        count, = struct.unpack_from(">I", data, 4)
        if count > 16:
            return ranges
        ranges.append((0, data[:8 + 32 * count]))
        wide = data[3] == 0xBF
        parts = [struct.unpack_from(">8xQ" if wide else ">8xI", data, 8 + i * (32 if wide else 20))[0] for i in range(count)]
    for at in parts:
        end = "<" if data[at:at + 1] in (b"\xcf", b"\xce") else ">"
        size, = struct.unpack_from(end + "20xI", data, at)
        ranges.append((at, data[at:at + 32 + size]))
    return ranges


def pe(data):
    offset, = struct.unpack_from("<60xI", data)
    return [(0, data[:64]), (offset, data[offset:offset + 24])]


def native(data):
    try:
        if data[:4] == b"\x7fELF":
            return Elf(data).ranges
        if data[:4] in (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xfe\xed\xfa\xce"):
            return mach_o(data)
        if data[:2] == b"MZ":
            return pe(data)
    except struct.error:
        return [(0, data[:4096])]
    if data[:8] in (b"!<arch>\n", b"\0asm\x01\0\0\0"):
        return [(0, data[:8])]
    return []


def merged(ranges):
    """Sorted, and joined where they touch."""
    result = []
    for offset, content in sorted(ranges):
        if result and offset <= result[-1][0] + len(result[-1][1]):
            start, before = result[-1]
            result[-1] = (start, before[:offset - start] + content + before[offset - start + len(content):])
        elif content:
            result.append((offset, content))
    return [[offset, base64.b64encode(content).decode()] for offset, content in result]


def scripts(files):
    """Scripts that an installer may run, and what they require of the package itself."""
    try:
        commands = json.loads(files["package.json"][1].decode("utf-8-sig")).get("scripts", {})
    except (KeyError, ValueError):
        commands = {}
    text = " ".join(str(commands.get(name, "")) for name in LIFECYCLE)
    return loaded(files, re.findall(r"[\w@./-]+", text), (".js", ".cjs", ".mjs", "/index.js"))


def strings(value):
    """All strings in a value."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def entries_code(files):
    """What others load of the package, or start, and what that requires of the package itself."""
    try:
        manifest = json.loads(files["package.json"][1].decode("utf-8-sig"))
    except (KeyError, ValueError):
        return set()
    if not manifest.get("optionalDependencies") and not any(native(content) for _, content in files.values()):
        return set()
    exports = manifest.get("exports")
    exports = exports.get(".", exports) if isinstance(exports, dict) else exports
    start = [text for text in [manifest.get("main", "index.js"), *strings(exports), *strings(manifest.get("bin"))] if isinstance(text, str)]
    return loaded(files, start, (".js", ".cjs", ".mjs", ".ts", "/index.js", "/index.ts"), CODE_LIMIT)


def loaded(files, open_, endings, limit=TEXT_LIMIT):
    """The files at some paths, and what they require in turn."""
    found = set()
    while open_ and len(found) < 40:
        word = os.path.normpath(open_.pop())
        for ending in ("", *endings):
            path = word + ending
            if path in files and path not in found and not path.endswith(".d.ts") and len(files[path][1]) <= limit and b"\0" not in files[path][1]:
                found.add(path)
                code = files[path][1].decode("utf-8", "replace")
                for name in re.findall(r"(?:require\(|from|import)\s*['\"](\.{1,2}(?:/[^'\"]*)?)", code):
                    open_.append(os.path.join(os.path.dirname(path), name))
    return found


def texts(files):
    wanted = scripts(files) | entries_code(files)
    for path, (_, content) in files.items():
        is_script = re.fullmatch(r"(?i).*\.[cm]?js", path) and path.count("/") < 4 and SCRIPT.fullmatch(path)
        is_build = path.endswith((".gyp", ".gypi")) or os.path.basename(path) == "CMakeLists.txt"
        if path == "package.json" or ((is_script or is_build) and len(content) <= TEXT_LIMIT and not path.startswith("node_modules/")):
            wanted.add(path)
    return {path: files[path][1].decode("utf-8", "replace") for path in sorted(wanted) if path in files}


def record(package, tarball):
    files = entries(tarball)
    natives = {path: merged(native(content)) for path, (_, content) in sorted(files.items()) if native(content)}
    return {
        "package": package,
        "integrity": "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode(),
        "files": [[path, len(content), mode & 0o777] for path, (mode, content) in sorted(files.items())],
        "texts": texts(files),
        "natives": natives,
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--registry", default="https://registry.npmjs.org")
    arguments.add_argument("--tarballs", help="where to leave the tarballs, too")
    arguments.add_argument("--into", default=os.path.join(HERE, "facts"))
    arguments.add_argument("packages", nargs="*")
    options = arguments.parse_args()
    for package in options.packages or expected():
        name = package.replace("/", "+")
        target = os.path.join(options.into, name + ".json.gz")
        if os.path.exists(target):
            continue
        tarball = fetch(options.registry, package)
        if options.tarballs:
            with open(os.path.join(options.tarballs, name + ".tgz"), "wb") as out:
                out.write(tarball)
        text = json.dumps(record(package, tarball), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        with open(target + ".part", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
            out.write(text.encode())
        os.rename(target + ".part", target)
        print(f"{package}: {os.path.getsize(target)} bytes", flush=True)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Records which small changes of a package.json `bun install --frozen-lockfile` refuses.

usage: record.py BUN     the program of Bun 1.4.5

rows.json beside this script has the packages of a registry, some projects (each a list of states that are installed one after
the other, so that the last one keeps versions of those before) and, as rows, edits of the last state: a JSON merge patch for a
package.json, a text for another file, null for what is deleted.  Written are verdicts.txt and, of each project, the lockfiles
in both formats.  Where ocnix is known to differ, a row says so and why.
"""
import base64, gzip, hashlib, http.server, io, json, os, shutil, subprocess, sys, tarfile, tempfile, threading, urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
PORT = 48731
FORMATS = {"text": "bun.lock", "binary": "bun.lockb"}


def tarball(manifest):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        text = f"module.exports = '{manifest['name']}@{manifest['version']}';\n"
        for path, content in (("package.json", json.dumps(manifest)), ("index.js", text)):
            entry = tarfile.TarInfo("package/" + path)
            entry.size, entry.mtime = len(content.encode()), 499162500
            archive.addfile(entry, io.BytesIO(content.encode()))
    return gzip.compress(buffer.getvalue(), mtime=0)


class Registry(http.server.BaseHTTPRequestHandler):
    packages = {}

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        path = urllib.parse.unquote(self.path).strip("/")
        name, _, file = path.partition("/-/")
        versions = self.packages.get(name)
        if versions is None:
            self.answer(404, b"{}")
        elif file:
            version = file[len(name) + 1:-len(".tgz")]
            self.answer(200, tarball({"name": name, "version": version, **versions[version]}))
        else:
            found = {}
            for version, fields in versions.items():
                manifest = {"name": name, "version": version, **fields}
                digest = base64.b64encode(hashlib.sha512(tarball(manifest)).digest()).decode()
                url = f"http://127.0.0.1:{PORT}/{name}/-/{name}-{version}.tgz"
                found[version] = {**manifest, "dist": {"tarball": url, "integrity": "sha512-" + digest}}
            tags = {"latest": list(found)[-1]}
            self.answer(200, json.dumps({"name": name, "dist-tags": tags, "versions": found}).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def merge(value, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(value) if isinstance(value, dict) else {}
    for key, change in patch.items():
        if change is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), change)
    return merged


def write(folder, files):
    for path, content in files.items():
        file = os.path.join(folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as out:
            out.write(content if isinstance(content, str) else json.dumps(content, indent=2) + "\n")


def edited(files, edits):
    result = dict(files)
    for path, edit in edits.items():
        if edit is None:
            result = {p: c for p, c in result.items() if p != path and not p.startswith(path + "/")}
        else:
            result[path] = merge(result.get(path), edit) if isinstance(edit, dict) else edit
    return result


def main():
    bun = os.path.abspath(sys.argv[1])
    with open(os.path.join(HERE, "rows.json"), encoding="utf-8") as file:
        matrix = json.load(file)
    Registry.packages = matrix["packages"]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    scratch = tempfile.mkdtemp(prefix="ocnix-frozen-")
    home = os.path.join(scratch, "home")
    os.makedirs(home)

    def install(folder, *options):
        url = f"http://127.0.0.1:{PORT}/"
        environment = {"PATH": os.environ["PATH"], "HOME": home, "BUN_INSTALL_CACHE_DIR": home + "/cache", "CI": "",
                       "DO_NOT_TRACK": "1", "NPM_CONFIG_REGISTRY": url}
        command = [bun, "install", "--ignore-scripts", *options]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60).returncode

    lines = []
    for kind, name in FORMATS.items():
        for project, states in matrix["projects"].items():
            base = os.path.join(scratch, kind, project)
            for state in states:
                write(base, state)
                if kind == "binary":
                    write(base, {"bunfig.toml": "[install]\nsaveTextLockfile = false\n"})
                if install(base):
                    sys.exit(f"{project} cannot be installed")
            shutil.copy(os.path.join(base, name), os.path.join(HERE, f"{project}.{name}"))
            for row in (row for row in matrix["rows"] if row["project"] == project):
                folder = tempfile.mkdtemp(dir=scratch)
                write(folder, edited(states[-1], row["edits"]))
                shutil.copy(os.path.join(base, name), folder)
                verdict = "refuse" if install(folder, "--frozen-lockfile") else "accept"
                lines.append(f"{verdict} {kind} {project}: {row['name']}\n")
                shutil.rmtree(folder)
    with open(os.path.join(HERE, "verdicts.txt"), "w", encoding="utf-8") as out:
        out.writelines(lines)
    shutil.rmtree(scratch)


main()

"""A witness (C2SP tlog-witness) for the tests, made from the specification alone: standard library and openssl.

witness.py DIRECTORY LOG_KEY NAME PORT: makes its Ed25519 key in DIRECTORY, writes `vkey` and `url` there, and serves. What it does
besides its duty stands in DIRECTORY/mood (with a certificate in DIRECTORY/tls.pem it serves by https): `good`, `liar` (signs another text), `ahead` (says it has seen a longer log).
"""

import base64
import hashlib
import http.server
import pathlib
import ssl
import subprocess
import sys
import tempfile
import time

PREFIX = bytes.fromhex("302a300506032b6570032100")
home, log_key, name = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=False)


def with_files(*contents):
    folder = tempfile.TemporaryDirectory()
    paths = []
    for number, content in enumerate(contents):
        path = pathlib.Path(folder.name) / str(number)
        path.write_bytes(content)
        paths.append(str(path))
    return folder, paths


def sign(message):
    folder, [path] = with_files(message)
    with folder:
        return openssl("pkeyutl", "-sign", "-inkey", str(home / "key.pem"), "-rawin", "-in", path).stdout


def verifies(public, message, signature):
    folder, paths = with_files(PREFIX + public, message, signature)
    with folder:
        key = ["-pubin", "-keyform", "DER", "-inkey", paths[0]]
        return openssl("pkeyutl", "-verify", *key, "-rawin", "-in", paths[1], "-sigfile", paths[2]).returncode == 0


def key_id(of, kind, public):
    return hashlib.sha256(of.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest_power_below(size):
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def roots(old, size, proof, whole, old_root):
    """The old and the new root that a proof leads to, as RFC 6962 defines SUBPROOF, taken from its end."""
    if old == size:
        known = old_root if whole else proof.pop()
        return known, known
    middle, beside = largest_power_below(size), proof.pop()
    if old <= middle:
        older, newer = roots(old, middle, proof, whole, old_root)
        return older, node(newer, beside)
    older, newer = roots(old - middle, size - middle, proof, False, old_root)
    return node(beside, older), node(beside, newer)


def consistent(old, old_root, size, root, proof):
    if old == 0:
        return proof == []
    left = list(proof)
    try:
        found = roots(old, size, left, True, old_root)
    except IndexError:
        return False
    return found == (old_root, root) and left == []


class Desk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text="", kind="text/plain"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with (home / "requests").open("a") as log:
            log.write(body.split("\n")[0] + "\n")
        if self.path != "/w/add-checkpoint":
            return self.answer(404)
        mood = (home / "mood").read_text().strip()
        head, checkpoint = body.split("\n\n", 1)
        lines = head.split("\n")
        assert lines[0].startswith("old ") and len(lines) <= 64, lines
        old, proof = int(lines[0][4:]), [base64.b64decode(line, validate=True) for line in lines[1:]]
        text, signatures = checkpoint.split("\n\n", 1)
        text += "\n"
        origin, size, root = text.split("\n")[:3]
        size, root = int(size), base64.b64decode(root)
        known, public = log_key.split("+", 1)[0], base64.b64decode(log_key.split("+", 2)[2])[1:]
        if origin != known:
            return self.answer(404)
        good = False
        for line in signatures.splitlines():
            dash, who, signature = line.split(" ")
            signature = base64.b64decode(signature)
            if dash == "\u2014" and who == known and signature[:4] == key_id(known, 1, public):
                good = good or verifies(public, text.encode(), signature[4:])
        if not good:
            return self.answer(403)
        if old > size:
            return self.answer(400)
        seen = home / "seen"
        seen_size, seen_root = 0, b""
        if seen.exists():
            seen_size, seen_root = seen.read_text().split()
            seen_size, seen_root = int(seen_size), bytes.fromhex(seen_root)
        if mood == "ahead":
            return self.answer(409, f"{size + 7}\n", "text/x.tlog.size")
        if old != seen_size:
            return self.answer(409, f"{seen_size}\n", "text/x.tlog.size")
        if old == size and root != seen_root and old > 0:
            return self.answer(409)
        if not consistent(old, seen_root, size, root, proof):
            return self.answer(422)
        seen.write_text(f"{size} {root.hex()}")
        now = int(time.time())
        signed = text if mood == "good" else text.replace(origin, origin + "x")
        signature = sign(f"cosignature/v1\ntime {now}\n{signed}".encode())
        blob = key_id(name, 4, own) + now.to_bytes(8, "big") + signature
        self.answer(200, f"\u2014 {name} {base64.b64encode(blob).decode()}\n")


if not (home / "key.pem").exists():
    openssl("genpkey", "-algorithm", "ed25519", "-out", str(home / "key.pem"))
    (home / "mood").write_text("good")
own = openssl("pkey", "-in", str(home / "key.pem"), "-pubout", "-outform", "DER").stdout[len(PREFIX):]
encoded = base64.b64encode(b"\x04" + own).decode()
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[4])), Desk)
scheme = "http"
if (home / "tls.pem").exists():
    scheme, context = "https", ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / "tls.pem", home / "tls.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
(home / "vkey").write_text(f"{name}+{key_id(name, 4, own).hex()}+{encoded}\n")
(home / "url").write_text(f"{scheme}://127.0.0.1:{server.server_port}/w")
server.serve_forever()

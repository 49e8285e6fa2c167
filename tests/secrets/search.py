#!/usr/bin/env python3
"""search.py PROGRAM - no secret is where it must not be.

Each way to sign in is run against a server that takes it, and against one that sends every secret back in
every spelling.  Then each secret (as it is, as in a form or URL, as in JSON, and every part of 20 characters
of these) is searched for in

    stdout and stderr, with --debug        every file below the home and working directory
    az's arguments and environment         the memory that the program has given back (look_at_free.c)

Last, the search itself must find secrets that are put there.
"""
import base64
import http.server
import json
import os
import random
import shutil
import string
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PART = 20
PROGRAM = os.path.realpath(sys.argv[1])
dice = random.Random(14)  # the same secrets in each run, so that a failure comes again
failed = 0
searched = 0


def secret(name, alphabet, length=90):
    return name + "".join(dice.choice(alphabet) for _ in range(length))


TOKEN_LETTERS = string.ascii_letters + string.digits + "-._~+/"
SECRETS = {
    "access token": secret("eyJ0eXAi.", TOKEN_LETTERS),
    "client secret": secret("", string.ascii_letters + string.digits + "+/=~&%\"\\ ;{"),
    "federated token": secret("", TOKEN_LETTERS),
    "github request token": secret("", TOKEN_LETTERS),
    "github assertion": secret("", TOKEN_LETTERS),
    "refresh token": secret("", TOKEN_LETTERS + "!*"),
    "next refresh token": secret("", TOKEN_LETTERS + "!*"),
    "device code": secret("", TOKEN_LETTERS + "!*"),
    "az token": secret("", TOKEN_LETTERS),
    "pipelines token": secret("", TOKEN_LETTERS),
    "pipelines assertion": secret("", TOKEN_LETTERS),
    "identity header": secret("", string.ascii_letters + string.digits + "-"),
    "proxy password": secret("", string.ascii_letters + string.digits),
}


def make_key():
    """A key with its certificate; the key is a secret of several lines."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
                        "-keyout", "key", "-out", "certificate"], cwd=folder, check=True, capture_output=True)
        with open(folder + "/key", encoding="ascii") as key, open(folder + "/certificate", encoding="ascii") as other:
            text = key.read()
            return text, text + other.read()


KEY, PEM = make_key()
SECRETS["private key"] = KEY.splitlines()[5]


def spellings(text):
    quoted = urllib.parse.quote(text, safe="")
    return {text, quoted, quoted.lower() if quoted.lower() != text.lower() else quoted,
            urllib.parse.quote_plus(text), json.dumps(text)[1:-1], json.dumps(text)[1:-1].replace("/", "\\/"),
            "".join(f"\\u{ord(c):04x}" for c in text), base64.b64encode(text.encode()).decode()}


def parts(text):
    return {text} if len(text) < PART else {text[i:i + PART] for i in range(len(text) - PART + 1)}


PARTS = {name: {part for spelling in spellings(text) for part in parts(spelling)} for name, text in SECRETS.items()}


def find(place, text, allowed=()):
    """The names of the secrets that text has, as 'NAME in PLACE'."""
    global searched
    searched += 1
    there = {text[i:i + PART] for i in range(max(0, len(text) - PART) + 1)}
    for made in Server.assertions - set(SECRETS.values()) - {""}:
        # its first letters are the same in any assertion, and no secret
        if there & {part for spelling in spellings(made[30:]) for part in parts(spelling)}:
            return [f"an assertion in {place}"]
    return [f"{name} in {place}" for name, wanted in PARTS.items() if name not in allowed and there & wanted]


def echoes(text):
    """A sentence with the secret in it, long before, long after, cut, and in other spellings."""
    return " | ".join(("x" * 370 + text, "sent " + text + " and more", urllib.parse.quote(text, safe=""), text[7:60]))


class Server(http.server.BaseHTTPRequestHandler):
    """mode: 'take' accepts all; others refuse the sign-in ('token-...') or the API ('api-...') and echo."""
    protocol_version = "HTTP/1.1"
    mode = "take"
    assertions = set()  # what the program made of its key

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json", **headers):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def echo(self, what, sent):
        text = echoes(sent)
        escaped = "".join(f"\\u{ord(c):04x}" for c in text)
        if what == "json":
            self.answer(400, {"error": "invalid_client", "error_description": text, "message": text,
                              "error_codes": [0], "correlation_id": sent}, request_id=sent[:200])
        elif what == "escaped":
            self.answer(401, f'{{"error":{{"code":"Bad","message":"{escaped}"}},"error_description":"{escaped}"}}')
        elif what == "aadsts":
            self.answer(400, {"error": "invalid_client", "error_description":
                              f"AADSTS700213: No matching federated identity record found for presented assertion "
                              f"subject '{sent}'. Assertion subject '{text}'"})
        elif what == "plain":
            self.answer(403, text, "text/plain")
        elif what == "html":
            self.answer(502, f"<html><p>{text}</p></html>", "text/html")
        elif what == "redirect":
            self.answer(307, "", Location="https://evil.example/" + "y" * 150 + "?t=" + urllib.parse.quote(text))
        elif what == "broken":
            self.answer(200, '[{"id": "vm", "status": "' + sent)
        elif what == "link":
            self.answer(200, {"value": [], "@nextLink": "https://evil.example/?t=" + sent,
                              "nextLink": "https://evil.example/?t=" + sent})

    def do_POST(self):
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fields = dict(urllib.parse.parse_qsl(form))
        sent = " ".join(fields.get(name, "") for name in ("client_secret", "client_assertion", "refresh_token",
                                                          "device_code")).strip() or form
        self.assertions.add(fields.get("client_assertion", ""))
        if self.path.startswith("/pipelines"):
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if self.mode.startswith("token-"):
                self.echo(self.mode[6:], bearer)
            else:
                self.answer(200, {"oidcToken": SECRETS["pipelines assertion"]})
        elif self.path.endswith("/devicecode"):
            self.answer(200, {"device_code": SECRETS["device code"], "user_code": "ABC", "expires_in": 60,
                              "interval": 0, "verification_uri": "https://x.example", "message": "enter ABC"})
        elif self.mode.startswith("token-"):
            self.echo(self.mode[6:], sent)
        else:
            answer = {"token_type": "Bearer", "expires_in": 3600, "access_token": SECRETS["access token"]}
            if "refresh_token" in fields or "device_code" in fields:
                answer["refresh_token"] = SECRETS["next refresh token"]
            self.answer(200, answer)

    def do_GET(self):
        sent = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.path.startswith("/github"):
            if self.mode.startswith("token-"):
                self.echo(self.mode[6:], sent)
            else:
                self.answer(200, {"value": SECRETS["github assertion"]})
        elif self.path.startswith("/identity"):
            if self.mode.startswith("token-"):
                self.echo(self.mode[6:], self.headers.get("X-IDENTITY-HEADER", ""))
            else:
                self.answer(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": SECRETS["access token"]})
        elif self.mode.startswith("api-"):
            self.echo(self.mode[4:], sent)
        elif self.path.startswith("/api/publishers/contoso/offers"):
            self.answer(200, [{"id": "vm", "status": "neverPublished"}])
        elif self.path.startswith(("/rp/product-ingestion", "/v1.0/ingestion")):
            self.answer(200, {"value": []})
        else:
            self.answer(200, [{"id": "contoso"}])


AZ = """#!/bin/sh
{ echo "$0 $*"; tr '\\0' '\\n' < /proc/$$/environ; tr '\\0' '\\n' < /proc/$PPID/cmdline; } >> "$CHILDREN"
cat "$AZ_ANSWER"
"""


class Run:
    """One run in directories of its own."""

    def __init__(self, url, way, mode):
        self.name, self.way = f"{way} ({mode})", way
        Server.mode = mode
        self.root = tempfile.mkdtemp()
        self.given = set()  # files that held a secret before
        self.config = os.path.join(self.root, ".config", "offerstat")
        os.makedirs(self.config, 0o700)
        os.makedirs(os.path.join(self.root, "bin"))
        self.aside = tempfile.mkdtemp()  # not searched: what the test itself needs
        self.put("az", AZ, os.path.join(self.root, "bin"), 0o700)
        self.environment = {
            "PATH": os.path.join(self.root, "bin") + ":/usr/bin:/bin", "HOME": self.root, "LANG": "C.UTF-8",
            "OFFERSTAT_ENDPOINT": url, "OFFERSTAT_AUTHORITY": url, "AZURE_TENANT_ID": "tenant",
            "AZURE_CLIENT_ID": "client", "CHILDREN": self.aside + "/children", "AZ_ANSWER": self.aside + "/az",
            "OFFERSTAT_SECRETS": self.aside + "/secrets", "OFFERSTAT_SECRETS_REPORT": self.aside + "/report",
            "https_proxy": f"http://user:{SECRETS['proxy password']}@127.0.0.1:1",
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""), "LLVM_PROFILE_FILE": "/dev/null"}
        self.put("secrets", "".join(f"{spelling}\n" for text in SECRETS.values()
                                    for spelling in (text, urllib.parse.quote(text, safe="-_.~"))), self.aside)
        self.put("az", json.dumps({"accessToken": SECRETS["az token"], "expires_on": 4102444800}), self.aside)
        self.input = b""

    def put(self, name, text, folder=None, mode=0o600):
        path = os.path.join(folder or self.root, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        if folder is None or folder == self.config:
            self.given.add(path)
        return path

    def set_up(self, url):
        way, env = self.way, self.environment
        if way in ("token", "everything"):
            env["OFFERSTAT_TOKEN"] = SECRETS["access token"]
        if way == "token file":
            env["OFFERSTAT_TOKEN_FILE"] = self.put("token", SECRETS["access token"] + "\n")
        if way == "token on stdin":
            self.input = SECRETS["access token"].encode()
        if way in ("federated", "everything"):
            env["AZURE_FEDERATED_TOKEN_FILE"] = self.put("pod", SECRETS["federated token"])
        if way in ("github", "everything"):
            env["ACTIONS_ID_TOKEN_REQUEST_URL"] = url + "/github?x=1"
            env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = SECRETS["github request token"]
        if way in ("secret", "everything"):
            env["AZURE_CLIENT_SECRET"] = SECRETS["client secret"]
        if way == "certificate":
            env["AZURE_CLIENT_CERTIFICATE_PATH"] = self.put("both.pem", PEM)
        if way == "azure pipelines":
            env["SYSTEM_OIDCREQUESTURI"] = url + "/pipelines?x=1"
            env["SYSTEM_ACCESSTOKEN"] = SECRETS["pipelines token"]
            env["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = "connection"
        if way == "managed identity":
            env["IDENTITY_ENDPOINT"] = url + "/identity"
            env["IDENTITY_HEADER"] = SECRETS["identity header"]
        if way == "login":
            self.put("login.json", json.dumps({"tenant": "tenant", "client": "client",
                                               "refreshToken": SECRETS["refresh token"]}), self.config)

    def arguments(self):
        method = {"token": "token", "token file": "token", "token on stdin": "token", "federated": "federated",
                  "github": "federated", "certificate": "certificate", "secret": "secret", "login": "login", "az": "azure-cli",
                  "azure pipelines": "azure-pipelines", "managed identity": "managed-identity", "everything": "auto"}[self.way]
        options = ["--auth", method, "--debug", "-p", "contoso", "--retries", "0", "--har", "run.har"]
        return options + (["--token-file", "-"] if self.way == "token on stdin" else [])

    def execute(self, *arguments):
        result = subprocess.run([PROGRAM, *arguments], env=self.environment, cwd=self.root, input=self.input,
                                capture_output=True, timeout=60)
        return result.returncode, result.stdout.decode(errors="replace"), result.stderr.decode(errors="replace")

    def hits(self, code, out, err):
        found = find("stdout", out) + find("stderr", err)
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.join(folder, name)
                if path not in self.given:
                    with open(path, encoding="utf-8", errors="replace") as file:
                        # a login is kept in its own file, for its owner alone
                        login = ("refresh token", "next refresh token") if name == "login.json" else ()
                        found += find(path, file.read(), login)
                elif name == "login.json":
                    with open(path, encoding="utf-8") as file:
                        found += find(path, file.read(), ("refresh token", "next refresh token"))
        if os.path.exists(self.aside + "/children"):
            with open(self.aside + "/children", encoding="utf-8", errors="replace") as file:
                found += find("a child's arguments and environment", file.read(), ("proxy password",))
        # A secret that the service puts into its data is data: it is read, printed and given back as such.
        if os.path.exists(self.aside + "/report") and Server.mode not in ("api-broken", "api-link"):
            with open(self.aside + "/report", encoding="utf-8") as file:
                found += sorted({"given back: " + line.strip() for line in file})
        if code in (70, 134, 139) or code < 0:
            found.append(f"it ended with {code}")
        return found

    def end(self):
        shutil.rmtree(self.root)
        shutil.rmtree(self.aside)


def callers(line):
    """The program's own functions among the addresses of a report's line."""
    addresses = [word for word in line.split() if word.startswith("0x") and len(word) < 10]
    names = subprocess.run(["addr2line", "-f", "-e", PROGRAM, *addresses], capture_output=True, text=True).stdout
    return " < ".join(names.split("\n")[0::2][1:7])


def main():
    global failed
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    ways = ("token", "token file", "token on stdin", "federated", "github", "azure pipelines", "certificate", "secret",
            "managed identity", "login", "az", "everything")
    modes = ["take"]
    modes += [f"token-{what}" for what in ("json", "escaped", "aadsts", "plain", "redirect")]
    modes += [f"api-{what}" for what in ("json", "escaped", "plain", "html", "redirect", "broken")]
    runs = 0
    for way in ways:
        for mode in modes:
            if mode.startswith("token-") and way in ("token", "token file", "token on stdin", "az", "everything"):
                continue
            for command in (["list", "-o", "json", "--record"], ["auth", "status", "--check"]):
                run = Run(url, way, mode)
                run.set_up(url)
                code, out, err = run.execute(*command, *run.arguments())
                if mode == "take" and code != 0:
                    failed += 1
                    print(f"FAILED {run.name}: {' '.join(command)}: exit {code}: {err}")
                runs += 1
                for hit in run.hits(code, out, err):
                    failed += 1
                    print(f"FAILED {run.name}: {' '.join(command)}: {hit[:60]} {callers(hit)}")
                run.end()
    # a login from its beginning, and a raw request whose link leads away
    for arguments, mode in ((["auth", "login", "--api", "graph"], "take"), (["auth", "login", "--api", "graph"], "token-json"),
                            (["api", "publishers", "--paginate"], "api-link")):
        run = Run(url, "token", mode)
        if arguments[0] == "api":
            run.set_up(url)
        code, out, err = run.execute(*arguments, "--debug")
        runs += 1
        # what the service answers to `api` is the result itself
        for hit in run.hits(code, "" if arguments[0] == "api" else out, err):
            failed += 1
            print(f"FAILED {' '.join(arguments)} ({mode}): {hit[:120]} {callers(hit)}")
        run.end()
    print(f"{runs} runs, {searched} places, {len(PARTS)} secrets, {sum(map(len, PARTS.values()))} parts: {failed} hits")
    planted(url)
    return failed != 0


def planted(url):
    """The search finds what is there: `auth token` prints one, and what is put into each place is found."""
    global failed
    run = Run(url, "secret", "take")
    run.set_up(url)
    code, out, err = run.execute("auth", "token", "--auth", "secret")
    found = find("stdout", out)
    name, text = "client secret", SECRETS["client secret"]
    for spelling in sorted(spellings(text)):
        found += find("stderr", "a part: " + spelling[3:3 + PART])
    run.given.clear()
    run.put("kept", "x" + text[30:30 + PART] + "x", os.path.join(run.root, "bin"))
    found += [hit for hit in run.hits(0, "", "") if "kept" in hit]
    run.end()
    # what the service puts into its data is given back as data, and so is there for look_at_free.c to find
    run = Run(url, "token", "api-link")
    run.set_up(url)
    run.execute("api", "publishers", "--paginate")
    if os.path.exists(run.aside + "/report"):
        found.append("given back")
    expected = 1 + len(spellings(text)) + 1 + 1
    if code != 0 or len(found) != expected:
        failed += 1
        print(f"FAILED planted: exit {code}, {len(found)} of {expected} were found: {found}")
    print(f"planted: {len(found)} of {expected} found")
    run.end()


sys.exit(main())

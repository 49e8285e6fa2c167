#!/usr/bin/env python3
"""proxy.py PROGRAM - proxies that refuse, and variables that name none.

A proxy that refuses is asked once, since one that is asked again and again locks the account, and the
message says "proxy".  A variable that is no proxy is 2 before anything is sent.  No password, no token, and
no part of them, is shown.
"""
import os
import socket
import subprocess
import sys
import threading

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJzb21lb25lIn0.Qz7xK2mN8pR4tV6w"
WORD = "hunter2-of-the-proxy"
failed = 0


class Proxy:
    """Answers every CONNECT with one status line, and counts them."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0
        self.seen = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(4096)
                    if not piece:
                        break
                    head += piece
                self.asked += 1
                self.seen += head
                connection.sendall(f"HTTP/1.1 {self.answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def run(variables, *options):
    names = ("HOME", "PATH", "LANG", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment.update(variables, OFFERSTAT_TOKEN=TOKEN, OFFERSTAT_CONFIG="/dev/null")
    return subprocess.run([sys.argv[1], "list", "-p", "contoso", "--debug", "-o", "json", *options],
                          env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def check(name, result, code, told, extra=()):
    global failed
    everything = result.stdout + result.stderr
    wrong = []
    if result.returncode != code:
        wrong.append(f"exit {result.returncode} instead of {code}")
    if code == 2 and result.stdout:
        wrong.append("a usage error prints nothing on stdout")
    for word in told:
        if word not in result.stderr:
            wrong.append(f'"{word}" is not told')
    for secret in (WORD, TOKEN, *extra):
        parts = [secret] if len(secret) < 20 else [secret[i:i + 20] for i in range(len(secret) - 19)]
        wrong += [f"shown: {part}" for part in parts if part in everything]
    if wrong:
        failed += 1
        print(f"FAILED {name}: {'; '.join(wrong)}\n{everything}")
    else:
        print(f"{name}: {result.stderr.splitlines()[-1]}")


ENDPOINT = ("--endpoint", "https://portal.example")
for status, told in (("407 Proxy Authentication Required", "requires a user"), ("403 Forbidden", "portal.example")):
    proxy = Proxy(status)
    result = run({"https_proxy": f"http://user:{WORD}@127.0.0.1:{proxy.port}"}, *ENDPOINT)
    check(status, result, 5, ["proxy of https_proxy", told, status[:3]])
    if proxy.asked != 1:
        failed += 1
        print(f"FAILED {status}: asked {proxy.asked} times")
    if TOKEN.encode() in proxy.seen:
        failed += 1
        print(f"FAILED {status}: the proxy got the token")

proxy = Proxy("503 Service Unavailable")
result = run({"HTTPS_PROXY": f"127.0.0.1:{proxy.port}"}, *ENDPOINT, "--retries", "1")
check("503", result, 5, ["proxy of HTTPS_PROXY", "503", "2 tries"])
if proxy.asked != 2:
    failed += 1
    print(f"FAILED 503: asked {proxy.asked} times instead of 2")

# Port 1 on loopback: there is no proxy.
check("no such proxy", run({"https_proxy": f"http://user:{WORD}@127.0.0.1:1"}, *ENDPOINT, "--retries", "0"), 5,
      ["https_proxy", "portal.example"])

for value in (f"http://user:{WORD}#x@127.0.0.1:1", f"http://user:{WORD}/x@127.0.0.1:1", f"http://user:{WORD}?@h:1",
              f"http://u:{WORD}@x@127.0.0.1:1", f"http://user:{WORD}@127.0.0.1:99999", f"http://user:{WORD}@h:port",
              f"gopher://user:{WORD}@127.0.0.1:1"):
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        check(f"{name} that is none", run({name: value}, *ENDPOINT), 2, [name])
sys.exit(failed != 0)

#!/usr/bin/env python3
"""http2.py BUILD - an HTTP/2 server whose first answer ends early: it is read again, as any cut answer.

Real frames over real TLS, by hand, since a library of HTTP/2 would not do this.  HTTP/2 needs no length of the body,
and for a stream that is reset without an error libcurl 7.88 says that all went well."""
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading

BODY = b'[{"id": "a", "status": "neverPublished"},\n {"id": "b", "status": "neverPublished"}]'
DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
ENDS = {  # what comes after half of the body
    "reset_without_error": lambda stream: frame(RST_STREAM, 0, stream, struct.pack(">I", 0)),
    "reset_with_an_error": lambda stream: frame(RST_STREAM, 0, stream, struct.pack(">I", 2)),
    "marked_as_the_end": lambda stream: frame(DATA, 1, stream, b""),
    "connection_closed": lambda stream: None,
    "connection_going_away": lambda stream: frame(GOAWAY, 0, 0, struct.pack(">II", stream, 0)),
}


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def exactly(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


class Server:
    """Answers the first request in the given way and all others whole."""

    def __init__(self, context, end):
        self.context, self.end, self.requests = context, end, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            plain, _ = self.socket.accept()
            try:
                with self.context.wrap_socket(plain, server_side=True) as connection:
                    self.talk(connection)
            except (ConnectionError, ssl.SSLError):
                pass

    def talk(self, connection):
        exactly(connection, 24)  # the client's preface
        connection.sendall(frame(SETTINGS, 0, 0, b""))
        while True:
            head = exactly(connection, 9)
            kind, flags, stream = head[3], head[4], struct.unpack(">I", head[5:])[0]
            exactly(connection, int.from_bytes(head[:3], "big"))
            if kind == SETTINGS and not flags & 1:
                connection.sendall(frame(SETTINGS, 1, 0, b""))
            if kind != HEADERS:
                continue
            self.requests += 1
            connection.sendall(frame(HEADERS, 4, stream, b"\x88"))  # :status 200
            if self.requests > 1:
                connection.sendall(frame(DATA, 1, stream, BODY))
                continue
            connection.sendall(frame(DATA, 0, stream, BODY[:50]))
            last = ENDS[self.end](stream)
            if last is not None:
                connection.sendall(last)
            if self.end.startswith("connection"):
                connection.unwrap()
                return


def main():
    build = os.path.abspath(sys.argv[1])
    work = tempfile.TemporaryDirectory()
    pem = os.path.join(work.name, "server.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem, "-out", pem + ".crt",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True,
                   stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem + ".crt", pem)
    context.set_alpn_protocols(["h2"])
    failed = False
    for end in ENDS:
        server = Server(context, end)
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("OFFERSTAT_", "AZURE_"))}
        environment.update(OFFERSTAT_TOKEN="hostile-token", SSL_CERT_FILE=pem + ".crt", HOME=work.name)
        ran = subprocess.run([f"{build}/offerstat", "list", "-p", "contoso", "--api", "cpp", "-o", "name", "--debug",
                              "--endpoint", f"https://127.0.0.1:{server.port}"], env=environment, text=True,
                             capture_output=True, timeout=60)
        right = ran.returncode == 0 and ran.stdout == "a\nb\n" and server.requests == 2
        failed = failed or not right
        print(f"{'ok' if right else 'FAILED'} {end}: exit {ran.returncode}, {server.requests} requests: "
              f"{' '.join((ran.stdout + ran.stderr).split())}")
    sys.exit(failed)


main()

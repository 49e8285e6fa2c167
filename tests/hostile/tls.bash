#!/usr/bin/env bash
# tls.bash BUILD - a real TLS server with good and bad certificates: only the good one gets the token.
set -u
build=$1
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill $server; rm -rf "$work"' EXIT
cd "$work" || exit 99
failed=0
unset OFFERSTAT_PUBLISHER SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE
export OFFERSTAT_TOKEN=TOPSECRET-tls

cat > ca.cnf << 'CNF'
[ca]
default_ca = local
[local]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
CNF
: > index.txt
echo 01 > serial
key() { openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -subj "/CN=$1" "${@:2}" 2> /dev/null; }
key ca -x509 -days 30 -out ca.pem
# issue NAME SUBJECT-ALT-NAME [OPTIONS]: a certificate by our own authority
issue() {
    key "$1" -addext "subjectAltName=$2" -out "$1.csr" &&
        openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" "${@:3}" 2> /dev/null
}
issue good IP:127.0.0.1 -days 30
issue wrong_name DNS:example.com -days 30
issue expired IP:127.0.0.1 -startdate 20200101000000Z -enddate 20210101000000Z
key self_signed -x509 -days 30 -addext subjectAltName=IP:127.0.0.1 -out self_signed.pem

mkdir -p root/api/publishers/contoso
printf 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[{"id": "vm", "status": "neverPublished"}]' \
    > 'root/api/publishers/contoso/offers?api-version=2017-10-31'

# try CERTIFICATE EXIT PART-OF-MESSAGE
try() {
    (cd root && exec openssl s_server -accept 127.0.0.1:0 -cert "../$1.pem" -key "../$1.key" -HTTP) > log 2>&1 < /dev/null &
    server=$!
    for _ in $(seq 200); do
        port=$(sed -n 's/^ACCEPT .*:\([0-9]*\).*/\1/p' log | head -1)
        [ -z "$port" ] || break
        sleep 0.05
    done
    env "${trust[@]}" "$build/offerstat" \
        list --quick -p contoso --endpoint "https://127.0.0.1:$port" --retries 0 -o name > out 2> err
    code=$?
    kill $server
    wait $server 2> /dev/null
    server=
    echo "$1: exit $code: $(cat out err)"
    [ $code = "$2" ] && grep -q -- "$3" out err || { echo "FAILED $1: expected $2 and \"$3\""; failed=1; }
    ! grep -q TOPSECRET out err log || { echo "FAILED $1: the token is out"; failed=1; }
}
trust=(SSL_CERT_FILE="$work/ca.pem")
try good 0 vm
try wrong_name 5 'certificate'
try expired 5 'expired'
try self_signed 5 'self-signed'

# The machine's own authorities, with a directory of ours in place of /etc/ssl/certs.  They stand in a bundle and,
# by their names, beside it; the latter are looked at first, but a certificate may be in one of the two alone.
with_store() { trust=(unshare -rm sh -c 'mount --bind "$0" /etc/ssl/certs && exec "$@"' "$work/$1"); }
mkdir bundle directory
cp ca.pem bundle/ca-certificates.crt
cp ca.pem "directory/$(openssl x509 -hash -noout -in ca.pem).0"
if ! unshare -rm mount --bind bundle /etc/ssl/certs 2> /dev/null; then
    echo "the machine's own authorities: not tried, /etc/ssl/certs cannot be mounted over here"
    exit $failed
fi
for store in bundle directory; do
    with_store $store
    try good 0 vm
    try wrong_name 5 'subject'
    try expired 5 'expired'
    try self_signed 5 'certificate'
done

# A server that is slow to begin, and does not go on with the second connection: both are one request's time.
with_store bundle
cat > slow.py << 'SLOW'
import socket, ssl, time

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("good.pem", "good.key")
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
first = server.accept()[0]
time.sleep(1)
try:
    context.wrap_socket(first, server_side=True)
except ssl.SSLError:
    pass
second = server.accept()[0]
began = time.monotonic()
second.settimeout(10)
while second.recv(4096):
    pass
print("held for", time.monotonic() - began, flush=True)
SLOW
for limit in connect request; do
    rm -f held
    python3 slow.py > held < /dev/null &
    server=$!
    until [ -s held ]; do sleep 0.05; done
    env "${trust[@]}" "$build/offerstat" list --quick -p contoso --endpoint "https://127.0.0.1:$(head -1 held)" \
        --$limit-timeout 3s --retries 0 > out 2> err
    code=$?
    wait $server
    server=
    echo "slow, --$limit-timeout: exit $code: $(tail -1 held): $(cat err)"
    [ $code = 5 ] && grep -q 'within 3 s' err && awk 'NR == 2 { exit !($3 < 2.5) }' held ||
        { echo "FAILED slow, --$limit-timeout"; failed=1; }
done
exit $failed

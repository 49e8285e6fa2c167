/* hostile.c - a server that means no good, wrapped around one command.
 *
 * hostile CASE REPORT COMMAND...: serve CASE on loopback, run COMMAND against it with a token, and
 * write "exit seconds megabytes spied" to REPORT.  Raw sockets, since an HTTP library is too
 * polite. Every proxy variable and every redirect leads to a spy: a second listener, which counts
 * whoever comes. */
#define _DEFAULT_SOURCE /* wait4 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
#define OFFER "{\"id\":\"vm\",\"status\":\"neverPublished\"}"
#define MIB ((size_t)1024 * 1024)

static unsigned spy_port;
static int spied, requests;

struct hostile_case {
    const char *name;
    void (*answer)(int fd);
};

/* False once the other side has gone. */
static bool put(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        data += sent;
        len -= (size_t)sent;
    }
    return true;
}

static bool say(int fd, const char *text)
{
    return put(fd, text, strlen(text));
}

static void answer_with(int fd, const char *body)
{
    (void)(say(fd, OK_HEAD "\r\n") && say(fd, body));
}

static void repeat(int fd, const char *text, size_t total)
{
    char block[65536];
    size_t len = strlen(text), filled = 0;

    while (filled + len <= sizeof(block)) {
        memcpy(block + filled, text, len);
        filled += len;
    }
    for (size_t sent = 0; sent < total && put(fd, block, filled); sent += filled) {
    }
}

static void length_too_short(int fd)
{
    (void)(say(fd, OK_HEAD "Content-Length: 10\r\n\r\n") && say(fd, "[" OFFER "]"));
}

static void length_too_long(int fd)
{
    (void)(say(fd, OK_HEAD "Content-Length: 5000\r\n\r\n") && say(fd, "[" OFFER "]"));
}

static void length_no_number(int fd)
{
    (void)(say(fd, OK_HEAD "Content-Length: minus one\r\n\r\n") && say(fd, "[" OFFER "]"));
}

static void chunks_cut(int fd)
{
    say(fd, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n[" OFFER);
}

static void head_cut(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le");
}

static void head_cut_once(int fd)
{
    if (requests < 2) {
        head_cut(fd);
    } else {
        answer_with(fd, "[" OFFER "]");
    }
}

static void chunks_no_number(int fd)
{
    say(fd, OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n[" OFFER "]\r\n0\r\n\r\n");
}

static void no_http(int fd)
{
    say(fd, "SSH-2.0-OpenSSH_9.2\r\n");
}

static void no_answer(int fd)
{
    (void)fd;
    sleep(600);
}

/* An average over the last seconds would see no stall for a while. */
static void burst_and_stall(int fd)
{
    say(fd, OK_HEAD "\r\n[" OFFER);
    for (int second = 0; second < 2; second++) {
        repeat(fd, "," OFFER, MIB);
        sleep(1);
    }
    sleep(600);
}

static void dribble(int fd)
{
    say(fd, OK_HEAD "\r\n[");
    while (say(fd, " ")) {
        sleep(1);
    }
}

static void reset_in_body(int fd)
{
    const struct linger now = { 1, 0 };

    say(fd, OK_HEAD "Content-Length: 5000\r\n\r\n[" OFFER ",");
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void endless_blanks(int fd)
{
    say(fd, OK_HEAD "\r\n[");
    repeat(fd, " ", 4096 * MIB);
}

static void endless_elements(int fd)
{
    say(fd, OK_HEAD "\r\n[");
    repeat(fd, OFFER ",", 4096 * MIB);
}

static void endless_members(int fd)
{
    say(fd, OK_HEAD "\r\n[{");
    repeat(fd, "\"a\":1,", 4096 * MIB);
}

static void endless_head(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\n");
    repeat(fd, "X-A: b\r\n", 4096 * MIB);
}

/* Blanks compressed on the way out, 2 GiB of them. */
static void gzip_bomb(int fd)
{
    static char blanks[65536];
    char out[65536];
    z_stream z = { 0 };
    size_t left = 2048 * MIB / sizeof(blanks);

    memset(blanks, ' ', sizeof(blanks));
    say(fd, OK_HEAD "Content-Encoding: gzip\r\n\r\n");
    if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return;
    }
    for (bool open = true; open && left > 0; left--) {
        z.next_in = (Bytef *)blanks;
        z.avail_in = sizeof(blanks);
        do {
            z.next_out = (Bytef *)out;
            z.avail_out = sizeof(out);
            deflate(&z, left == 1 ? Z_FINISH : Z_NO_FLUSH);
            open = open && put(fd, out, sizeof(out) - z.avail_out);
        } while (open && z.avail_out == 0);
    }
    deflateEnd(&z);
}

static void gzip_broken(int fd)
{
    say(fd, OK_HEAD "Content-Encoding: gzip\r\n\r\nthis is not compressed at all");
}

static void two_million_brackets(int fd)
{
    say(fd, OK_HEAD "\r\n");
    repeat(fd, "[", 2 * 1000 * 1000);
}

static void string_of_64_mib(int fd)
{
    say(fd, OK_HEAD "\r\n[{\"id\":\"");
    repeat(fd, "x", 64 * MIB);
    say(fd, "\"}]");
}

static void key_of_64_mib(int fd)
{
    say(fd, OK_HEAD "\r\n[{\"");
    repeat(fd, "x", 64 * MIB);
    say(fd, "\":1}]");
}

static void number_of_64_mib(int fd)
{
    say(fd, OK_HEAD "\r\n[{\"version\":");
    repeat(fd, "1", 64 * MIB);
    say(fd, "}]");
}

static void headers_of_3_mib(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 400; i++) {
        say(fd, "X-Filler: ");
        repeat(fd, "abcdefgh", 8000);
        say(fd, "\r\n");
    }
    say(fd, "Connection: close\r\n\r\n[]");
}

static void header_line_of_200_kb(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\nX-Filler: ");
    repeat(fd, "a", 200000);
    say(fd, "\r\nConnection: close\r\n\r\n[]");
}

static void invalid_utf8(int fd)
{
    answer_with(fd, "[{\"id\":\"a\xFF\xC0\xAF\",\"status\":\"neverPublished\"}]");
}

static void escaped_nul(int fd)
{
    answer_with(fd, "[{\"id\":\"a\\u0000b\",\"status\":\"neverPublished\"}]");
}

static void raw_nul(int fd)
{
    static const char body[] = "[{\"id\":\"a\0b\",\"status\":\"neverPublished\"}]";

    (void)(say(fd, OK_HEAD "\r\n") && put(fd, body, sizeof(body) - 1));
}

static void lone_surrogate(int fd)
{
    answer_with(fd, "[{\"id\":\"a\\ud800b\",\"status\":\"neverPublished\"}]");
}

static void terminal_escapes(int fd)
{
    answer_with(fd, "[{\"id\":\"a\\u001b[2J\\u001b]0;x\\u0007\",\"status\":\"neverPublished\"}]");
}

static void redirect_to(int fd, unsigned status, const char *host)
{
    char text[256];

    snprintf(text, sizeof(text),
             "HTTP/1.1 %u Moved\r\nLocation: http://%s:%u/api\r\nContent-Length: 0\r\n"
             "Connection: close\r\n\r\n",
             status, host, spy_port);
    say(fd, text);
}

static void redirect_elsewhere(int fd)
{
    redirect_to(fd, 302, "127.0.0.1");
}

static void redirect_to_a_name(int fd)
{
    redirect_to(fd, 307, "localhost");
}

static void redirect_with_user(int fd)
{
    redirect_to(fd, 308, "user:password@127.0.0.1");
}

static void redirect_to_a_file(int fd)
{
    say(fd, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n");
}

static void redirect_in_a_circle(int fd)
{
    say(fd, "HTTP/1.1 302 Found\r\nLocation: /api/publishers/contoso/offers\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n");
}

static void unavailable(int fd, const char *retry_after)
{
    char text[256];

    snprintf(text, sizeof(text),
             "HTTP/1.1 503 Busy\r\n%s%sContent-Length: 0\r\nConnection: close\r\n\r\n", retry_after,
             *retry_after != '\0' ? "\r\n" : "");
    say(fd, text);
}

static void storm_of_503(int fd)
{
    unavailable(fd, "");
}

static void storm_of_503_at_once(int fd)
{
    unavailable(fd, "Retry-After: 0");
}

static void retry_after_a_year(int fd)
{
    unavailable(fd, "Retry-After: 31536000");
}

static void retry_after_nonsense(int fd)
{
    unavailable(fd, "Retry-After: -99999999999999999999");
}

static void retry_after_in_the_past(int fd)
{
    unavailable(fd, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT");
}

/* Twice 503 with a date in the past, then the list: the retry comes at once and succeeds. */
static void recovers_after_two(int fd)
{
    if (requests <= 2) {
        retry_after_in_the_past(fd);
    } else {
        answer_with(fd, "[" OFFER "]");
    }
}

static void switching_protocols(int fd)
{
    say(fd, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
}

static void continues_for_ever(int fd)
{
    repeat(fd, "HTTP/1.1 100 Continue\r\n\r\n", 4096 * MIB);
}

static void no_content(int fd)
{
    say(fd, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

/* Pages of the ingestion API: what comes after the first of them. */
static void page(int fd, const char *link)
{
    (void)(say(fd, OK_HEAD "\r\n{\"nextLink\":\"") && say(fd, link) && say(fd, "\",\"value\":[]}"));
}

static void page_elsewhere(int fd)
{
    char link[128];

    snprintf(link, sizeof(link), "http://127.0.0.1:%u/v1.0/ingestion/products", spy_port);
    page(fd, link);
}

static void page_again(int fd)
{
    page(fd, "v1.0/ingestion/products");
}

static void page_after_page(int fd)
{
    char link[128];

    snprintf(link, sizeof(link), "v1.0/ingestion/products?$skipToken=%d", requests);
    page(fd, link);
}

static void page_link_of_2_mib(int fd)
{
    say(fd, OK_HEAD "\r\n{\"nextLink\":\"v1.0/ingestion/products?$skipToken=");
    repeat(fd, "x", 2 * MIB);
    say(fd, "\",\"value\":[]}");
}

static void page_with_two_lists(int fd)
{
    answer_with(fd, "{\"value\":[],\"value\":[7]}");
}

static void page_of_deep_members(int fd)
{
    say(fd, OK_HEAD "\r\n{\"value\":[],\"more\":");
    repeat(fd, "[", MIB);
}

static void page_without_end(int fd)
{
    say(fd, OK_HEAD "\r\n{\"value\":[");
    repeat(fd, "{\"resourceType\":\"AzureContainer\",\"name\":\"n\"},", 4096 * MIB);
}

static void good(int fd)
{
    answer_with(fd, "[" OFFER "]");
}

#define CASE(name)                                                                                 \
    {                                                                                              \
#name, name                                                                                \
    }
static const struct hostile_case cases[] = {
    CASE(good),
    CASE(length_too_short),
    CASE(length_too_long),
    CASE(length_no_number),
    CASE(chunks_cut),
    CASE(head_cut),
    CASE(head_cut_once),
    CASE(chunks_no_number),
    CASE(no_http),
    CASE(no_answer),
    CASE(burst_and_stall),
    CASE(dribble),
    CASE(reset_in_body),
    CASE(endless_blanks),
    CASE(endless_elements),
    CASE(endless_members),
    CASE(endless_head),
    CASE(gzip_bomb),
    CASE(gzip_broken),
    CASE(two_million_brackets),
    CASE(string_of_64_mib),
    CASE(key_of_64_mib),
    CASE(number_of_64_mib),
    CASE(headers_of_3_mib),
    CASE(header_line_of_200_kb),
    CASE(invalid_utf8),
    CASE(escaped_nul),
    CASE(raw_nul),
    CASE(lone_surrogate),
    CASE(terminal_escapes),
    CASE(redirect_elsewhere),
    CASE(redirect_to_a_name),
    CASE(redirect_with_user),
    CASE(redirect_to_a_file),
    CASE(redirect_in_a_circle),
    CASE(storm_of_503),
    CASE(storm_of_503_at_once),
    CASE(retry_after_a_year),
    CASE(retry_after_nonsense),
    CASE(retry_after_in_the_past),
    CASE(recovers_after_two),
    CASE(switching_protocols),
    CASE(continues_for_ever),
    CASE(no_content),
    CASE(page_elsewhere),
    CASE(page_again),
    CASE(page_after_page),
    CASE(page_link_of_2_mib),
    CASE(page_with_two_lists),
    CASE(page_of_deep_members),
    CASE(page_without_end),
};

static int open_listener(unsigned *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, 64) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        perror("hostile");
        exit(99);
    }
    *port = ntohs(address.sin_port);
    return fd;
}

struct server {
    int listener;
    const struct hostile_case *which; /* NULL: the spy */
};

struct visit {
    int fd;
    const struct hostile_case *which;
};

/* Read to the end of the request's headers, answer, close. */
static void *serve(void *user)
{
    struct visit visit = *(struct visit *)user;
    char request[65536];
    size_t len = 0;
    ssize_t got;

    free(user);
    while (len + 1 < sizeof(request) &&
           (got = recv(visit.fd, request + len, sizeof(request) - 1 - len, 0)) > 0) {
        len += (size_t)got;
        request[len] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL) {
            __atomic_add_fetch(&requests, 1, __ATOMIC_SEQ_CST);
            visit.which->answer(visit.fd);
            shutdown(visit.fd, SHUT_WR);
            break;
        }
    }
    close(visit.fd);
    return NULL;
}

static void *accept_all(void *user)
{
    const struct server *s = user;

    for (;;) {
        int fd = accept(s->listener, NULL, NULL);
        struct visit *visit;
        pthread_t thread;
        if (fd < 0) {
            continue;
        }
        if (s->which == NULL) {
            __atomic_add_fetch(&spied, 1, __ATOMIC_SEQ_CST);
            close(fd);
            continue;
        }
        visit = malloc(sizeof(*visit));
        if (visit == NULL) {
            abort();
        }
        *visit = (struct visit){ fd, s->which };
        if (pthread_create(&thread, NULL, serve, visit) == 0) {
            pthread_detach(thread);
        }
    }
    return NULL;
}

static void set_environment(unsigned port)
{
    static const char *const proxies[] = { "http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY",
                                           "ALL_PROXY" };
    char endpoint[64], proxy[64];

    snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u", port);
    snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u", spy_port);
    setenv("OFFERSTAT_ENDPOINT", endpoint, 1);
    setenv("OFFERSTAT_PUBLISHER", "contoso", 1);
    setenv("OFFERSTAT_TOKEN", "TOPSECRET-hostile-token", 1);
    unsetenv("NO_PROXY");
    unsetenv("no_proxy");
    for (size_t i = 0; i < sizeof(proxies) / sizeof(proxies[0]); i++) {
        setenv(proxies[i], proxy, 1);
    }
}

static int run(char **command, const char *report)
{
    struct timespec begin, end;
    struct rusage usage;
    int status, code;
    FILE *out;
    pid_t pid;

    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid = fork();
    if (pid == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    while (wait4(pid, &status, 0, &usage) == -1 && errno == EINTR) {
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    out = fopen(report, "w");
    if (out == NULL) {
        return 99;
    }
    fprintf(out, "%d %.1f %ld %d\n", code,
            (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9,
            usage.ru_maxrss / 1024, __atomic_load_n(&spied, __ATOMIC_SEQ_CST));
    return fclose(out) == 0 ? code : 99;
}

int main(int argc, char **argv)
{
    static struct server server, spy;
    pthread_t thread;
    unsigned port;

    for (size_t i = 0; argc > 3 && i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (strcmp(cases[i].name, argv[1]) == 0) {
            server.which = &cases[i];
        }
    }
    if (server.which == NULL) {
        fprintf(stderr, "usage: hostile CASE REPORT COMMAND...\n");
        return 99;
    }
    spy.listener = open_listener(&spy_port);
    server.listener = open_listener(&port);
    set_environment(port);
    if (pthread_create(&thread, NULL, accept_all, &spy) != 0 ||
        pthread_create(&thread, NULL, accept_all, &server) != 0) {
        return 99;
    }
    return run(argv + 3, argv[2]);
}

/*
 * The floor: what it costs in C, with the kernel calls that the server uses, to encrypt packets with
 * AES-128-GCM (OpenSSL's EVP) and to send them to viewers on loopback. One key and one socket address
 * each, packets of one size. Another thread empties the viewers' sockets; only the sender's own CPU
 * time counts, user and system.
 *
 *     floor --viewers 100 --bytes 1200 --burst 4.5 --seconds 3 [--mode gso|sendmmsg]
 *           [--interval-ms 33.3] [--groups 1] [--core N] [--other-core N]
 *
 * gso: a viewer's burst leaves by one sendmsg that the kernel segments. sendmmsg: one packet to each
 * viewer, 64 to a call. A burst that is no whole number alternates between the two next to it.
 * interval-ms: each viewer is sent a burst so often, and the sender sleeps in between, as a server
 * does; 0, the default, is without pauses. groups: the viewers of so many publishers, who come one
 * after the other, evenly over the interval.
 * core: where the sender runs; other-core: where the sockets are emptied; -1 is any.
 * Prints one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { HEADER_BYTES = 20, TAG_BYTES = 16, NONCE_BYTES = 12, MAX_BURST = 64, MAX_PACKET = 1500, CALL = 64 };

static int viewers = 100, groups = 1, packet_bytes = 1200, use_gso = 1, core = -1, other_core = -1;
static double burst = 10, seconds = 3, interval_ms = 0;
static struct sockaddr_in *addresses;
static EVP_CIPHER_CTX **keys;
static int *sockets;
static volatile int done;
static volatile uint64_t received;

static void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Holds the calling thread to a core. */
static void hold(int to) {
    if (to < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(to, &set);
    if (sched_setaffinity(0, sizeof set, &set) < 0) fail("sched_setaffinity");
}

static void *drain(void *unused) {
    (void)unused;
    hold(other_core);
    int poll = epoll_create1(0);
    for (int i = 0; i < viewers; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = sockets[i]};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, sockets[i], &event) < 0) fail("epoll_ctl");
    }
    static char buffers[CALL][MAX_PACKET];
    struct mmsghdr messages[CALL];
    struct iovec vectors[CALL];
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < CALL; i++) {
        vectors[i] = (struct iovec){buffers[i], MAX_PACKET};
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    struct epoll_event ready[256];
    while (!done) {
        int n = epoll_wait(poll, ready, 256, 10);
        for (int i = 0; i < n; i++) {
            int got = recvmmsg(ready[i].data.fd, messages, CALL, MSG_DONTWAIT, NULL);
            if (got > 0) received += got;
        }
    }
    return NULL;
}

static void open_viewers(void) {
    addresses = calloc(viewers, sizeof *addresses);
    keys = calloc(viewers, sizeof *keys);
    sockets = calloc(viewers, sizeof *sockets);
    for (int i = 0; i < viewers; i++) {
        sockets[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        addresses[i].sin_family = AF_INET;
        addresses[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof addresses[i];
        int room = 1 << 20;
        setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        if (sockets[i] < 0 || bind(sockets[i], (struct sockaddr *)&addresses[i], size) < 0) fail("bind");
        if (getsockname(sockets[i], (struct sockaddr *)&addresses[i], &size) < 0) fail("getsockname");
        unsigned char key[16];
        for (int b = 0; b < 16; b++) key[b] = (unsigned char)(i * 31 + b * 7 + 1);
        keys[i] = EVP_CIPHER_CTX_new();
        if (!EVP_EncryptInit_ex(keys[i], EVP_aes_128_gcm(), NULL, key, NULL)) fail("EVP_EncryptInit_ex");
    }
}

/* Seals in place, as SRTP does: the header is authenticated, the rest is encrypted, the tag follows. */
static void seal(EVP_CIPHER_CTX *key, unsigned char *packet, uint64_t number) {
    unsigned char nonce[NONCE_BYTES] = {0};
    memcpy(nonce + 4, &number, sizeof number);
    int n;
    EVP_EncryptInit_ex(key, NULL, NULL, NULL, nonce);
    EVP_EncryptUpdate(key, NULL, &n, packet, HEADER_BYTES);
    EVP_EncryptUpdate(key, packet + HEADER_BYTES, &n, packet + HEADER_BYTES, packet_bytes - HEADER_BYTES - TAG_BYTES);
    EVP_EncryptFinal_ex(key, packet + packet_bytes - TAG_BYTES, &n);
    EVP_CIPHER_CTX_ctrl(key, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, packet + packet_bytes - TAG_BYTES);
}

static unsigned char media[MAX_BURST][MAX_PACKET];

/* The copy stands for the header that is rewritten for each viewer. */
static void make(int viewer, unsigned char *to, int packet, uint64_t number) {
    memcpy(to, media[packet], packet_bytes - TAG_BYTES);
    seal(keys[viewer], to, number);
}

static void send_run(int fd, int viewer, unsigned char *run, int packets) {
    char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
    struct iovec vector = {run, (size_t)packets * packet_bytes};
    struct msghdr message = {
        .msg_name = &addresses[viewer], .msg_namelen = sizeof addresses[viewer], .msg_iov = &vector, .msg_iovlen = 1};
    if (packets > 1) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *segment = CMSG_FIRSTHDR(&message);
        segment->cmsg_level = IPPROTO_UDP;
        segment->cmsg_type = UDP_SEGMENT;
        segment->cmsg_len = CMSG_LEN(sizeof(uint16_t));
        uint16_t size = packet_bytes;
        memcpy(CMSG_DATA(segment), &size, sizeof size);
    }
    if (sendmsg(fd, &message, 0) < 0 && errno != EAGAIN && errno != ENOBUFS) fail("sendmsg");
}

static uint64_t send_bursts(int fd, int from, int end, int packets, uint64_t number) {
    static unsigned char run[MAX_BURST * MAX_PACKET];
    for (int v = from; v < end; v++) {
        for (int p = 0; p < packets; p++) make(v, run + (size_t)p * packet_bytes, p, number + p);
        send_run(fd, v, run, packets);
    }
    return (uint64_t)packets * (end - from);
}

static uint64_t send_singles(int fd, int from, int end, uint64_t number) {
    static unsigned char packets[CALL][MAX_PACKET];
    struct mmsghdr messages[CALL];
    struct iovec vectors[CALL];
    for (int first = from; first < end; first += CALL) {
        int n = end - first < CALL ? end - first : CALL;
        memset(messages, 0, sizeof messages);
        for (int i = 0; i < n; i++) {
            make(first + i, packets[i], 0, number);
            vectors[i] = (struct iovec){packets[i], packet_bytes};
            messages[i].msg_hdr.msg_name = &addresses[first + i];
            messages[i].msg_hdr.msg_namelen = sizeof addresses[first + i];
            messages[i].msg_hdr.msg_iov = &vectors[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        for (int sent = 0; sent < n;) {
            int got = sendmmsg(fd, messages + sent, n - sent, 0);
            if (got < 0) fail("sendmmsg");
            sent += got;
        }
    }
    return end - from;
}

/* Sleeps until it is the next group's turn. */
static void await_next(double *due) {
    if (interval_ms <= 0) return;
    *due += interval_ms / 1e3 / groups;
    struct timespec at = {.tv_sec = (time_t)*due, .tv_nsec = (long)((*due - (time_t)*due) * 1e9)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

/* To all viewers once, one group after the other. */
static uint64_t send_round(int fd, int packets, uint64_t number, double *due) {
    uint64_t sent = 0;
    for (int g = 0; g < groups; g++) {
        int from = (int)((int64_t)viewers * g / groups), end = (int)((int64_t)viewers * (g + 1) / groups);
        await_next(due);
        sent += use_gso ? send_bursts(fd, from, end, packets, number) : send_singles(fd, from, end, number);
    }
    return sent;
}

static double seconds_of(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void read_options(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2) {
        if (!strcmp(words[i], "--viewers")) viewers = atoi(words[i + 1]);
        else if (!strcmp(words[i], "--bytes")) packet_bytes = atoi(words[i + 1]);
        else if (!strcmp(words[i], "--burst")) burst = atof(words[i + 1]);
        else if (!strcmp(words[i], "--seconds")) seconds = atof(words[i + 1]);
        else if (!strcmp(words[i], "--interval-ms")) interval_ms = atof(words[i + 1]);
        else if (!strcmp(words[i], "--groups")) groups = atoi(words[i + 1]);
        else if (!strcmp(words[i], "--mode")) use_gso = !strcmp(words[i + 1], "gso");
        else if (!strcmp(words[i], "--core")) core = atoi(words[i + 1]);
        else if (!strcmp(words[i], "--other-core")) other_core = atoi(words[i + 1]);
        else { fprintf(stderr, "floor: unknown option %s\n", words[i]); exit(2); }
    }
    if (viewers < 1 || groups < 1 || interval_ms < 0 || packet_bytes < 60 || packet_bytes > MAX_PACKET || burst < 1 || burst > MAX_BURST / 2) {
        fprintf(stderr, "floor: viewers and groups from 1, interval from 0, bytes 60 to %d, burst 1 to %d\n", MAX_PACKET, MAX_BURST / 2);
        exit(2);
    }
}

int main(int count, char **words) {
    read_options(count, words);
    open_viewers();
    int fd = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    for (int p = 0; p < MAX_BURST; p++) memset(media[p], p + 1, MAX_PACKET);
    pthread_t drainer;
    if (pthread_create(&drainer, NULL, drain, NULL)) fail("pthread_create");
    hold(core);
    uint64_t sent = 0, number = 1;
    double owed = 0, due = seconds_of(CLOCK_MONOTONIC), end = due + seconds;
    double start = seconds_of(CLOCK_THREAD_CPUTIME_ID);
    while (seconds_of(CLOCK_MONOTONIC) < end) {
        owed += burst;
        int packets = (int)owed;
        owed -= packets;
        sent += send_round(fd, packets, number, &due);
        number += MAX_BURST;
    }
    double cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID) - start;
    usleep(50000);
    done = 1;
    pthread_join(drainer, NULL);
    printf("{\"mode\":\"%s\",\"viewers\":%d,\"bytes\":%d,\"burst\":%.2f,\"packets\":%llu,\"received\":%llu,\"nsPerPacket\":%.1f}\n",
           use_gso ? "gso" : "sendmmsg", viewers, packet_bytes, use_gso ? burst : 1.0, (unsigned long long)sent,
           (unsigned long long)received, cpu * 1e9 / sent);
    return 0;
}

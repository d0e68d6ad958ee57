/*
 * Sends events as the runtime's client does: one message of 112 bytes, one send.
 *
 * sender SOCKET EVENTS LIVE DEVICE: connects, says "ready", waits for a line, then allocates buffers and frees the oldest
 * beyond LIVE, and says "EVENTS NANOSECONDS CPU_NANOSECONDS": how long its sends took in all, and its time on the CPU.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LENGTH = 112, ALLOC = 1, FREE = 2, SEND_BUFFER = 1 << 20 };

static int64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void put(uint8_t *message, int at, uint64_t value, size_t bytes) { memcpy(message + at, &value, bytes); }

int main(int count, char **arguments) {
    if (count != 5) {
        return 2;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[1], sizeof address.sun_path - 1);
    int64_t events = atoll(arguments[2]);
    int64_t live = atoll(arguments[3]);
    int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    int room = SEND_BUFFER;
    setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (connect(connection, (struct sockaddr *) &address, sizeof address) != 0) {
        perror(arguments[1]);
        return 1;
    }
    puts("ready");
    fflush(stdout);
    getchar();
    uint8_t message[LENGTH] = {0};
    put(message, 4, strtoull(arguments[4], NULL, 10), 4);
    put(message, 8, 2048, 8);
    put(message, 20, (uint64_t) getpid(), 4);
    int64_t allocated = 0;
    int64_t freed = 0;
    int64_t begun = now(CLOCK_MONOTONIC);
    int64_t begunCpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int64_t i = 0; i < events; i++) {
        int frees = allocated - freed > live;
        message[0] = frees ? FREE : ALLOC;
        put(message, 24, (uint64_t) (frees ? freed++ : allocated++) * 2048, 8);
        if (send(connection, message, LENGTH, 0) != LENGTH) {
            perror("send");
            return 1;
        }
    }
    int64_t nanos = now(CLOCK_MONOTONIC) - begun;
    printf("%lld %lld %lld\n", (long long) events, (long long) nanos, (long long) (now(CLOCK_PROCESS_CPUTIME_ID) - begunCpu));
    fflush(stdout);
    getchar();
    return 0;
}

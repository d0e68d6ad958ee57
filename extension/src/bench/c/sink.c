/*
 * The least that a server can do: accepts, reads, discards.
 *
 * sink SOCKET: until it is killed; says "listening".
 * sink SOCKET answer: also answers the two questions of the protocol, in 112 bytes, as a server does that knows totals
 * only; its totals are zero.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { COMMON = 72, LENGTH = 112, QUERY = 3, RESPONSE = 4, INFO_QUERY = 6, INFO_RESPONSE = 7, ROOM = 1 << 16, MOST = 1024 };

struct begun {
    uint8_t bytes[COMMON];
    int length;
};

static uint8_t received[ROOM];
static struct begun unfinished[MOST];

static void reply(int client, const uint8_t *question) {
    uint8_t answer[LENGTH] = {0};
    answer[0] = question[0] == QUERY ? RESPONSE : INFO_RESPONSE;
    memcpy(answer + 4, question + 4, 4);
    uint32_t devices = 8;
    memcpy(answer + 108, &devices, sizeof devices);
    if (send(client, answer, LENGTH, MSG_NOSIGNAL) != LENGTH) {
        close(client);
    }
}

static void answer(int client, ssize_t length) {
    struct begun *message = &unfinished[client % MOST];
    for (ssize_t i = 0; i < length; i++) {
        if (message->length == 0 && received[i] == 0) {
            continue;
        }
        message->bytes[message->length++] = received[i];
        if (message->length == COMMON) {
            message->length = 0;
            if (message->bytes[0] == QUERY || message->bytes[0] == INFO_QUERY) {
                reply(client, message->bytes);
            }
        }
    }
}

int main(int count, char **arguments) {
    if (count < 2) {
        return 2;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[1], sizeof address.sun_path - 1);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *) &address, sizeof address) != 0 || listen(listener, MOST) != 0) {
        perror(arguments[1]);
        return 1;
    }
    int all = epoll_create1(0);
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(all, EPOLL_CTL_ADD, listener, &interest);
    puts("listening");
    fflush(stdout);
    struct epoll_event ready[64];
    for (;;) {
        int found = epoll_wait(all, ready, 64, -1);
        for (int i = 0; i < found; i++) {
            int client = ready[i].data.fd;
            if (client == listener) {
                interest.data.fd = accept(listener, NULL, NULL);
                unfinished[interest.data.fd % MOST].length = 0;
                epoll_ctl(all, EPOLL_CTL_ADD, interest.data.fd, &interest);
                continue;
            }
            ssize_t length = recv(client, received, ROOM, 0);
            if (length <= 0) {
                close(client);
            } else if (count > 2) {
                answer(client, length);
            }
        }
    }
}

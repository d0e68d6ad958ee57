/*
 * The least that a server can do: accepts, reads, discards.
 *
 * sink SOCKET: until it is killed; says "listening".
 * sink SOCKET answer: also answers the two questions of the protocol, in 112 bytes, as a server does that knows totals
 * only; its totals are zero. As the servers in the field it has a thread for each connection then.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { COMMON = 72, LENGTH = 112, QUERY = 3, RESPONSE = 4, INFO_QUERY = 6, INFO_RESPONSE = 7, ROOM = 1 << 16, BACKLOG = 1024 };

static uint8_t received[ROOM];

static int reply(int client, const uint8_t *question) {
    uint8_t answer[LENGTH] = {0};
    answer[0] = question[0] == QUERY ? RESPONSE : INFO_RESPONSE;
    memcpy(answer + 4, question + 4, 4);
    uint32_t devices = 8;
    memcpy(answer + 108, &devices, sizeof devices);
    return send(client, answer, LENGTH, MSG_NOSIGNAL) == LENGTH;
}

/* What comes is a message each time, whole or, when it comes alone, its first 72 bytes. */
static void *answer(void *connection) {
    int client = (int) (intptr_t) connection;
    uint8_t message[LENGTH];
    while (recv(client, message, LENGTH, 0) >= COMMON) {
        if ((message[0] == QUERY || message[0] == INFO_QUERY) && !reply(client, message)) {
            break;
        }
    }
    close(client);
    return NULL;
}

static void answer_all(int listener) {
    for (;;) {
        int client = accept(listener, NULL, NULL);
        pthread_t thread;
        if (client >= 0 && pthread_create(&thread, NULL, answer, (void *) (intptr_t) client) == 0) {
            pthread_detach(thread);
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
    if (bind(listener, (struct sockaddr *) &address, sizeof address) != 0 || listen(listener, BACKLOG) != 0) {
        perror(arguments[1]);
        return 1;
    }
    puts("listening");
    fflush(stdout);
    if (count > 2) {
        answer_all(listener);
    }
    int all = epoll_create1(0);
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(all, EPOLL_CTL_ADD, listener, &interest);
    struct epoll_event ready[64];
    for (;;) {
        int found = epoll_wait(all, ready, 64, -1);
        for (int i = 0; i < found; i++) {
            int client = ready[i].data.fd;
            if (client == listener) {
                interest.data.fd = accept(listener, NULL, NULL);
                epoll_ctl(all, EPOLL_CTL_ADD, interest.data.fd, &interest);
                continue;
            }
            ssize_t length = recv(client, received, ROOM, 0);
            if (length <= 0) {
                close(client);
            }
        }
    }
}

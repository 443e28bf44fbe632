// SPDX-License-Identifier: Apache-2.0
//
// Receives one command from a socket. The length given to recv is that of the protocol's largest frame, not of the
// buffer: whoever sends more than 64 bytes owns the return address.
#include "handler.h"

#include <sys/socket.h>
#include <sys/types.h>

enum {
  kLargestFrame = 512,
};

int handle_command(int connection) {
  char command[64];
  const ssize_t received = recv(connection, command, kLargestFrame, 0);
  if (received <= 0) {
    return -1;
  }
  return command[0];
}

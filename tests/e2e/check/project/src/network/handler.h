// SPDX-License-Identifier: Apache-2.0
//
// Commands from the network.
#pragma once

int handle_command(int connection);

// SPDX-License-Identifier: Apache-2.0

static int gets(char *line) { return line[0]; }

int first(char *line);

int first(char *line) { return gets(line); }

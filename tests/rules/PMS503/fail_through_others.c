// SPDX-License-Identifier: Apache-2.0

int parse_value(const char **text);
static int parse_list(const char **text);

static int skip(const char **text) { return *(*text)++; }

int parse_value(const char **text) {  // expect: PMS503
  if (**text == '[') return parse_list(text);
  return skip(text);
}

static int parse_list(const char **text) {
  int sum = skip(text);
  while (**text != ']') sum += parse_value(text);
  return sum;
}

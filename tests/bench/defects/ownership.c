// SPDX-License-Identifier: Apache-2.0
//
// Who frees what: callbacks, containers, error paths and memory that never came from the heap.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
  char* name;
  struct node* parent;
  struct node* child;
  void (*destroy)(struct node*);
  char inline_name[12];
};

// sample: name_length
static char* name_or_default(const char* name) {
  if (name == NULL) {
#ifdef SOUND
    return strdup("unnamed");
#else
    return "unnamed";
#endif
  }
  return strdup(name);
}

size_t name_length(const char* name) {
  char* copy = name_or_default(name);
  if (copy == NULL) return 0;
  const size_t size = strlen(copy);
  free(copy);  // defect: CWE-590
  return size;
}

size_t default_name_length(void) {
  return name_length(NULL);
}

// sample: node_rename, subtle
void node_rename(struct node* node, const char* name) {
  char buffer[12];
  char* text = buffer;
  const size_t size = strlen(name) + 1;
  if (size > sizeof buffer) text = malloc(size);
  if (text == NULL) return;
  memcpy(text, name, size);
  node->inline_name[0] = text[0];
#ifdef SOUND
  if (text != buffer) free(text);
#else
  if (size >= sizeof buffer) free(text);  // defect: CWE-590
#endif
}

// sample: number_after_prefix
int number_after_prefix(const char* text) {
  char* copy = strdup(text);
  if (copy == NULL) return -1;
  char* at = copy;
  while (*at == ' ' || *at == '#') at++;
  const int number = atoi(at);
#ifdef SOUND
  free(copy);
#else
  free(at);  // defect: CWE-590
#endif
  return number;
}

// sample: destroy_pair
static void destroy_node(struct node* node) {
  free(node->name);
  free(node);
}

void destroy_pair(struct node* node) {
  struct node* parent = node->parent;
  node->destroy = destroy_node;
  node->destroy(node);
#ifdef SOUND
  if (parent != NULL) parent->child = NULL;
#else
  if (parent != NULL) parent->child = node->child;  // defect: CWE-416
#endif
}

// sample: adopt
static int attach(struct node* parent, struct node* child) {
  if (parent->child != NULL) {
    destroy_node(child);
    return -1;
  }
  parent->child = child;
  return 0;
}

int adopt(struct node* parent, const char* name) {
  struct node* child = calloc(1, sizeof *child);
  if (child == NULL) return -1;
  child->name = strdup(name);
  if (attach(parent, child) != 0) {
#ifndef SOUND
    free(child);  // defect: CWE-415
#endif
    return -1;
  }
  return 0;
}

// sample: text_duplicate, subtle
struct text {
  char* bytes;
  size_t room;
};

static int text_reserve(struct text* text, size_t room) {
  if (room <= text->room) return 0;
  char* grown = realloc(text->bytes, room);
  if (grown == NULL) return -1;
  text->bytes = grown;
  text->room = room;
  return 0;
}

int text_duplicate(struct text* text, size_t size) {
  text->bytes = malloc(8);
  if (text->bytes == NULL) return -1;
  text->room = 8;
  text->bytes[0] = 'x';
#ifndef SOUND
  char* start = text->bytes;
#endif
  if (size > 4096 || text_reserve(text, size * 2 + 9) != 0) return -1;
#ifdef SOUND
  char* start = text->bytes;
#endif
  text->bytes[1] = start[0];  // defect: CWE-416
  return 0;
}

// sample: last_name, subtle
typedef int (*visitor)(struct node*, void*);

static int visit(struct node* first, visitor visitor, void* context) {
  for (struct node* node = first; node != NULL; node = node->child) {
    const int result = visitor(node, context);
    if (result != 0) return result;
  }
  return 0;
}

static int remember_name(struct node* node, void* context) {
  char** out = context;
#ifdef SOUND
  free(*out);
#endif
  *out = strdup(node->name);  // defect: CWE-401
  return *out == NULL ? -1 : 0;
}

char* last_name(struct node* first) {
  char* name = NULL;
  struct node two = {"b", NULL, NULL, NULL, ""};
  struct node one = {"a", NULL, &two, NULL, ""};
  if (first == NULL) first = &one;
  if (visit(first, remember_name, &name) != 0) return NULL;
  return name;
}

// sample: swap_buffers
void swap_buffers(uint8_t** front, uint8_t** back, size_t size) {
  if (size < 2) return;
  uint8_t* fresh = malloc(size);
  if (fresh == NULL) return;
#ifdef SOUND
  free(*back);
  *back = *front;
  *front = fresh;
#else
  free(*front);
  *back = *front;
  *front = fresh;
#endif
  fresh[0] = 0;
  fresh[1] = (*back)[0];  // defect: CWE-416
}

// sample: print_options
struct options {
  const char* host;
  const char* path;
};

static void parse_options(struct options* options, const char* text) {
#ifdef SOUND
  static char host[32];
#else
  char host[32];
#endif
  const char* slash = strchr(text, '/');
  const size_t size = slash == NULL ? strlen(text) : (size_t)(slash - text);
  if (size >= sizeof host) return;
  memcpy(host, text, size);
  host[size] = '\0';
  options->host = host;  // defect: CWE-562
  options->path = slash;
}

int print_options(const char* text) {
  struct options options = {"", ""};
  parse_options(&options, text);
  return printf("%s\n", options.host);
}

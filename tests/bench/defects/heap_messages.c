// SPDX-License-Identifier: Apache-2.0
//
// Messages of variable size, assembled on the heap from fragments and fields.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct message {
  uint32_t id;
  uint32_t size;
  uint8_t body[];
};

struct fragment {
  const uint8_t* bytes;
  size_t size;
  struct fragment* next;
};

// sample: message_from_text
struct message* message_from_text(uint32_t id, const char* text) {
  const size_t size = strlen(text);
#ifdef SOUND
  struct message* message = malloc(sizeof *message + size + 1);
#else
  struct message* message = malloc(sizeof *message + size);
#endif
  if (message == NULL) return NULL;
  message->id = id;
  message->size = (uint32_t)size;
  strcpy((char*)message->body, text);  // defect: CWE-122
  return message;
}

// sample: join_fragments, subtle
static size_t total_of(const struct fragment* first) {
  size_t total = 0;
#ifdef SOUND
  for (; first != NULL; first = first->next) total += first->size;
#else
  for (; first != NULL && first->next != NULL; first = first->next) total += first->size;
#endif
  return total;
}

uint8_t* join_fragments(const struct fragment* first, size_t* size) {
  size_t used = 0;
  *size = total_of(first);
  uint8_t* joined = malloc(*size + 1);
  if (joined == NULL) return NULL;
  for (; first != NULL; first = first->next) {
    memcpy(joined + used, first->bytes, first->size);  // defect: CWE-122
    used += first->size;
  }
  return joined;
}

// sample: table_of_registers
uint16_t* table_of_registers(const uint8_t* wire, unsigned count) {
  if (count == 0 || count > 125) return NULL;
#ifdef SOUND
  uint16_t* values = malloc(count * sizeof *values);
#else
  uint16_t* values = malloc(count);
#endif
  if (values == NULL) return NULL;
  for (unsigned i = 0; i < count; i++) values[i] = (uint16_t)(wire[2 * i] << 8 | wire[2 * i + 1]);  // defect: CWE-131
  return values;
}

// sample: fixed_history
enum { kDepth = 8 };

int32_t* fixed_history(int32_t start) {
  int32_t* history = malloc(kDepth * sizeof *history);
  if (history == NULL) return NULL;
#ifdef SOUND
  for (int i = 0; i < kDepth; i++) history[i] = start - i;
#else
  for (int i = 0; i <= kDepth; i++) history[i] = start - i;  // defect: CWE-122
#endif
  return history;
}

// sample: hexadecimal
char* hexadecimal(const uint8_t key[16]) {
  static const char kDigits[] = "0123456789abcdef";
#ifdef SOUND
  char* text = malloc(2 * 16 + 1);
#else
  char* text = malloc(2 * 16);
#endif
  if (text == NULL) return NULL;
  for (int i = 0; i < 16; i++) {
    text[2 * i] = kDigits[key[i] >> 4];
    text[2 * i + 1] = kDigits[key[i] & 15];
  }
  text[32] = '\0';  // defect: CWE-122
  return text;
}

// sample: list_add, subtle
struct list {
  uint32_t* items;
  size_t count;
  size_t room;
};

int list_add(struct list* list, uint32_t item) {
#ifdef SOUND
  if (list->count >= list->room) {
#else
  if (list->count > list->room) {
#endif
    const size_t room = list->room == 0 ? 4 : list->room * 2;
    uint32_t* grown = realloc(list->items, room * sizeof *grown);
    if (grown == NULL) return -1;
    list->items = grown;
    list->room = room;
  }
  list->items[list->count++] = item;  // defect: CWE-122
  return 0;
}

int list_of_three(struct list* list) {
  list->room = 2;
  list->count = 0;
  list->items = malloc(list->room * sizeof *list->items);
  if (list->items == NULL) return -1;
  for (uint32_t i = 0; i < 3; i++)
    if (list_add(list, i) != 0) return -1;
  return 0;
}

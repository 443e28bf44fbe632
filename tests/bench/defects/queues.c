// SPDX-License-Identifier: Apache-2.0
//
// Queues between tasks: jobs with owners, rings, and lists that outlive their items.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct job {
  unsigned id;
  void (*run)(struct job*);
  void* context;
  struct job* next;
};

struct queue {
  struct job* head;
  struct job* tail;
  unsigned waiting;
};

// sample: finish_job
static void release(struct job* job) {
  free(job->context);
  free(job);
}

unsigned finish_job(struct queue* queue) {
  struct job* job = queue->head;
  if (job == NULL) return 0;
  queue->head = job->next;
  if (queue->head == NULL) queue->tail = NULL;
  queue->waiting--;
#ifdef SOUND
  const unsigned id = job->id;
  release(job);
  return id;
#else
  release(job);
  return job->id;  // defect: CWE-416
#endif
}

// sample: submit
int submit(struct queue* queue, unsigned id, void (*run)(struct job*), size_t size) {
  struct job* job = calloc(1, sizeof *job);
  if (job == NULL) return -1;
  job->id = id;
  job->run = run;
  job->context = malloc(size);
  if (job->context == NULL) {
#ifdef SOUND
    free(job);
#endif
    return -1;  // defect: CWE-401
  }
  if (queue->tail != NULL)
    queue->tail->next = job;
  else
    queue->head = job;
  queue->tail = job;
  queue->waiting++;
  return 0;
}

// sample: cancel
int cancel(struct queue* queue, unsigned id) {
  struct job* before = NULL;
  struct job* job = queue->head;
  while (job != NULL && job->id != id) {
    before = job;
    job = job->next;
  }
#ifdef SOUND
  if (job == NULL) return -1;
#endif
  if (before != NULL)
    before->next = job->next;  // defect: CWE-476
  else
    queue->head = job->next;
  if (queue->tail == job) queue->tail = before;
  free(job);
  return 0;
}

// sample: run_all, subtle
static void run_once(struct job* job) {
  if (job->run != NULL) job->run(job);
#ifndef SOUND
  if (job->context == NULL) free(job);
#endif
}

unsigned run_all(struct queue* queue) {
  unsigned count = 0;
  while (queue->head != NULL) {
    struct job* job = queue->head;
    queue->head = job->next;
    run_once(job);
    free(job->context);
    free(job);  // defect: CWE-415
    count++;
  }
  return count;
}

// sample: ring_fill, subtle
enum { kSlots = 16 };
struct ring {
  uint8_t slots[kSlots];
  unsigned head;
  unsigned tail;
};

static unsigned after(unsigned slot) {
#ifdef SOUND
  return slot + 1 >= kSlots ? 0 : slot + 1;
#else
  return slot + 1 > kSlots ? 0 : slot + 1;
#endif
}

void ring_fill(struct ring* ring, uint8_t value) {
  ring->head = kSlots - 2;
  for (int i = 0; i < 4; i++) {
    ring->slots[ring->head] = value;  // defect: CWE-787
    ring->head = after(ring->head);
  }
}

// sample: run_nested, subtle
static struct job* current;

void run_nested(unsigned id) {
  struct job nested;
  memset(&nested, 0, sizeof nested);
  nested.id = id;
#ifdef SOUND
  struct job* outer = current;
#endif
  current = &nested;
  if (nested.run != NULL) nested.run(&nested);
#ifdef SOUND
  current = outer;
#endif
}  // defect: CWE-562

// SPDX-License-Identifier: Apache-2.0
//
// See module.h.
#include "module.h"

#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/module.h>

#include "arch.h"
#include "boot_policy_data.h"
#include "kernel.h"
#include "names.h"
#include "report.h"

namespace proofmark::linux_init {
namespace {

// "x.ko" is a module, "x.ko.xz" is one that the kernel unpacks by itself.
bool is_packed(const char* path) {
  const size_t length = text_length(path);
  return length < 3 || !is_same_text(path + length - 3, ".ko");
}

bool load(const char* path) {
  const long file = linux_exec::open_read_only(path);
  if (file < 0) return false;
  const long code = linux_exec::system_call(__NR_finit_module, file, reinterpret_cast<long>(""),
                                            is_packed(path) ? MODULE_INIT_COMPRESSED_FILE : 0);
  close_file(static_cast<int>(file));
  return code == 0 || code == -EEXIST;
}

}  // namespace

void load_modules() {
  static bool is_done = false;
  if (is_done) return;
  is_done = true;
  for (const char* const* module = kModules; *module != nullptr; ++module) {
    if (!load(*module)) say_refused({"module", false, 0}, *module, PM_REFUSED_BOOT_MODULE);
  }
}

}  // namespace proofmark::linux_init

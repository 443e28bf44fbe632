// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: any bytes at all as a signed file, or as a detached mark. Looking at the mark and taking it off never crash; what
// decodes has one encoding, and what is given back is as long as the mark says. (libFuzzer; without it nothing is built.)
#include <unistd.h>

#include <cstdlib>

#include "intact.h"
#include "sign_input.h"

using namespace proofmark::sign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const InputFile file = file_of(data, size);
  const auto view = view_mark(file);
  if (!view) {
    if (!explain_unmarked(file)) std::abort();
    return 0;
  }
  if (encode(view->manifest) != view->message.payload) std::abort();
  Bytes message = encode_message(view->message.payload, view->message.signatures);
  if (message.size() != view->message.size && view->message.signatures.size() == 1) std::abort();

  // Without the digest, which no input has by chance: what follows must be safe for whoever signs hostile marks.
  if (view->detached || !check_lengths(file, *view)) return 0;
  auto output = AtomicFile::create("/tmp/fuzz_unmark");
  if (!output || !write_original(file, *view, *output) || !output->finish()) std::abort();
  const auto& content = view->manifest.content;
  const std::uint64_t expected = content.original ? content.original->length : content.length;
  if (::lseek(output->fd(), 0, SEEK_END) != static_cast<off_t>(expected)) std::abort();
  return 0;
}

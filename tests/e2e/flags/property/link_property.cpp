// SPDX-License-Identifier: Apache-2.0
//
// Random flags about linking: what the resolver says against the ELF file that BFD ld and lld make of them.
#include <cstring>
#include <fstream>
#include <iterator>

#include <elf.h>
#include <unistd.h>

#include "compile/process.h"
#include "compile/resolver.h"
#include "properties.h"
#include "report.h"

namespace proofmark::test {
namespace {

using namespace analyze;
namespace fs = std::filesystem;

struct Linked {
  Elf64_Half type = 0;
  bool relro = false, pie = false, interpreter = false, writable_code = false, executable_stack = false;
  bool dynamic = false, now = false, run_path = false;
};

template <class T>
T at(const std::string& bytes, size_t offset) {
  T value{};
  if (offset <= bytes.size() && sizeof value <= bytes.size() - offset)
    std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

void read_dynamic(const std::string& bytes, const Elf64_Phdr& segment, Linked& file) {
  file.dynamic = true;
  for (size_t i = 0; i < segment.p_filesz / sizeof(Elf64_Dyn); ++i) {
    const auto entry = at<Elf64_Dyn>(bytes, segment.p_offset + i * sizeof(Elf64_Dyn));
    if (entry.d_tag == DT_FLAGS_1) file.pie |= (entry.d_un.d_val & DF_1_PIE) != 0;
    if (entry.d_tag == DT_BIND_NOW) file.now = true;
    if (entry.d_tag == DT_FLAGS) file.now |= (entry.d_un.d_val & DF_BIND_NOW) != 0;
    if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH) file.run_path = true;
  }
}

Linked read_elf(const std::string& bytes) {
  const auto header = at<Elf64_Ehdr>(bytes, 0);
  Linked file;
  file.type = header.e_type;
  for (size_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = at<Elf64_Phdr>(bytes, header.e_phoff + i * sizeof(Elf64_Phdr));
    const bool both = (segment.p_flags & PF_W) != 0 && (segment.p_flags & PF_X) != 0;
    if (segment.p_type == PT_GNU_RELRO) file.relro = true;
    if (segment.p_type == PT_INTERP) file.interpreter = true;
    if (segment.p_type == PT_LOAD && both) file.writable_code = true;
    if (segment.p_type == PT_GNU_STACK) file.executable_stack = (segment.p_flags & PF_X) != 0;
    if (segment.p_type == PT_DYNAMIC) read_dynamic(bytes, segment, file);
  }
  return file;
}

std::string text(bool value) {
  return value ? "yes" : "no";
}

std::string output_name(const Linked& file) {
  if (file.type == ET_EXEC) return "executable";
  return file.pie ? "pie" : "shared";
}

void compare(Agreement& agreement, const EffectiveLink& told, const Linked& done, const Words& flags) {
  const char* outputs[] = {"executable", "pie", "shared", "relocatable"};
  agreement.compare("output", outputs[static_cast<size_t>(told.output)], output_name(done), flags);
  agreement.compare("relro", text(told.relro), text(done.relro), flags);
  agreement.compare("stack", text(told.stack == StackNote::kExecutable), text(done.executable_stack), flags);
  agreement.compare("text", text(told.writable_text), text(done.writable_code), flags);
  if (!done.dynamic) return;
  agreement.compare("now", text(told.bind_now), text(done.now), flags);
  agreement.compare("run path", text(!told.run_paths.empty()), text(done.run_path), flags);
}

class Bench {
 public:
  Bench() : directory_(fs::temp_directory_path() / fmt::format("proofmark-link-{}", ::getpid())) {
    fs::create_directories(directory_);
    std::ofstream(directory_ / "a.c") << "int shared_data[100] = {1};\nint *pointer = shared_data;\n"
                                         "int main(void) { return *pointer; }\n";
    (void)run_process({"gcc", "-O2", "-fPIC", "-c", "a.c", "-o", "a.o"}, directory_);
  }
  ~Bench() {
    std::error_code error;
    fs::remove_all(directory_, error);
  }

  void one_draw(const Words& flags, FlagResolver& resolver, Agreement& agreement) {
    Words argv{"gcc", "a.o"};
    argv.insert(argv.end(), flags.begin(), flags.end());
    argv.insert(argv.end(), {"-o", "a.out"});
    const auto done = run_process(argv, directory_);
    if (!done || done->exit_code != 0) return;  // "-shared -static-pie" and the like cannot be linked
    const auto links = find_links(argv, directory_);
    const auto told =
        links.empty() ? tl::unexpected(report::Error{"not seen as a link", ""}) : resolver.resolve_link(links.front());
    if (!told) return agreement.compare("answer", told.error().message, "an answer", flags);
    std::ifstream in(directory_ / "a.out", std::ios::binary);
    compare(agreement, *told, read_elf({std::istreambuf_iterator<char>(in), {}}), flags);
  }

 private:
  fs::path directory_;
};

}  // namespace

size_t link_property(const std::string& linker, size_t draws, Random& random) {
  FlagResolver resolver;
  Agreement agreement("gcc with " + linker);
  Bench bench;
  for (size_t i = 0; i < draws; ++i) bench.one_draw(draw_link_flags(linker, random), resolver, agreement);
  return agreement.conclude(draws);
}

}  // namespace proofmark::test

// SPDX-License-Identifier: Apache-2.0
//
// loading.h for dynamic programs. The mark lists the dynamic linker and all libraries, each with its digest. Each is checked
// and held (a sealed copy, or fs-verity); then the dynamic linker is started, and told by --preload to load these libraries
// before anything else, by their descriptors. What the program needs is then there already, found by its name (DT_SONAME),
// so the dynamic linker looks for no file. That nothing else is needed is checked here, because it would look for it.
#include <elf.h>

#include "kernel.h"
#include "loading.h"
#include "text.h"

namespace proofmark::linux_exec {
namespace {

constexpr char kPreloadFile[] = "/etc/ld.so.preload";
constexpr size_t kDescriptorPath = 32;

// Needed once and large: static, so that the stack stays small. What is not touched costs no memory.
ElfFile elf;
char paths[PM_DEPENDENCIES_MAX][PM_DEPENDENCY_NAME_MAX + 1];
char names[PM_DEPENDENCIES_MAX][kNameSize];
int descriptors[PM_DEPENDENCIES_MAX];
char preload[PM_DEPENDENCIES_MAX * kDescriptorPath];
char program_path[kDescriptorPath];
const char* handed_on[kMostArguments + 8];

constexpr VerdictText kTexts[] = {
    {PM_REFUSED_EXEC_DEPENDENCY_NAME, "the mark names a dependency by no absolute path"},
    {PM_REFUSED_EXEC_DEPENDENCY_OPEN, "a dependency is not there, or no regular file"},
    {PM_REFUSED_EXEC_DEPENDENCY_DIGEST, "a dependency is not the file that was signed with the program"},
    {PM_REFUSED_EXEC_DEPENDENCY_ELF, "a dependency is no library of this machine with a plain name"},
    {PM_REFUSED_EXEC_NOT_LISTED, "it needs a library that the mark does not list"},
    {PM_REFUSED_EXEC_SEARCH_PATH, "it has the dynamic linker search on its own (RPATH, RUNPATH, AUDIT, FILTER)"},
    {PM_REFUSED_EXEC_PRELOAD, "/etc/ld.so.preload would have unchecked libraries loaded"},
    {PM_REFUSED_EXEC_OTHER_INTERPRETER, "the program names another dynamic linker than the mark lists first"},
    {PM_REFUSED_EXEC_PROC, "/proc is not mounted"},
    {PM_REFUSED_EXEC_MEMORY_LIMIT, "memory is limited, and the dynamic linker skips what does not fit"},
    {PM_REFUSED_EXEC_MAP, "a library cannot be mapped"},
    {PM_REFUSED_EXEC_ARGUMENTS, "too many arguments"},
    {PM_REFUSED_EXEC_SCRIPT_LINE, "the first line of the script names no interpreter"},
    {PM_REFUSED_EXEC_SCRIPT_INTERPRETER, "the first line of the script is none that this device allows"},
};

// The file that PT_INTERP names is the first of the list. The zero byte is part of the segment.
bool is_first_interpreter(const ElfFile& program, const pm_dependency& first) {
  const Elf64_Phdr* segment = find_segment(program, PT_INTERP);
  char name[PM_DEPENDENCY_NAME_MAX + 1];
  const size_t size = first.name.size + 1;
  if (segment->p_filesz != size || !read_fully(program.descriptor, name, size, segment->p_offset)) return false;
  return name[size - 1] == '\0' && __builtin_memcmp(name, first.name.data, size - 1) == 0;
}

// What makes the dynamic linker look for files by itself, whatever was loaded before. With the tags that say so it would also
// search for what the program opens later.
bool steers_loading(const ElfFile& file) {
  constexpr int64_t kTags[] = {DT_RPATH, DT_RUNPATH, DT_AUDIT, DT_DEPAUDIT, DT_FILTER, DT_AUXILIARY};
  for (const int64_t tag : kTags) {
    if (find_entry(file, tag) != nullptr) return true;
  }
  return false;
}

// A name with a slash is opened as a path, one with a dollar sign is rewritten before it is compared.
bool is_plain(const char* name) {
  if (*name == '\0') return false;
  for (; *name != '\0'; ++name) {
    if (*name == '/' || *name == '$') return false;
  }
  return true;
}

// The bytes that will be loaded are the bytes whose digest was signed.
pm_verdict check_digest(CheckedFile* file, const pm_dependency& dependency, pm_scratch* scratch) {
  uint8_t digest[PM_DIGEST_SIZE];
  const uint8_t* found = file->guarded_digest;
  if (file->memory >= 0 || !file->is_guarded) {
    const pm_io io = copying_io(file);
    if (pm_content_digest(&io, file->size, scratch, digest) != 0) {
      return file->copy_failed ? PM_REFUSED_EXEC_COPY : PM_REFUSED_EXEC_DEPENDENCY_OPEN;
    }
    found = digest;
  }
  return __builtin_memcmp(found, dependency.digest, PM_DIGEST_SIZE) == 0 ? PM_ACCEPTED
                                                                         : PM_REFUSED_EXEC_DEPENDENCY_DIGEST;
}

pm_verdict check_library(unsigned index) {
  if (read_elf(descriptors[index], &elf) != PM_ACCEPTED) return PM_REFUSED_EXEC_DEPENDENCY_ELF;
  const Elf64_Dyn* name = find_entry(elf, DT_SONAME);
  if (name == nullptr || !read_name(elf, name->d_un.d_val, names[index]) || !is_plain(names[index])) {
    return PM_REFUSED_EXEC_DEPENDENCY_ELF;
  }
  return steers_loading(elf) ? PM_REFUSED_EXEC_SEARCH_PATH : PM_ACCEPTED;
}

pm_verdict take_dependency(const pm_dependency& dependency, unsigned index, pm_scratch* scratch) {
  char* path = paths[index];
  __builtin_memcpy(path, dependency.name.data, dependency.name.size);
  path[dependency.name.size] = '\0';
  culprit = path;
  if (path[0] != '/') return PM_REFUSED_EXEC_DEPENDENCY_NAME;
  CheckedFile file;
  const pm_verdict opened = open_checked(path, index == 0 ? Use::kExecute : Use::kMap, &file);
  if (opened == PM_REFUSED_EXEC_OPEN || opened == PM_REFUSED_EXEC_FILE_TYPE) return PM_REFUSED_EXEC_DEPENDENCY_OPEN;
  if (opened != PM_ACCEPTED) return opened;
  pm_verdict verdict = check_digest(&file, dependency, scratch);
  if (verdict == PM_ACCEPTED) verdict = seal_checked(file);
  if (verdict != PM_ACCEPTED) return verdict;
  descriptors[index] = file.descriptor();
  verdict = check_library(index);
  if (verdict != PM_ACCEPTED) return verdict;
  return index == 0 || map_executable(descriptors[index], file.size) ? PM_ACCEPTED : PM_REFUSED_EXEC_MAP;
}

bool is_listed(const char* name, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    if (is_same_text(name, names[i])) return true;
  }
  return false;
}

// Every DT_NEEDED of this file is the name of a file in the list.
bool needs_listed_only(const ElfFile& file, uint32_t count) {
  char name[kNameSize];
  for (unsigned i = 0; i < file.dynamic_count; ++i) {
    if (file.dynamic[i].d_tag != DT_NEEDED) continue;
    if (!read_name(file, file.dynamic[i].d_un.d_val, name) || !is_listed(name, count)) return false;
  }
  return true;
}

// In the order of the list, which so decides whose symbols come first, as the order of loading does otherwise.
pm_verdict take_dependencies(const Accepted& program) {
  const pm_manifest& manifest = *program.manifest;
  for (uint32_t i = 0; i < manifest.dependency_count; ++i) {
    const pm_verdict taken = take_dependency(manifest.dependencies[i], i, program.scratch);
    if (taken != PM_ACCEPTED) return taken;
  }
  for (uint32_t i = 0; i < manifest.dependency_count; ++i) {
    culprit = paths[i];
    if (read_elf(descriptors[i], &elf) != PM_ACCEPTED) return PM_REFUSED_EXEC_DEPENDENCY_ELF;
    if (!needs_listed_only(elf, manifest.dependency_count)) return PM_REFUSED_EXEC_NOT_LISTED;
  }
  culprit = nullptr;
  return PM_ACCEPTED;
}

pm_verdict check_surroundings() {
  if (is_there(kPreloadFile)) return PM_REFUSED_EXEC_PRELOAD;
  if (!is_proc_mounted()) return PM_REFUSED_EXEC_PROC;
  return is_memory_limited() ? PM_REFUSED_EXEC_MEMORY_LIMIT : PM_ACCEPTED;
}

// "/proc/self/fd/5:/proc/self/fd/6", of all but the dynamic linker itself.
void write_preload(uint32_t count) {
  char* end = preload;
  for (uint32_t i = 1; i < count; ++i) {
    if (i > 1) *end++ = ':';
    write_descriptor_path(descriptors[i], end);
    while (*end != '\0') ++end;
    keep_open(descriptors[i]);
  }
}

pm_verdict write_arguments(char** arguments, uint32_t count) {
  unsigned used = 0;
  handed_on[used++] = arguments[0];
  handed_on[used++] = "--inhibit-cache";
  handed_on[used++] = "--argv0";
  handed_on[used++] = arguments[0];
  if (count > 1) {
    handed_on[used++] = "--preload";
    handed_on[used++] = preload;
  }
  handed_on[used++] = program_path;
  return append_arguments(arguments, handed_on + used);
}

}  // namespace

pm_verdict prepare_dynamic(const ElfFile& program_elf, const Accepted& program, char** arguments, Start* start) {
  const pm_manifest& manifest = *program.manifest;
  if (manifest.dependency_count == 0) return PM_REFUSED_EXEC_INTERPRETER;
  pm_verdict verdict = check_surroundings();
  if (verdict != PM_ACCEPTED) return verdict;
  if (!is_first_interpreter(program_elf, manifest.dependencies[0])) return PM_REFUSED_EXEC_OTHER_INTERPRETER;
  if (steers_loading(program_elf)) return PM_REFUSED_EXEC_SEARCH_PATH;
  verdict = take_dependencies(program);
  if (verdict != PM_ACCEPTED) return verdict;
  if (!needs_listed_only(program_elf, manifest.dependency_count)) return PM_REFUSED_EXEC_NOT_LISTED;
  write_preload(manifest.dependency_count);
  write_descriptor_path(program.file->descriptor(), program_path);
  keep_open(program.file->descriptor());
  verdict = write_arguments(arguments, manifest.dependency_count);
  *start = {descriptors[0], const_cast<char* const*>(handed_on)};
  return verdict;
}

const char* loading_text(pm_verdict verdict) {
  return find_text(kTexts, verdict, pm_file_verdict_text(verdict));
}

}  // namespace proofmark::linux_exec

// SPDX-License-Identifier: Apache-2.0
//
// Signs files for tests, with the published keys of support/test_key.cpp. Not the signer: a second implementation, which
// can also sign what the signer would refuse.
//
//   proofmark-test-sign trust-cpp > trust.cpp
//   proofmark-test-sign store VERSION OUT [REVOKED-KEY]    a trust store like trust.cpp, signed by its root
//   proofmark-test-sign sign [OPTION...] IN OUT
//     --key rsa3072|rsa4096|p256|p384|hss    --board NAME    --name NAME    --kind N    --machine N    --security-version N
//     --properties HEX   --unproven   --segments   --all-fields
//     --environment NAME   --syscalls N,N...   --capabilities HEX   --runtime-flags N   --dependency NAME=FILE (repeated)
//     --interpreter   turns the first PT_NOTE of the ELF file into a PT_INTERP before signing
#include <elf.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "marked_file.h"
#include "store_file.h"

using namespace proofmark::verify_test;

namespace {

struct NamedKey {
  const char* name;
  KeyName key;
  uint32_t roles;
  const char* role_names;
};
constexpr uint32_t kFiles = PM_ROLE_PROGRAM | PM_ROLE_BUNDLE;
constexpr char kFileNames[] = "PM_ROLE_PROGRAM | PM_ROLE_BUNDLE";
constexpr NamedKey kKeys[] = {{"rsa3072", KeyName::kRsa3072, kFiles, kFileNames},
                              {"rsa4096", KeyName::kRsa4096, kFiles, kFileNames},
                              {"p256", KeyName::kP256, kFiles, kFileNames},
                              {"p384", KeyName::kP384, kFiles | PM_ROLE_ROOT | PM_ROLE_RECOVERY,
                               "PM_ROLE_PROGRAM | PM_ROLE_BUNDLE | PM_ROLE_ROOT | PM_ROLE_RECOVERY"},
                              {"hss", KeyName::kHss, kFiles, kFileNames}};

int usage_error(const std::string& problem) {
  std::fprintf(stderr, "proofmark-test-sign: error: %s\nhint: see the head of test_sign.cpp\n", problem.c_str());
  return 2;
}

void print_bytes(const uint8_t* bytes, size_t size) {
  for (size_t i = 0; i < size; ++i) std::printf("%s0x%02x,", i % 16 == 0 ? "\n      " : " ", bytes[i]);
}

int print_trust() {
  std::printf(
      "// SPDX-License-Identifier: Apache-2.0\n//\n"
      "// The public halves of the test keys, written by: proofmark-test-sign trust-cpp\n"
      "#include <proofmark/verify.h>\n\nextern \"C\" const struct pm_trust_key pm_trust_keys[] = {\n");
  for (const NamedKey& named : kKeys) {
    const pm_trust_key& key = public_key(named.key);
    std::printf("    // %s\n    {%d,\n     PM_TRUST_KEY_TEST | PM_TRUST_KEY_ANY_BOARD,\n     %s,\n     0,\n     {",
                named.name, key.algorithm, named.role_names);
    print_bytes(key.id, sizeof key.id);
    std::printf("},\n     %u,\n     {", key.size);
    print_bytes(key.key, key.size);
    std::printf("}},\n");
  }
  std::printf("};\n\nextern \"C\" const uint32_t pm_trust_key_count = %zu;\n", std::size(kKeys));
  std::printf(
      "extern \"C\" const struct pm_trust_set pm_trust_builtin = {\n"
      "    1, %zu, pm_trust_keys, nullptr, nullptr, nullptr, 0, 0, 0, {1, 1, 1, 0, 1}};\n",
      std::size(kKeys));
  return 0;
}

using Content = std::vector<uint8_t>;

bool read_file(const char* path, Content* content) {
  std::ifstream in(path, std::ios::binary);
  content->assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  return in.good() || in.eof();
}

uint32_t machine_of(const Content& content) {
  if (content.size() < sizeof(Elf64_Ehdr) || std::memcmp(content.data(), ELFMAG, SELFMAG) != 0) return 0;
  return reinterpret_cast<const Elf64_Ehdr*>(content.data())->e_machine;
}

void make_dynamic(Content* content) {
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(content->data());
  auto* segments = reinterpret_cast<Elf64_Phdr*>(content->data() + header->e_phoff);
  for (unsigned i = 0; i < header->e_phnum; ++i) {
    if (segments[i].p_type != PT_NOTE) continue;
    segments[i].p_type = PT_INTERP;
    return;
  }
  std::exit(usage_error("--interpreter: the file has no PT_NOTE"));
}

// What the launcher is to grant, and what is to be loaded.
struct Grants {
  std::vector<uint64_t> syscalls;
  const char* capabilities = nullptr;
  const char* flags = nullptr;
  const char* environment = nullptr;
  std::vector<std::string> dependencies;

  bool has_runtime() const { return !syscalls.empty() || capabilities || flags || environment; }
};

void put_runtime(CborWriter* out, const Grants& grants) {
  const auto is_set = [](const void* pointer) { return pointer != nullptr ? 1u : 0u; };
  out->map((grants.syscalls.empty() ? 0u : 1u) + is_set(grants.capabilities) + is_set(grants.flags) +
           is_set(grants.environment));
  if (!grants.syscalls.empty()) {
    out->uint(PM_RUNTIME_SYSCALLS);
    out->array(grants.syscalls.size());
    for (const uint64_t number : grants.syscalls) out->uint(number);
  }
  if (grants.capabilities != nullptr) {
    out->uint(PM_RUNTIME_CAPABILITIES);
    out->uint(std::strtoull(grants.capabilities, nullptr, 16));
  }
  if (grants.flags != nullptr) {
    out->uint(PM_RUNTIME_FLAGS);
    out->uint(std::strtoull(grants.flags, nullptr, 10));
  }
  if (grants.environment != nullptr) {
    out->uint(PM_RUNTIME_ENVIRONMENT);
    out->array(2);
    out->text(grants.environment);
    out->text("LD_PRELOAD");  // listed by mistake: never passed on
  }
}

std::vector<uint64_t> parse_numbers(const char* text) {
  std::vector<uint64_t> numbers;
  for (char* end = nullptr; *text != '\0'; text = *end == ',' ? end + 1 : end) {
    numbers.push_back(std::strtoull(text, &end, 10));
    if (end == text) break;
  }
  return numbers;
}

bool put_dependencies(CborWriter* out, const std::vector<std::string>& dependencies) {
  out->array(dependencies.size());
  for (const std::string& entry : dependencies) {
    const size_t equals = entry.find('=');
    Content content;
    if (equals == std::string::npos || !read_file(entry.c_str() + equals + 1, &content)) return false;
    uint8_t digest[PM_DIGEST_SIZE];
    reference_content_digest(content.data(), content.size(), digest);
    out->array(2);
    out->text(entry.substr(0, equals).c_str());
    out->bytes(digest, sizeof digest);
  }
  return true;
}

struct Request {
  FilePlan plan;
  Grants grants;
  Content content;
  bool with_interpreter = false;
  bool machine_given = false;
  std::vector<const char*> paths;
};

CborWriter runtime_field;  // the plan points at these two
CborWriter dependency_field;

bool take_flag(const std::string& option, Request* request) {
  FilePlan* plan = &request->plan;
  if (option == "--unproven") return plan->proof_status = PM_UNPROVEN, true;
  if (option == "--segments") return plan->with_segments = true, true;
  if (option == "--all-fields") return plan->with_all_fields = true, true;
  if (option == "--interpreter") return request->with_interpreter = true, true;
  return false;
}

bool take_grant(const std::string& option, const char* value, Grants* grants) {
  if (option == "--environment") return grants->environment = value, true;
  if (option == "--syscalls") return grants->syscalls = parse_numbers(value), true;
  if (option == "--capabilities") return grants->capabilities = value, true;
  if (option == "--runtime-flags") return grants->flags = value, true;
  if (option != "--dependency") return false;
  grants->dependencies.emplace_back(value);
  return true;
}

bool take_value(const std::string& option, const char* value, Request* request) {
  FilePlan* plan = &request->plan;
  if (take_grant(option, value, &request->grants)) return true;
  if (option == "--board") return plan->board = value, true;
  if (option == "--name") return plan->name = value, true;
  const auto number = std::strtoull(value, nullptr, option == "--properties" ? 16 : 10);
  if (option == "--kind") return plan->kind = static_cast<uint32_t>(number), true;
  if (option == "--security-version") return plan->security_version = static_cast<uint32_t>(number), true;
  if (option == "--properties") return plan->properties = number, true;
  if (option == "--machine") {
    request->machine_given = true;
    return plan->machine = static_cast<uint32_t>(number), true;
  }
  if (option != "--key") return false;
  for (const NamedKey& named : kKeys) {
    if (std::strcmp(named.name, value) == 0) return plan->keys[0] = named.key, true;
  }
  return false;
}

int sign(Request* request) {
  if (!read_file(request->paths[0], &request->content)) return usage_error("cannot read the input");
  if (request->with_interpreter) make_dynamic(&request->content);
  FilePlan* plan = &request->plan;
  if (request->grants.has_runtime()) {
    put_runtime(&runtime_field, request->grants);
    plan->manifest[PM_KEY_RUNTIME].bytes = &runtime_field;
  }
  if (!request->grants.dependencies.empty()) {
    if (!put_dependencies(&dependency_field, request->grants.dependencies))
      return usage_error("cannot read a dependency");
    plan->manifest[PM_KEY_DEPENDENCIES].bytes = &dependency_field;
  }
  plan->content = request->content.data();
  plan->content_size = request->content.size();
  if (!request->machine_given) plan->machine = machine_of(request->content);
  plan->detached = true;  // the content can be larger than a MarkedFile is
  static MarkedFile mark;
  make_file(*plan, &mark);
  std::ofstream out(request->paths[1], std::ios::binary);
  out.write(reinterpret_cast<const char*>(plan->content), static_cast<std::streamsize>(plan->content_size));
  out.write(reinterpret_cast<const char*>(mark.bytes), static_cast<std::streamsize>(mark.size));
  return out.flush() ? 0 : usage_error("cannot write the output");
}

// The root, a key for bundles, and another one; the revoked key is none of them.
int make_store_file(int count, char** arguments) {
  StorePlan plan;
  plan.version = static_cast<uint32_t>(std::strtoul(arguments[2], nullptr, 10));
  plan.key_count = 0;
  static CborWriter revoked;
  for (const NamedKey& named : kKeys) {
    if (count == 5 && std::strcmp(arguments[4], named.name) == 0) {
      revoked.array(1);
      revoked.bytes(public_key(named.key).id, PM_KEY_ID_SIZE);
      plan.fields[PM_STORE_REVOKED_KEYS] = &revoked;
    } else if (plan.key_count < 3 || (named.roles & PM_ROLE_ROOT) != 0) {
      if (plan.key_count < 4)
        plan.keys[plan.key_count++] = {named.key, named.roles, PM_TRUST_KEY_TEST | PM_TRUST_KEY_ANY_BOARD};
    }
  }
  const uint32_t thresholds[PM_ROLE_COUNT] = {1, 1, 1, 0, 1};
  std::memcpy(plan.thresholds, thresholds, sizeof thresholds);
  plan.signers[0] = KeyName::kP384;
  static StoreFile file;
  make_store(plan, &file);
  std::ofstream out(arguments[3], std::ios::binary);
  out.write(reinterpret_cast<const char*>(file.bytes), static_cast<std::streamsize>(file.size));
  return out.flush() ? 0 : usage_error("cannot write the output");
}

}  // namespace

int main(int count, char** arguments) {
  if (count >= 4 && std::strcmp(arguments[1], "store") == 0) return make_store_file(count, arguments);
  if (count == 2 && std::strcmp(arguments[1], "trust-cpp") == 0) return print_trust();
  if (count < 2 || std::strcmp(arguments[1], "sign") != 0) return usage_error("no verb");
  static Request request;
  request.plan.keys[0] = KeyName::kRsa3072;
  request.plan.key_count = 1;
  for (int i = 2; i < count; ++i) {
    if (arguments[i][0] != '-') {
      request.paths.push_back(arguments[i]);
    } else if (!take_flag(arguments[i], &request)) {
      if (i + 1 == count || !take_value(arguments[i], arguments[i + 1], &request)) return usage_error(arguments[i]);
      ++i;
    }
  }
  return request.paths.size() == 2 ? sign(&request) : usage_error("expected IN and OUT");
}

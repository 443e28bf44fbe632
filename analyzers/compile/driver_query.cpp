// SPDX-License-Identifier: Apache-2.0
//
// Questions to compiler drivers; see driver_query.h.
#include "compile/driver_query.h"

#include <algorithm>

#include <fmt/format.h>

#include "compile/effective_query.h"
#include "compile/options.h"
#include "compile/process.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using std::string_view;

std::string first_error_line(string_view text) {
  const size_t at = text.find("error:");
  const size_t begin = at == string_view::npos ? 0 : text.rfind('\n', at) + 1;
  return std::string(text.substr(begin, text.find('\n', begin) - begin));
}

report::Error refusal(const Question& question, const ProcessOutput& output) {
  return {fmt::format("{} refuses these flags: {}", question.driver, first_error_line(output.err)), ""};
}

report::Result<ProcessOutput> ask(const Question& question, const Words& flags, const Words& words) {
  Words argv{question.driver};
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.insert(argv.end(), words.begin(), words.end());
  auto output = run_process(argv, question.directory, {"", question.environment});
  if (output && output->exit_code != 0) return tl::unexpected(refusal(question, *output));
  return output;
}

// The directory that holds the compiler's own headers must give way to that of the Clang that parses.
std::string find_builtin_dir(const Question& question, const EffectiveFlags& flags) {
  if (flags.compiler.kind == CompilerKind::kClang) {
    for (const std::string& dir : flags.include_dirs)
      if (dir.find("/lib/clang/") != std::string::npos && dir.ends_with("/include")) return dir;
    return "";
  }
  const auto answer = ask(question, {}, {"-print-file-name=include"});
  if (!answer) return "";
  return fs::weakly_canonical(answer->out.substr(0, answer->out.find('\n'))).string();
}

void take_user_dirs_out(Words& include_dirs, const Words& flags) {
  for (const std::string& dir : option_values(flags, {"-I", "-isystem", "-idirafter"})) std::erase(include_dirs, dir);
}

// The answer depends on every header that the flags force in.
void append_forced_headers(Words& files, const Question& question) {
  const auto forces = [](const std::string& flag) {
    return flag.starts_with("-include") || flag.starts_with("-imacros");
  };
  if (std::ranges::none_of(question.flags, forces)) return;
  const auto rule = ask(question, question.flags, {"-M", "-x", language_name(question.language), "/dev/null"});
  if (!rule) return;
  for (const std::string& word : split_words(rule->out))
    if (!word.ends_with(':') && word != "/dev/null") files.push_back((question.directory / word).lexically_normal());
}

// Files that would be read if they were there: a remembered answer must not survive their appearance.
void append_possible_files(Words& files, const EffectiveFlags& flags, const Question& question) {
  if (flags.compiler.kind == CompilerKind::kGcc) {
    files.push_back((fs::path(flags.builtin_dir).parent_path() / "specs").string());
    return;
  }
  std::vector<fs::path> folders{fs::path(flags.compiler.resolved).parent_path()};
  for (const std::string& flag : question.flags)
    for (const string_view option : {"--config-user-dir=", "--config-system-dir="})
      if (flag.starts_with(option)) folders.push_back(question.directory / flag.substr(option.size()));
  const std::string& target = flags.compiler.target;
  for (const fs::path& folder : folders)
    for (const std::string& name :
         {target + "-clang", target + "-clang++", target, std::string("clang"), std::string("clang++")})
      files.push_back((folder / (name + ".cfg")).lexically_normal().string());
}

// Real path of a program that a driver names; relative to PATH when it has no slash.
std::string real_path(const Question& question, std::string program) {
  Question other = question;
  other.driver = std::move(program);
  return resolve_driver(other);
}

// GCC says which linker it means only when asked; Clang's line starts with it.
std::string linker_path(const Question& question, const Words& argv) {
  if (fs::path(argv[0]).filename() != "collect2") return real_path(question, argv[0]);
  std::string name = "ld";
  for (const std::string& word : argv)
    if (word.starts_with("-fuse-ld=")) name = "ld." + word.substr(9);
  const auto answer = ask(question, {}, {"-print-prog-name=" + name});
  return real_path(question, answer ? answer->out.substr(0, answer->out.find('\n')) : name);
}

// BFD ld tells its configured default in its help; lld's is always on.
bool relro_by_default(const Question& question, const std::string& linker, LinkerKind kind) {
  if (kind == LinkerKind::kLld) return true;
  const auto help = run_process({linker, "--help"}, question.directory);
  if (!help) return false;
  const size_t at = help->out.find(" -z relro");
  return at != std::string::npos &&
         string_view(help->out).substr(at, help->out.find('\n', at) - at).find("(default)") != string_view::npos;
}

report::Result<EffectiveLink> interpret(const Question& question, const Words& argv, const std::string& linker) {
  if (linker.empty())
    return tl::unexpected(report::Error{fmt::format("{}: its linker {} is not found", question.driver, argv[0]), ""});
  const LinkerKind kind = linker_kind(linker);
  EffectiveLink link = interpret_linker_words(argv, kind, relro_by_default(question, linker, kind));
  link.linker_path = linker;
  return link;
}

}  // namespace

report::Result<EffectiveFlags> query_flags(const Question& question) {
  const char* language = language_name(question.language);
  const auto answer = ask(question, question.flags, {"-dM", "-E", "-v", "-x", language, "/dev/null"});
  if (!answer) return tl::unexpected(answer.error());
  auto parsed = parse_driver_answer(answer->out, answer->err);
  if (!parsed) return tl::unexpected(report::Error{fmt::format("{}: {}", question.driver, parsed.error().message), ""});
  parsed->compiler.resolved = resolve_driver(question);
  parsed->builtin_dir = find_builtin_dir(question, *parsed);
  parsed->depends_on = files_named_in_log(answer->err, question.directory);
  append_forced_headers(parsed->depends_on, question);
  append_possible_files(parsed->depends_on, *parsed, question);
  take_user_dirs_out(parsed->include_dirs, question.flags);
  if (parsed->compiler.kind == CompilerKind::kClang) {
    read_clang_state(*parsed, answer->err);
    return parsed;
  }
  // -x makes --help=optimizers show the state for this language; g++ wants an input even for that, and reads none.
  const auto help = ask(question, question.flags,
                        {"-Q", "--help=common", "--help=optimizers", "-x", language, "-fsyntax-only", "/dev/null"});
  if (!help) return tl::unexpected(help.error());
  read_gcc_state(*parsed, help->out);
  return parsed;
}

report::Result<std::string> query_diagnostics(const Question& question, const std::string& source, const Words& flags) {
  Words argv{question.driver};
  argv.insert(argv.end(), flags.begin(), flags.end());
  // Some of GCC's warnings come from the optimiser, so it must go all the way to assembly.
  for (const char* word : {"-S", "-o", "-", "-fdiagnostics-show-option", "-fdiagnostics-color=never",
                           "-Wno-fatal-errors", "-x", language_name(question.language), "-"})
    argv.emplace_back(word);
  const auto output = run_process(argv, question.directory, {source, question.environment});
  if (!output) return tl::unexpected(output.error());
  if (output->exit_code != 0 && output->err.find("<stdin>") == std::string::npos)
    return tl::unexpected(refusal(question, *output));
  return output->err;
}

report::Result<std::string> query_assembly(const Question& question, const std::string& source) {
  Words argv{question.driver};
  argv.insert(argv.end(), question.flags.begin(), question.flags.end());
  for (const char* word : {"-w", "-S", "-o", "-", "-x", language_name(question.language), "-"}) argv.emplace_back(word);
  const auto output = run_process(argv, question.directory, {source, question.environment});
  if (!output) return tl::unexpected(output.error());
  if (output->exit_code != 0) return tl::unexpected(refusal(question, *output));
  return output->out;
}

report::Result<EffectiveLink> query_link(const Question& question) {
  // An input that exists, so that there is something to link.
  const auto answer = ask(question, question.flags, {"-###", "-o", "a.out", "/dev/null"});
  if (!answer) return tl::unexpected(answer.error());
  const Words argv = linker_words(answer->err);
  if (argv.empty())
    return tl::unexpected(report::Error{fmt::format("{} does not say how it links (-###)", question.driver), ""});
  auto link = interpret(question, argv, linker_path(question, argv));
  // What the driver names of itself, libgcc and libc, is nobody's choice.
  if (link)
    std::erase_if(link->always_needed, [&](const std::string& one) {
      return std::ranges::find(question.flags, one) == question.flags.end();
    });
  return link;
}

report::Result<EffectiveLink> query_linker(const Question& question, const Words& argv) {
  return interpret(question, argv, resolve_driver(question));
}

}  // namespace proofmark::analyze

// SPDX-License-Identifier: Apache-2.0
//
// Launchers and their options; see launcher.h.
#include "compile/launcher.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

using std::string_view;

struct Launcher {
  string_view name;
  string_view with_value;  // options whose value is the next word, each between spaces
  unsigned operands = 0;   // words of its own before the command
};

constexpr std::array kLaunchers = {
    Launcher{"ccache", "", 0},
    Launcher{"sccache", "", 0},
    Launcher{"distcc", "", 0},
    Launcher{"icecc", "", 0},
    Launcher{"pump", "", 0},
    Launcher{"buildcache", "", 0},
    Launcher{"cachepot", "", 0},
    Launcher{"gomacc", "", 0},
    Launcher{"recc", "", 0},
    Launcher{"nohup", "", 0},
    Launcher{"setsid", "", 0},
    Launcher{"exec", " -a ", 0},
    Launcher{"command", "", 0},
    Launcher{"env", " -u --unset -C --chdir ", 0},
    Launcher{"nice", " -n --adjustment ", 0},
    Launcher{"ionice", " -c -n --class --classdata ", 0},
    Launcher{"time", " -f -o --format --output ", 0},
    Launcher{"timeout", " -k -s --kill-after --signal ", 1},
    Launcher{"stdbuf", " -i -o -e --input --output --error ", 0},
    Launcher{"taskset", "", 1},
    Launcher{"libtool", " --mode --tag ", 0},
};

const Launcher* find_launcher(const std::string& word) {
  const std::string name = std::filesystem::path(word).filename().string();
  const auto* found =
      std::find_if(kLaunchers.begin(), kLaunchers.end(), [&](const Launcher& one) { return one.name == name; });
  return found == kLaunchers.end() ? nullptr : found;
}

bool is_assignment(string_view word) {
  const size_t equals = word.find('=');
  return equals != string_view::npos && equals > 0 && word[0] != '-' &&
         word.substr(0, equals).find('/') == string_view::npos;
}

class Peeler {
 public:
  explicit Peeler(const Words& words) : words_(words) {}

  Launch peel() {
    // "CC=x gcc": a shell's own assignments.
    while (at() < words_.size() && is_assignment(words_[at()])) assign(words_[launch_.words++]);
    while (at() < words_.size()) {
      if (words_[at()] == "cmake" && at() + 2 < words_.size() && words_[at() + 1] == "-E" && words_[at() + 2] == "env")
        launch_.words += 2;
      const Launcher* launcher = find_launcher(words_[at()]);
      if (launcher == nullptr) break;
      ++launch_.words;
      take_arguments(*launcher);
    }
    return std::move(launch_);
  }

 private:
  size_t at() const { return launch_.words; }

  // Options and assignments belong to the launcher until the next word that is neither.
  void take_arguments(const Launcher& launcher) {
    unsigned operands = launcher.operands;
    bool options = true;
    while (at() < words_.size()) {
      const std::string& word = words_[at()];
      if (options && word == "--") {
        options = false;
        ++launch_.words;
      } else if (options && word.starts_with("-")) {
        take_option(launcher, word);
      } else if (is_assignment(word)) {
        assign(word);
        ++launch_.words;
      } else if (operands > 0) {
        --operands;
        ++launch_.words;
      } else {
        return;
      }
    }
  }

  void take_option(const Launcher& launcher, const std::string& word) {
    const bool separate = launcher.with_value.find(' ' + word + ' ') != string_view::npos && at() + 1 < words_.size();
    if (launcher.name == "env") change_environment(word, separate ? words_[at() + 1] : std::string());
    launch_.words += separate ? 2 : 1;
  }

  void change_environment(const std::string& option, const std::string& value) {
    const auto joined = [&](string_view prefix) { return option.substr(std::min(option.size(), prefix.size())); };
    if (option == "-i" || option == "-" || option == "--ignore-environment") {
      launch_.environment.emplace_back("-");
    } else if (option == "-u" || option == "--unset") {
      unset(value);
    } else if (option.starts_with("--unset=")) {
      unset(joined("--unset="));
    } else if (option == "-C" || option == "--chdir") {
      launch_.directory = value;
    } else if (option.starts_with("--chdir=")) {
      launch_.directory = joined("--chdir=");
    } else if (option.starts_with("-u")) {
      unset(joined("-u"));
    } else if (option.starts_with("-C")) {
      launch_.directory = joined("-C");
    }
  }

  void unset(const std::string& name) {
    if (is_compiler_variable(name)) launch_.environment.push_back(name);
  }

  void assign(const std::string& word) {
    if (is_compiler_variable(string_view(word).substr(0, word.find('=')))) launch_.environment.push_back(word);
  }

  const Words& words_;
  Launch launch_;
};

}  // namespace

Launch read_launchers(const Words& arguments) {
  return Peeler(arguments).peel();
}

bool is_compiler_variable(string_view name) {
  return matches_any(name, {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "COMPILER_PATH", "GCC_EXEC_PREFIX",
                            "LIBRARY_PATH", "CCC_OVERRIDE_OPTIONS", "SOURCE_DATE_EPOCH", "BR_*", "BR2_*"});
}

}  // namespace proofmark::analyze

// SPDX-License-Identifier: Apache-2.0
//
// Completion scripts. They hold the verbs and options of the programs that are installed; the names of boards and policies
// are asked for when they are wanted, because a project adds its own.
#include <algorithm>

#include "verb_help.h"
#include "verbs.h"

namespace proofmark::command {
namespace {

struct Described {
  const Verb& verb;
  Help help;
};

std::vector<Described> describe_all() {
  std::vector<Described> all;
  for (const Verb& verb : kVerbs)
    if (const auto text = help_of(verb)) all.push_back({verb, parse_help(*text)});
  return all;
}

template <class List>
std::string joined(const List& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

std::string option_words(const Help& help) {
  std::vector<std::string> words;
  for (const Option& option : help.options) words.insert(words.end(), option.names.begin(), option.names.end());
  for (const Option& command : help.subcommands) words.push_back(command.names.front());
  return joined(words);
}

// The words of the table's own verbs, which no program describes.
std::string own_words(const Verb& verb) {
  if (verb.name == "completion") return "bash zsh fish";
  if (verb.name != "manual") return "";
  std::vector<std::string_view> names;
  for (const Verb& each : kVerbs) names.push_back(each.name);
  return joined(names);
}

// What a shell asks when it is to complete the name of a board or a policy.
constexpr std::string_view kBoards =
    R"sed(proofmark matrix --format json 2>/dev/null | sed -n 's/^ *"board": "\([^"]*\)",*$/\1/p')sed";
constexpr std::string_view kPolicies =
    R"sed(proofmark policy list 2>/dev/null | sed -n 's/^\([a-z0-9.-]*\).*/\1/p')sed";

// bash, and zsh through its bash emulation.
std::string shell_function(const std::vector<Described>& all) {
  std::string verbs, values, words;
  for (const auto& [verb, help] : all) {
    verbs.append(verbs.empty() ? "" : " ").append(verb.name);
    for (const Option& option : help.options)
      for (const std::string& name : option.names)
        if (!option.choices.empty())
          values += "    '" + std::string(verb.name) + " " + name + "') words='" + joined(option.choices) + "' ;;\n";
    words += "    " + std::string(verb.name) + ") words='" + option_words(help) + own_words(verb) + "' ;;\n";
  }
  return "_proofmark() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} words=''\n"
         "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
         "    COMPREPLY=($(compgen -W '" +
         verbs +
         " --help --version' -- \"$cur\"))\n"
         "    return\n"
         "  fi\n"
         "  case \"$verb $prev\" in\n" +
         values + "    *' --board') words=$(" + std::string(kBoards) +
         ") ;;\n"
         "    *' --policy') words=$(" +
         std::string(kPolicies) +
         ") ;;\n"
         "  esac\n"
         "  if [ -n \"$words\" ]; then\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "    return\n"
         "  fi\n"
         "  case \"$verb\" in\n" +
         words +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "}\n";
}

// In single quotes of fish, where only the quote and the backslash mean more.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_option(const Option& option) {
  std::string line;
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  const bool is_board = std::ranges::find(option.names, "--board") != option.names.end();
  const bool is_policy = std::ranges::find(option.names, "--policy") != option.names.end();
  if (!option.choices.empty())
    line += " -x -a " + fish_quoted(joined(option.choices));
  else if (is_board || is_policy)
    line += " -x -a " + fish_quoted("(" + std::string(is_board ? kBoards : kPolicies) + ")");
  else if (!option.value.empty())
    line += " -r";
  return line + " -d " + fish_quoted(option.text) + "\n";
}

std::string fish(const std::vector<Described>& all) {
  std::string script;
  for (const auto& [verb, help] : all) {
    const std::string name(verb.name);
    script +=
        "complete -c proofmark -f -n __fish_use_subcommand -a " + name + " -d " + fish_quoted(verb.summary) + "\n";
    const std::string start = "complete -c proofmark -n '__fish_seen_subcommand_from " + name + "'";
    for (const Option& option : help.options) script += start + fish_option(option);
    std::string words = own_words(verb);
    for (const Option& command : help.subcommands) words.append(words.empty() ? "" : " ").append(command.names.front());
    if (!words.empty()) script += start + " -f -a " + fish_quoted(words) + "\n";
  }
  return script;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell) {
  const std::string head = "# written by proofmark completion " + std::string(shell) + "\n";
  if (shell == "bash")
    return head + shell_function(describe_all()) + "complete -o bashdefault -o default -F _proofmark proofmark\n";
  if (shell == "zsh")
    return "#compdef proofmark\n" + head + "autoload -U +X bashcompinit && bashcompinit\n" +
           shell_function(describe_all()) + "complete -o bashdefault -o default -F _proofmark proofmark\n";
  if (shell == "fish") return head + fish(describe_all());
  return std::nullopt;
}

}  // namespace proofmark::command

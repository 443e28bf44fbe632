// SPDX-License-Identifier: Apache-2.0
//
// Manual pages in man(7), from what the programs say of themselves.
#include "verb_help.h"
#include "verbs.h"

namespace proofmark::command {
namespace {

constexpr std::string_view kExitStatus =
    ".SH EXIT STATUS\n.TP\n0\nyes\n.TP\n1\nno: findings, or not trusted\n.TP\n2\nwrong usage\n.TP\n3\ncould not tell\n";

// groff reads a dot or a quote at the start of a line as a request, and "-" as a hyphen that no shell takes.
std::string roff(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string head(const std::string& name, std::string_view summary) {
  std::string title;
  for (const char c : name) title += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return ".\\\" written by proofmark manual\n.TH " + roff(title) +
         " 1 \"\" \"proofmark " PROOFMARK_VERSION "\"\n.SH NAME\n" + roff(name) + " \\- " + roff(summary) + "\n";
}

std::string list(std::string_view title, const std::vector<Option>& options) {
  if (options.empty()) return {};
  std::string out = ".SH " + std::string(title) + "\n";
  for (const Option& option : options) {
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
    if (!option.value.empty()) names += " \\fI" + roff(option.value) + "\\fR";
    out += ".TP\n" + names + "\n" + (option.text.empty() ? "\\&" : roff(option.text)) + "\n";
  }
  return out;
}

}  // namespace

std::optional<std::string> manual_page(const Verb& verb) {
  const auto text = help_of(verb);
  if (!text) return std::nullopt;
  const Help help = parse_help(*text);
  // The program's name in the usage is an inner one; users type proofmark.
  const auto blank = help.usage.find(' ');
  const std::string usage = blank == std::string::npos ? "" : "proofmark" + help.usage.substr(blank);
  return head("proofmark-" + std::string(verb.name), verb.summary) + ".SH SYNOPSIS\n" + roff(usage) +
         "\n.SH DESCRIPTION\n" + roff(help.summary) + "\n" + list("ARGUMENTS", help.positionals) +
         list("OPTIONS", help.options) + list("SUBCOMMANDS", help.subcommands) + std::string(kExitStatus) +
         ".SH SEE ALSO\n.BR proofmark (1)\n";
}

std::optional<std::string> manual_page() {
  std::string page =
      head("proofmark", "proves, signs and verifies firmware") + ".SH SYNOPSIS\nproofmark VERB [OPTIONS] [FILE...]\n" +
      ".SH DESCRIPTION\nNothing is signed that was not proved; nothing runs that was not signed.\n.SH VERBS\n";
  for (const Verb& verb : kVerbs)
    page += ".TP\n\\fBproofmark\\-" + roff(verb.name) + "\\fR(1)\n" + roff(verb.summary) + "\n";
  return page + std::string(kExitStatus);
}

}  // namespace proofmark::command

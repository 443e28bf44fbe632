// SPDX-License-Identifier: Apache-2.0
//
// The common parts of the pages; see html_frame.h.
#include "report/html_frame.h"

#include <fmt/format.h>

namespace proofmark::report {

std::string html_head(std::string_view title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      csp_hash(kPageStyle), csp_hash(kPageScript), escape_html(title), kPageStyle);
}

std::string html_tools(std::string_view words, std::string_view rows) {
  return fmt::format(
      "<div class=\"tools\" hidden><input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
      "placeholder=\"{}\" aria-label=\"filter\"><button id=\"problems\" "
      "aria-pressed=\"false\">only problems</button><button id=\"theme\">theme</button><button "
      "id=\"help\">keys</button><output id=\"shown\" data-rows=\"{}\"></output></div>\n",
      words, rows);
}

std::string html_foot(std::string_view from, std::string_view row) {
  return fmt::format(
      "</main>\n<footer>{}. This page loads nothing.</footer>\n"
      "<dialog id=\"keys\"><h2>Keys</h2><dl>"
      "<div><dt><kbd>j</kbd> <kbd>k</kbd><dd>next, previous {}</div>"
      "<div><dt><kbd>Enter</kbd><dd>open the {}</div>"
      "<div><dt><kbd>/</kbd><dd>filter</div>"
      "<div><dt><kbd>p</kbd><dd>only problems</div>"
      "<div><dt><kbd>t</kbd><dd>light or dark</div>"
      "<div><dt><kbd>Esc</kbd><dd>clear, close, go back</div>"
      "<div><dt><kbd>?</kbd><dd>these keys</div></dl>"
      "<button id=\"close\">close</button></dialog>\n"
      "<script>{}</script>\n</body>\n</html>\n",
      escape_html(from), row, row, kPageScript);
}

std::string path_html(std::string_view path, std::string_view prefix) {
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return escape_html(path);
  return fmt::format("<span class=\"folder\">{}</span>{}", escape_html(path.substr(0, slash + 1)),
                     escape_html(path.substr(slash + 1)));
}

std::string place_html(const Location& where, std::string_view prefix) {
  std::string text = path_html(where.file, prefix);
  if (where.line != 0) text += fmt::format(":{}", where.line);
  if (where.line != 0 && where.column != 0) text += fmt::format(":{}", where.column);
  return text;
}

std::string waiver_html(const std::string& owner, const std::string& reason) {
  if (owner.empty()) return {};
  return fmt::format("<p class=\"note\">waived by {}: {}</p>", escape_html(owner), escape_html(reason));
}

std::string finding_html(const Finding& finding, std::string_view prefix, std::string_view more) {
  const char* const style = !finding.waived_by.empty() ? "waived" : finding.level == Level::kMust ? "lost" : "na";
  return fmt::format(
      "<li><span class=\"tally {}\">{}</span> <span class=\"where\">{}</span> {}{}{}{}</li>\n", style,
      escape_html(finding.rule), place_html(finding.where, prefix), escape_html(finding.message),
      finding.hint.empty() ? "" : fmt::format("<p class=\"note\">hint: {}</p>", escape_html(finding.hint)),
      waiver_html(finding.waived_by, finding.waiver_reason), more);
}

std::string findings_html(const std::vector<Finding>& findings, std::string_view prefix) {
  std::string items;
  for (const Finding& finding : findings)
    if (finding.level != Level::kOff) items += finding_html(finding, prefix, "");
  return items.empty() ? items : "<ul class=\"findings\">\n" + items + "</ul>\n";
}

std::string excerpt_html(const std::vector<Excerpts::Line>& lines) {
  std::string text = "<pre>";
  for (const Excerpts::Line& line : lines)
    text += fmt::format("<span class=\"n\">{}</span>{}\n", line.number,
                        line.marked ? fmt::format("<mark>{}</mark>", escape_html(line.text)) : escape_html(line.text));
  return text + "</pre>";
}

}  // namespace proofmark::report

// SPDX-License-Identifier: Apache-2.0
//
// measure: the value that a TPM's register has after a device with proofmark-init has started a system, foretold from the
// files that the device is made of; and a log of a boot held against that.
#include <algorithm>
#include <memory>
#include <regex>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "boards_dir.h"
#include "proofmark/sign/bundle.h"
#include "proofmark/sign/event_log.h"
#include "proofmark/sign/measured_boot.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  BootPolicyRequest policy;
  std::vector<std::string> trust, refused;
  std::string store, bundle, initial, log, value, format = "text";
  bool recovery = false;
};

struct Prediction {
  unsigned pcr = 0;
  std::vector<std::string> events;
  Digest value{};
};

Result<Digest> parse_digest(const std::string& text, const char* option) {
  const auto digest = digest_from_hex(text);
  if (!digest)
    return usage("", fmt::format("{} \"{}\" is not a SHA-256 digest (expected 64 hexadecimal digits)", option, text));
  return *digest;
}

// "slot 0=1114" to what the device measures when it refused that slot with PM-E1114.
Result<std::string> parse_refusal(const std::string& text) {
  static const std::regex form("(slot [0-9]{1,3}|recovery)=(?:PM-E)?([1-9][0-9]{2,3})");
  std::smatch parts;
  if (!std::regex_match(text, parts, form))
    return usage("", fmt::format("--refused \"{}\" is not PLACE=NUMBER", text), "as in --refused 'slot 0=1114'");
  return refusal_event(parts[1], static_cast<std::uint32_t>(std::stoul(parts[2])));
}

// What is compiled in.
Result<TrustStore> compiled_trust(const Options& options) {
  VerifierOptions whom;
  whom.trust = options.trust;
  const auto request = load_trust(whom);
  if (!request) return tl::unexpected(request.error());
  TrustStore store = request->store ? *request->store : store_of_keys(request->keys);
  for (const auto& [id, key] : store.keys) {
    if (options.policy.release && key.key.test)
      return refused(options.trust.front(), fmt::format("{}: a release does not trust TEST keys", to_hex(id)));
  }
  return store;
}

// Decides as the device does, so that no value is foretold for what would never start.
Result<std::string> check_bundle(const Options& options, const BootPolicy& policy, const TrustStore& trust) {
  TrustRequest request;
  request.store = trust;
  request.role = options.recovery ? PM_ROLE_RECOVERY : PM_ROLE_BUNDLE;
  request.threshold = options.policy.threshold;
  request.board = policy.board;
  request.minimum_security_version = options.policy.minimum_security_version;
  request.allow_unproven = policy.allow_unproven;
  const auto file = InputFile::open(options.bundle);
  if (!file) return tl::unexpected(file.error());
  Verification check;
  check.run(file->fd(), -1, request);
  const pm_result& result = check.result();
  const VerifierInput input(file->fd());
  const auto table = std::make_unique<pm_bundle>();
  pm_verdict verdict = check.verdict();
  if (verdict == PM_ACCEPTED) verdict = pm_bundle_open(table.get(), input.io(), &result);
  if (verdict != PM_ACCEPTED)
    return refused(options.bundle, fmt::format("the device would refuse it: {} (PM-E{})", pm_verdict_text(verdict),
                                               static_cast<unsigned>(verdict)));
  MeasuredBundle bundle;
  bundle.is_recovery = options.recovery;
  std::copy_n(result.manifest.content_digest, bundle.content_digest.size(), bundle.content_digest.begin());
  bundle.security_version = result.security_version;
  bundle.is_proven = result.manifest.proof_status == PM_PROVEN;
  return bundle_event(bundle);
}

Result<Prediction> predict(const Options& options) {
  const auto policy = load_boot_policy(options.policy);
  if (!policy) return tl::unexpected(policy.error());
  auto trust = compiled_trust(options);
  if (!trust) return tl::unexpected(trust.error());
  Prediction prediction;
  prediction.pcr = policy->pcr;
  prediction.events = {policy_event(*policy), trust_event(*trust)};
  for (const auto& text : options.refused) {
    const auto event = parse_refusal(text);
    if (!event) return tl::unexpected(event.error());
    prediction.events.push_back(*event);
  }
  if (!options.store.empty()) {
    if (auto ok = check_replacement(*trust, options.store); !ok) return tl::unexpected(ok.error());
    auto newer = read_trust_file(options.store);
    if (!newer) return tl::unexpected(newer.error());
    trust = std::move(newer->store);
    prediction.events.push_back(trust_event(*trust));
  }
  const auto bundle = check_bundle(options, *policy, *trust);
  if (!bundle) return tl::unexpected(bundle.error());
  prediction.events.push_back(*bundle);
  if (!options.initial.empty()) {
    const auto initial = parse_digest(options.initial, "--initial");
    if (!initial) return tl::unexpected(initial.error());
    prediction.value = *initial;
  }
  for (const auto& event : prediction.events) prediction.value = extend(prediction.value, digest_of_event(event));
  return prediction;
}

// The first thing in which the log is not the prediction, or nothing.
Result<std::string> compare_log(const std::string& path, const Prediction& prediction) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto bytes =
      file->read(0, static_cast<std::size_t>(std::min<std::uint64_t>(file->size(), kMaxEventLogSize + 1)));
  if (!bytes) return tl::unexpected(bytes.error());
  auto events = decode_event_log(*bytes, path);
  if (!events) return tl::unexpected(events.error());
  std::erase_if(*events, [&](const LoggedEvent& event) { return event.pcr != prediction.pcr; });
  for (std::size_t i = 0; i < std::max(events->size(), prediction.events.size()); ++i) {
    const std::string expected = i < prediction.events.size() ? "\"" + prediction.events[i] + "\"" : "no more";
    if (i >= events->size()) return fmt::format("event {} is missing (expected {})", i + 1, expected);
    const LoggedEvent& found = (*events)[i];
    if (found.digest != digest_of_event(found.text))
      return fmt::format("event {}: its digest is not that of its text \"{}\"", i + 1, printable(found.text));
    if (i >= prediction.events.size() || found.text != prediction.events[i])
      return fmt::format("event {} differs (expected {}, found \"{}\")", i + 1, expected, printable(found.text));
  }
  return std::string();
}

// Each check that was asked for, in words: what differs, or nothing.
struct Checks {
  std::optional<std::string> log, value;
  bool passed() const { return log.value_or("").empty() && value.value_or("").empty(); }
};

Result<Checks> run_checks(const Options& options, const Prediction& prediction) {
  Checks checks;
  if (!options.log.empty()) {
    const auto difference = compare_log(options.log, prediction);
    if (!difference) return tl::unexpected(difference.error());
    checks.log = *difference;
  }
  if (!options.value.empty()) {
    const auto value = parse_digest(options.value, "--value");
    if (!value) return tl::unexpected(value.error());
    checks.value = *value == prediction.value
                       ? ""
                       : fmt::format("expected {}, found {}", to_hex(prediction.value), to_hex(*value));
  }
  return checks;
}

void print_check(const std::string& subject, const std::optional<std::string>& difference) {
  if (!difference) return;
  fmt::print("{}: {}{}\n", subject, difference->empty() ? "as predicted" : "NOT AS PREDICTED: ", *difference);
}

void print_text(const Options& options, const Prediction& prediction, const Checks& checks) {
  for (const auto& event : prediction.events) fmt::print("event {}\n", event);
  fmt::print("pcr {} sha256:{}\n", prediction.pcr, to_hex(prediction.value));
  print_check(options.log, checks.log);
  print_check(fmt::format("pcr {}", prediction.pcr), checks.value);
}

void print_json(const Prediction& prediction, const Checks& checks) {
  nlohmann::ordered_json document = {
      {"pcr", prediction.pcr}, {"algorithm", "sha256"}, {"value", to_hex(prediction.value)}};
  auto& events = document["events"] = nlohmann::ordered_json::array();
  for (const auto& event : prediction.events)
    events.push_back({{"text", event}, {"digest", to_hex(digest_of_event(event))}});
  const auto add = [&](const char* name, const std::optional<std::string>& difference) {
    if (difference) document[name] = {{"as_predicted", difference->empty()}, {"difference", *difference}};
  };
  add("eventlog", checks.log);
  add("quoted_value", checks.value);
  fmt::print("{}\n", document.dump(2));
}

Result<int> measure(const Options& options) {
  const auto prediction = predict(options);
  if (!prediction) return tl::unexpected(prediction.error());
  const auto checks = run_checks(options, *prediction);
  if (!checks) return tl::unexpected(checks.error());
  if (options.format == "json")
    print_json(*prediction, *checks);
  else
    print_text(options, *prediction, *checks);
  return checks->passed() ? kYes : kNo;
}

void declare_options(CLI::App& command, Options& options) {
  command.add_option("--board", options.policy.board, "board that the device is built for")->required();
  command
      .add_option("--trust", options.trust,
                  "what is compiled in: trust store, or public key in PEM; keys may be given again")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--bundle", options.bundle, "bundle that the device starts")->required();
  command.add_option("--store", options.store, "newer trust store on the medium");
  command.add_flag("--recovery", options.recovery, "the bundle is that of the recovery medium");
  command
      .add_option("--refused", options.refused,
                  "PLACE=NUMBER of a medium that was refused before, such as 'slot 0=1114'; may be given again")
      ->allow_extra_args(false);
  command.add_flag("--release", options.policy.release, "the device was built with RELEASE");
  command.add_option("--threshold", options.policy.threshold, "THRESHOLD that the device was built with (default 1)");
  command.add_option("--min-security-version", options.policy.minimum_security_version,
                     "MINIMUM_SECURITY_VERSION that the device was built with (default 0)");
  command.add_option("--boot", options.policy.boot_file,
                     "file with the \"boot\" section, when the device was built with BOOT");
  command.add_option("--initial", options.initial, "value of the register before (default: all zero)");
  command.add_option("--eventlog", options.log, "log of a boot that must be as predicted");
  command.add_option("--value", options.value, "value of the register, from a quote, that must be the predicted one");
  command.add_option("--format", options.format, "text or json (default text)")->check(CLI::IsMember({"text", "json"}));
  command.add_option("--boards-dir", options.policy.boards_dir, "where the boards and policies are");
}

}  // namespace

void declare_measure(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  declare_options(command, *options);
  command.callback([options, &exit_code] {
    if (options->policy.boards_dir.empty()) options->policy.boards_dir = default_boards_dir();
    const auto code = measure(*options);
    exit_code = code ? *code : report(code.error());
  });
}

}  // namespace proofmark::sign::tool

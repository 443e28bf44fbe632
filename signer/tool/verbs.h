// SPDX-License-Identifier: Apache-2.0
//
// Which program serves which verb. Dispatch, help, completion and manual pages come from this table; what a verb's options
// are, its program's --help says.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace proofmark::command {

struct Verb {
  std::string_view name;
  const char* program;
  std::string_view summary;
};

// The order is the order of the work: prove, sign, verify.
inline constexpr std::array kVerbs = {
    Verb{"check", "proofmark-analyze",
         "analyse the translation units of a build: flags, warnings, path-sensitive analysis"},
    Verb{"record", "proofmark-analyze", "run a build and write down how it compiles and links"},
    Verb{"merge", "proofmark-analyze", "join the evidence of several checks"},
    Verb{"cache", "proofmark-analyze", "show, clear or trim what is kept of earlier checks"},
    Verb{"matrix", "proofmark-analyze", "print the boards as a CI matrix"},
    Verb{"policy", "proofmark-analyze", "list, show and compare policies"},
    Verb{"rules", "proofmark-analyze", "list the rules"},
    Verb{"explain", "proofmark-analyze", "explain a rule: why, example, cure, CWE"},
    Verb{"audit", "proofmark-elf", "audit what an ELF file really contains"},
    Verb{"report", "proofmark-report", "join all layers of a build: where was which protection lost"},
    Verb{"keygen", "proofmark-sign", "make a signing key"},
    Verb{"pubkey", "proofmark-sign", "write the public half of a key, or the device's trust source"},
    Verb{"keyinfo", "proofmark-sign", "describe a key"},
    Verb{"sign", "proofmark-sign", "strike the mark into a file that was proved"},
    Verb{"verify", "proofmark-sign", "check the mark of files against trusted keys"},
    Verb{"bundle", "proofmark-sign", "sign a whole root file system in one mark"},
    Verb{"diff", "proofmark-sign", "show what differs between two bundles"},
    Verb{"install", "proofmark-sign", "verify a root file system and let fs-verity guard its files"},
    Verb{"companion", "proofmark-sign", "write the policy for IMA or IPE that lets run what a bundle holds"},
    Verb{"measure", "proofmark-sign", "foretell what a TPM holds after a boot, and hold event logs against it"},
    Verb{"info", "proofmark-sign", "show the manifest of a signed file, without checking it"},
    Verb{"configure", "proofmark-sign", "compile configuration into read-only data that a mark binds"},
    Verb{"trust", "proofmark-sign", "make, sign, show and compare trust stores: keys, roles, revocations"},
    Verb{"unsign", "proofmark-sign", "take the mark off again, byte for byte"},
    Verb{"digest", "proofmark-sign", "print the content digest that a mark binds, or write what is to be signed"},
    Verb{"attach", "proofmark-sign", "make the signed file of signatures that were made elsewhere"},
    Verb{"completion", "", "print a completion script for bash, zsh or fish"},
    Verb{"manual", "", "print the manual page of a verb"},
};

// What `proofmark VERB --help` prints; nothing when its program is not beside this one.
std::optional<std::string> help_of(const Verb& verb);

// `proofmark completion SHELL`: a script for bash, zsh or fish; nothing for another shell.
std::optional<std::string> completion_script(std::string_view shell);

// `proofmark manual [VERB]`: the manual page in man(7); nothing when the verb's program is not there.
std::optional<std::string> manual_page();
std::optional<std::string> manual_page(const Verb& verb);

}  // namespace proofmark::command

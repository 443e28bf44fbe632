#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A real kernel: a hundred of its modules, each with the kernel's own signature at its end, and its image, which is signed for
# UEFI Secure Boot. Both are told about, both come back byte for byte, both can have a detached mark instead. The package
# is downloaded once, by the machine's own apt.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
cache=${PROOFMARK_CACHE:-${HOME:-/tmp}/.cache/proofmark}/kernel
meta=linux-image-cloud-$(dpkg --print-architecture 2>/dev/null)
package=$(apt-cache depends "$meta" 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)
[ -n "$package" ] || { echo "skipped: apt knows no $meta"; exit 77; }
mkdir -p "$cache"
if ! compgen -G "$cache/${package}_*.deb" >/dev/null; then
  (cd "$cache" && timeout 300 apt-get -qq download "$package" >/dev/null 2>&1) || { echo "skipped: $package cannot be downloaded"; exit 77; }
fi
dpkg-deb --fsys-tarfile "$(compgen -G "$cache/${package}_*.deb" | tail -1)" |
  tar -x --wildcards './boot/vmlinuz*' './lib/modules/*/kernel/lib/*' './lib/modules/*/kernel/crypto/*' ||
  { echo "skipped: $package cannot be unpacked"; exit 77; }

unproven='no board was named, so no policy applies'
# tells FILE TEXT: signing says this, and with --detached it does not; what comes back is the file, the detached mark holds.
tells() {
  local file=$1 text=$2
  cases=$((cases + 1))
  sign_unproven --name x "$file" -o marked >/dev/null 2>said || fail "$file: $(cat said)"
  [ "$(cat said)" = "proofmark: warning: $file: $unproven${text:+
proofmark: warning: $file: $text}" ] || fail "$file: $(cat said)"
  verify_unproven marked >said || fail "$file: $(cat said)"
  "$SIGN" unsign marked -o back && cmp "$file" back || fail "$file does not come back"
  sign_unproven --detached --name x "$file" -o "$file.proofmark" >/dev/null 2>said || fail "$file: $(cat said)"
  [ "$(cat said)" = "proofmark: warning: $file: $unproven" ] || fail "$file, detached: $(cat said)"
  verify_unproven "$file" >said || fail "$file, detached: $(cat said)"
}
modules=0
while read -r module; do
  modules=$((modules + 1))
  text='the kernel no longer finds its own signature of a module behind which there is a mark; use --detached'
  [ "$(tail -c 28 "$module" | tr -d '\n')" = '~Module signature appended~' ] || text=
  tells "$module" "$text"
  [ "$(readelf -hSW marked 2>&1 >/dev/null)" = "$(readelf -hSW "$module" 2>&1 >/dev/null)" ] || fail "$module: readelf finds something new"
  [ "$(eu-elflint --gnu-ld marked 2>&1)" = "$(eu-elflint --gnu-ld "$module" 2>&1)" ] || fail "$module: eu-elflint finds something new"
  if command -v modinfo >/dev/null; then
    [ "$(modinfo -F license "$PWD/marked")" = "$(modinfo -F license "$PWD/$module")" ] || fail "$module: modinfo"
  fi
done < <(find lib -name '*.ko' | sort | head -100)
[ "$modules" -gt 20 ] || fail "only $modules modules were found"
for image in boot/vmlinuz*; do
  text='the mark would end the UEFI Secure Boot signature that the file carries; use --detached'
  [ "$(uname -m)" = x86_64 ] || text=
  tells "$image" "$text"
done
echo "$modules modules of $package"
finish

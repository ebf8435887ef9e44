#!/bin/bash
# Installs the peers that `make bench` measures itself against where they are found.
set -euo pipefail
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
  borgbackup libarchive-tools lmodern nginx-light texlive-lang-european texlive-latex-base time
"$(dirname "$0")/../target/oracles/venv/bin/pip" install -q --disable-pip-version-check typst==0.13.7

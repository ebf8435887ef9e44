#!/bin/sh
# Makes the web fonts from the TTF files beside this script. Needs fonttools and brotli.
# The reading face is cut down, so by its licence (OFL 1.1, reserved names) it must carry another name.
set -eu
cd "$(dirname "$0")"
# Latin with extensions (Danish, Greenlandic, Faroese, Sámi, Polish, Turkish, Vietnamese ...), punctuation, arrows.
RANGES='U+0020-007E,U+00A0-024F,U+0259,U+02BC,U+02C6-02DD,U+0300-0304,U+0306-030C,U+0323,U+0326-0328,U+1E00-1EFF,U+2000-2027,U+202F-203A,U+2044,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2713,U+FFFD'
subset() {
    pyftsubset "$1" --unicodes="$RANGES" --layout-features='kern,liga,mark,mkmk,ccmp,locl,calt,onum,lnum,tnum' \
        --flavor=woff2 --name-IDs='*' --no-hinting --output-file="$2"
}
subset Andika-Regular.ttf livsbog-read-regular.woff2
subset Andika-Bold.ttf livsbog-read-bold.woff2
subset Literata-Regular.ttf livsbog-story-regular.woff2
subset Literata-Italic.ttf livsbog-story-italic.woff2
subset Literata-SemiBold.ttf livsbog-story-semibold.woff2
python3 - livsbog-read-*.woff2 livsbog-story-*.woff2 <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
for path in sys.argv[1:]:
    font = TTFont(path)
    family = "Livsbog Read" if "read" in path else "Livsbog Story"
    style = path.rsplit("-", 1)[1].split(".")[0].title()
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}", 6: f"{family} {style}".replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (16, 17, 18, 20, 21, 22, 25):
            font["name"].names.remove(record)
    font.flavor = "woff2"
    font.save(path)
PYTHON

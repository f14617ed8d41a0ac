"""The fonts of the samples: Debian's fonts-dejavu and fonts-liberation, by fontconfig or where Debian puts them."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
FONTS = {
    "sans": "LiberationSans-Regular.ttf",
    "sans-bold": "LiberationSans-Bold.ttf",
    "narrow": "LiberationSansNarrow-Regular.ttf",
    "serif": "LiberationSerif-Regular.ttf",
    "serif-bold": "LiberationSerif-Bold.ttf",
    "serif-italic": "LiberationSerif-Italic.ttf",
    "mono": "LiberationMono-Regular.ttf",
    "wide": "DejaVuSans.ttf",
    "wide-serif": "DejaVuSerif.ttf",
    "wide-mono": "DejaVuSansMono.ttf",
}


@lru_cache
def path(name: str) -> Path:
    """The file of a font of FONTS; a SystemExit that names the packages when it is not there."""
    file = FONTS[name]
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            if line.endswith("/" + file):
                return Path(line)
    for folder in FOLDERS:
        for found in sorted(Path(folder).rglob(file)):
            return found
    raise SystemExit(f"samples: {file} is missing: apt-get install fonts-liberation fonts-dejavu")


@lru_cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same with and without libraqm.
    return ImageFont.truetype(str(path(name)), size, layout_engine=ImageFont.Layout.BASIC)

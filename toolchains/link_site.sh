#!/usr/bin/env bash
# Makes the environment's Python import the package that the build has put into build/site, and gives it the command.
set -euo pipefail
cd "$(dirname "$0")/.."
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$PWD/build/site" >"$site/paritas_build.pth"
printf '#!%s\nimport sys\n\nfrom paritas.cli import main\n\nsys.exit(main())\n' "$PWD/.venv/bin/python" >.venv/bin/paritas
chmod +x .venv/bin/paritas

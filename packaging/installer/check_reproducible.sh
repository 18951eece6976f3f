#!/usr/bin/env bash
# Build the bundle and the .deb twice, from two fresh clones in two folders, and compare them byte for byte.
#   packaging/installer/check_reproducible.sh
# Takes some minutes and 4 GB below $TMPDIR; needs what build_bundle.py and build_deb.py need.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

for clone in first second/deeper; do
  git clone --quiet "$source" "$place/$clone"
  python3 "$place/$clone/packaging/installer/build_bundle.py" --out "$place/$clone/dist"
  python3 "$place/$clone/packaging/installer/build_deb.py" --out "$place/$clone/dist"
done

cd "$place/first/dist"
status=0
for file in *.tar.gz *.deb; do
  if cmp "$file" "$place/second/deeper/dist/$file"; then
    echo "the same bytes twice: $(sha256sum "$file")"
  else
    status=1
  fi
done
[ "$status" -eq 0 ] || diff -rq genoai-desktop "$place/second/deeper/dist/genoai-desktop" || true
exit "$status"

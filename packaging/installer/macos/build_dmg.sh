#!/usr/bin/env bash
# Sign, check and pack the macOS application. Run on a Mac, after
#   python3 packaging/installer/build_bundle.py --no-archive
# with IDENTITY set to a "Developer ID Application" certificate, and PROFILE to a notarytool keychain
# profile. Without IDENTITY the application is signed ad hoc: it then opens on this Mac alone.
# LIMIT: reviewed, never run: no Mac was at hand.
set -euo pipefail
cd "$(dirname "$0")/../../.."
app="dist/GenoAI Desktop.app"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
image="dist/genoai-desktop-$version-$(uname -m).dmg"
entitlements=packaging/installer/macos/entitlements.plist
[ -d "$app" ] || { echo "$app is not there: build the bundle first" >&2; exit 2; }

cp dist/genoai-desktop/sbom.cdx.json "$app/Contents/Resources/"
cp -R dist/genoai-desktop/licences "$app/Contents/Resources/"

# Inside out: a signature covers what lies within, so libraries come first and the application last.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
  xargs -0 codesign --force --timestamp --options runtime --sign "${IDENTITY:--}"
find "$app/Contents/Frameworks" -type d -name '*.framework' -print0 |
  xargs -0 -n1 codesign --force --timestamp --options runtime --sign "${IDENTITY:--}"
codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "${IDENTITY:--}" "$app"
codesign --verify --deep --strict --verbose=2 "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "GenoAI Desktop" -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$image"
if [ -n "${IDENTITY:-}" ]; then
  codesign --timestamp --sign "$IDENTITY" "$image"
  xcrun notarytool submit "$image" --keychain-profile "${PROFILE:?a notarytool profile}" --wait
  xcrun stapler staple "$image"
fi
echo "$image"

#!/usr/bin/env bash
# Install the .deb into a clean Debian root and start the program there: the commands without a screen,
# the window under Xvfb, a VCF opened by its file type. Needs root, debootstrap and Debian's packages.
#   packaging/installer/try_deb.sh dist/genoai-desktop_*.deb [shot.png]
set -euo pipefail
package=$(readlink -f "$1")
shot=${2:-}
place=$(mktemp -d)
root=$place/root
finish() {
  for point in proc dev/pts dev; do umount -l "$root/$point" 2>/dev/null || true; done
  rm -rf --one-file-system "$place"
}
trap finish EXIT

release=${RELEASE:-bookworm}
sources=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true)
mirror=${MIRROR:-$(sed -n 's/^URIs: *//p; s/^deb \(\[.*\] \)\?\([^ ]*\) .*/\2/p' <<<"$sources" | sed -n 1p)}
debootstrap --variant=minbase "$release" "$root" "${mirror:-http://deb.debian.org/debian}" >"$place/log" 2>&1 \
  || { tail -5 "$place/log" >&2; exit 1; }
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
# How this machine reaches its packages (a proxy, a mirror's certificate), so that the clean one can too.
apt-config dump | grep '^Acquire::' >"$root/etc/apt/apt.conf.d/99host" || true
mount -t proc proc "$root/proc" 2>/dev/null || true
mount --bind /dev "$root/dev" 2>/dev/null || true
cp "$package" "$root/genoai.deb"
inside() { chroot "$root" /usr/bin/env HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /genoai.deb >"$place/log" 2>&1 \
  || { tail -20 "$place/log" >&2; exit 1; }
echo "installed into a clean $release"
inside genoai-desktop --version
inside genoai-desktop knowledge verify
status=0; inside genoai-desktop demo --out /out --quiet || status=$?
[ "$status" -le 1 ] && test -s "$root/out/report.pdf" && test -s "$root/out/letter.pdf"
echo "the demo case was written (exit status $status)"
inside sh -c 'printf "##fileformat=VCFv4.2\n" > /a.vcf; : > /clinic.genoai; : > /b.genoai-backup; : > /c.genopack'

# Things for the test alone, after the program has shown that it needs none of them.
inside apt-get install -y -qq --no-install-recommends xvfb xauth xdotool imagemagick xdg-utils file \
  libfile-mimeinfo-perl >"$place/log" 2>&1 || { tail -5 "$place/log" >&2; exit 1; }
type=$(inside mimetype --brief --magic-only /a.vcf)
[ "$type" = application/x-genomic-vcf ] || { echo "a VCF is taken for $type" >&2; exit 1; }
for pair in clinic.genoai:store b.genoai-backup:backup c.genopack:pack; do
  type=$(inside mimetype --brief "/${pair%:*}")
  [ "$type" = "application/x-genoai-${pair#*:}" ] || { echo "${pair%:*} is taken for $type" >&2; exit 1; }
  inside grep -q "application/x-genoai-${pair#*:}=genoai-desktop.desktop" /usr/share/applications/mimeinfo.cache
done
inside grep -q "application/x-genomic-vcf=genoai-desktop.desktop" /usr/share/applications/mimeinfo.cache
inside xvfb-run -a -s "-screen 0 1440x900x24" sh -c '
  begun=$(date +%s%N)
  genoai-desktop-window --demo & program=$!
  until xdotool search --onlyvisible --name "GenoAI Desktop" >/dev/null 2>&1; do
    kill -0 $program || exit 1; sleep 0.05
  done
  echo "window visible after $(( ($(date +%s%N) - begun) / 1000000 )) ms"
  sleep 20; import -window root /shot.png
  kill $program; wait $program 2>/dev/null || true'
[ -z "$shot" ] || cp "$root/shot.png" "$shot"
inside apt-get remove -y -qq genoai-desktop >/dev/null 2>&1
[ ! -e "$root/usr/lib/genoai-desktop" ] && echo "removed without a trace"

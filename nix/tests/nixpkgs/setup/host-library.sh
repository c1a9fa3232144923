# Links to a library of the host, its headers, and pkg-config's files with the places that they have here.
PATH=/host/bin
missing() {
    echo "the stand-in for nixpkgs takes $name from the host, which has no $1: apt-get install $debian" >&2
    exit 1
}
mkdir -p "$out/lib" "$dev/include" "$dev/lib/pkgconfig" "$dev/nix-support"
for file in $files; do
    [ -e "/lib/$multiarch/$file" ] || missing "/usr/lib/$multiarch/$file"
    # the versions that programs open, too
    for found in "/lib/$multiarch/$file" "/lib/$multiarch/$file".*; do
        [ ! -e "$found" ] || ln -s "$found" "$out/lib/"
    done
done
for folder in $headers; do
    [ -e "/host/include/$folder" ] || missing "/usr/include/$folder"
    ln -s "/host/include/$folder" "$dev/include/"
done
for module in $modules; do
    [ -e "/lib/$multiarch/pkgconfig/$module.pc" ] || missing "/usr/lib/$multiarch/pkgconfig/$module.pc"
    # nobody links what is private
    sed -e "s|^prefix=.*|prefix=$dev|" -e "s|^libdir=.*|libdir=$out/lib|" -e '/^Requires.private:/d' \
        "/lib/$multiarch/pkgconfig/$module.pc" > "$dev/lib/pkgconfig/$module.pc"
done
echo "$propagated $out" > "$dev/nix-support/propagated-build-inputs"
exit 0

# ocnixUntar TARBALL FOLDER: its files, as they come.
ocnixUntar() {
  tar -xf "$1" -C "$2" --strip-components=1 --warning=no-unknown-keyword \
    --no-same-owner --no-same-permissions --delay-directory-restore
}

# ocnixRegular FOLDER: what Bun keeps of extracted tarballs: regular files and the folders around them.
ocnixRegular() {
  find "$1" -type d ! -perm -0700 -exec chmod u+rwx {} \;
  find "$1" ! -type f ! -type d -delete
}

# ocnixTidy FOLDER: no empty folders below it, modes 0644 and 0755.
ocnixTidy() {
  find "$1" -mindepth 1 -type d -empty -delete
  chmod -R u+rwX,go+rX,go-w,u-s,g-s "$1"
}

# ocnixCopy FOLDER FOLDER: one into the other; links stay links.
ocnixCopy() {
  mkdir -p "$2"
  cp -R -P --no-preserve=ownership,timestamps "$1/." "$2/"
  chmod -R u+w "$2"
}

# ocnixInnerLinks FOLDER: only links to what is in it, as far as its own nested packages
ocnixInnerLinks() {
  local link
  find "$1" -type l | while IFS= read -r link; do
    case $(readlink "$link"):$(readlink -m "$link") in
      /*) rm "$link" ;;
      *:"$1"/*) if [ ! -e "$link" ]; then rm "$link"; fi ;;
      *) rm "$link" ;;
    esac
  done
}

# ocnixUnpack SOURCE FOLDER: a tarball or a folder, as Bun would place it.
ocnixUnpack() {
  mkdir -p "$2"
  if [ -d "$1" ]; then
    ocnixCopy "$1" "$2"
  else
    ocnixUntar "$1" "$2"
    ocnixRegular "$2"
  fi
  ocnixTidy "$2"
}

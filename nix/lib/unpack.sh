# ocnixUntar TARBALL FOLDER: its files, as they come; links among them, if that works.
# Each name loses its first part; --strip-components would leave an absolute path of x//y, which tar then follows.
ocnixUntar() {
  local status=0 said
  said=$(LC_ALL=C tar -xf "$1" -C "$2" --transform='s,^[^/]*$,,rSH;s,^[^/]*/,,rSH' --warning=no-unknown-keyword \
    --no-same-owner --no-same-permissions --delay-directory-restore 2>&1 > /dev/null) || status=$?
  # a file to tar, and nothing to Bun
  case $said in
    *"Unknown file type"*)
      echo "error: $1 has an entry of a type that only some programs know; pin another release of the package" >&2
      return 1
      ;;
  esac
  if [ "$status" != 0 ]; then ocnixUntarFiles "$1" "$2"; fi
}

# ocnixPlainTar TARBALL: the archive without its compression; what follows the compressed part is ignored.
ocnixPlainTar() {
  local status=0
  gzip -dcqf "$1" || status=$?
  # a warning
  if [ "$status" != 2 ]; then return "$status"; fi
}

# ocnixUntarFiles TARBALL FOLDER: its regular files alone, one after the other, as if there were no links.
ocnixUntarFiles() {
  rm -rf "$2"
  mkdir -p "$2"
  ocnixPlainTar "$1" | ocnixTarget=$2 tar -xf - --warning=no-unknown-keyword --to-command='
    path=${TAR_FILENAME#*/}
    case /$path/ in
      "/$TAR_FILENAME/" | */../*) exec cat > /dev/null ;;
    esac
    file=$ocnixTarget/$path
    mkdir -p "$(dirname "$file")" && rm -f "$file" && cat > "$file" && chmod "$TAR_MODE" "$file"
  '
}

# ocnixLinked FOLDER ...: what is no file of its own in them, NUL-terminated: links, and files with two names.
ocnixLinked() {
  find "$@" \( -type f -links +1 -o ! -type f ! -type d \) -print0
}

# ocnixReadable FOLDER ...: all folders in them can be entered
ocnixReadable() {
  find "$@" -type d ! -perm -0700 -exec chmod u+rwx {} \;
}

# ocnixTidy FOLDER: no empty folders below it, modes 0644 and 0755.
ocnixTidy() {
  find "$1" -mindepth 1 -depth \( -type d -empty -delete \) -o -type l -o -type f -perm 0644 -o -perm 0755 \
    -o -exec chmod u+rwX,go+rX,go-w,u-s,g-s {} +
  chmod u+rwX,go+rX,go-w,u-s,g-s "$1"
}

# ocnixCopy FOLDER FOLDER: one into the other; links stay links.
ocnixCopy() {
  mkdir -p "$2"
  cp -R -P --no-preserve=ownership,timestamps "$1/." "$2/"
  chmod -R u+w "$2"
}

# ocnixInnerLinks FOLDER: only links to what is in it
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

# ocnixCopiedLinks FOLDER: files in the place of links to files
ocnixCopiedLinks() {
  local link
  find "$1" -type l -print0 | while IFS= read -r -d '' link; do
    if [ -f "$link" ]; then
      cp -L --preserve=mode "$link" "$link.ocnix"
      mv -f "$link.ocnix" "$link"
    fi
  done
  find "$1" -type l -delete
}

# ocnixLinks FOLDER KIND: what Bun makes of the links, and of packages, in a folder that it copies
ocnixLinks() {
  case $2 in
    archive) find "$1" -type l -delete ;;
    checkout)
      rm -rf "$1/node_modules"
      ocnixInnerLinks "$1"
      ocnixCopiedLinks "$1"
      ;;
    folder)
      find "$1" -mindepth 1 -type d -name node_modules -prune -exec rm -rf {} +
      ocnixInnerLinks "$1"
      ;;
  esac
}

# ocnixUnpack SOURCE FOLDER KIND: a tarball or a folder, as Bun would place it.
ocnixUnpack() {
  mkdir -p "$2"
  if [ -d "$1" ]; then
    ocnixCopy "$1" "$2"
    ocnixLinks "$(readlink -f "$2")" "$3"
  else
    ocnixUntar "$1" "$2"
    ocnixReadable "$2"
    if ocnixLinked "$2" | grep -qz .; then ocnixUntarFiles "$1" "$2"; fi
  fi
  ocnixTidy "$2"
}

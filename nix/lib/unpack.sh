# ocnixUnpack SOURCE FOLDER: the files of a tarball or a folder, as Bun would place them.
# Regular files only, one leading component dropped, no empty folders, modes 0644 or 0755.
ocnixUnpack() {
  local source=$1 folder=$2
  mkdir -p "$folder"
  if [ -d "$source" ]; then
    cp -R --no-preserve=mode,ownership,timestamps "$source/." "$folder/"
    (cd "$source" && find . -type f -perm -0100 -print0) | (cd "$folder" && xargs -0 -r chmod 0755)
  else
    tar -xf "$source" -C "$folder" --strip-components=1 --warning=no-unknown-keyword \
      --no-same-owner --no-same-permissions --delay-directory-restore
    find "$folder" -type d -exec chmod u+rwx {} +
    find "$folder" ! -type f ! -type d -delete
  fi
  find "$folder" -mindepth 1 -type d -empty -delete
  chmod -R u+rwX,go+rX,go-w,u-s,g-s "$folder"
}

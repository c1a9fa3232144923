# ocnixFirstLine FILE: of a first line "#!… CR LF" that CR goes, as Bun has it. Whether the file has a first line "#!…".
ocnixFirstLine() {
  local magic=
  IFS= read -r -d '' -N 2 magic < "$1" || true
  if [ "$magic" != '#!' ]; then return 1; fi
  if head -n 1 "$1" | grep -q $'\r$'; then sed -i --follow-symlinks '1s/\r$//' "$1"; fi
}

# ocnixShebang FILE: whether it is a script whose first line, made Bun's, patchShebangs can take.
ocnixShebang() {
  # it stops at an env that sets variables, or that has options of its own
  ocnixFirstLine "$1" && ! head -n 1 "$1" | grep -Eq 'env +(-[^S]|[^ ]*=)'
}

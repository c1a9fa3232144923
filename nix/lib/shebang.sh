# ocnixFirstLine FILE: sets `first` to its first line, of which Bun looks at 2048 bytes. Of "#!… CR LF" that CR goes, as Bun has it.
# Whether the line starts with "#!".
ocnixFirstLine() {
  first=
  IFS= read -r -n 2048 first < "$1" || true
  if [[ $first != '#!'* ]]; then return 1; fi
  if [[ $first == *$'\r' ]]; then
    first=${first%$'\r'}
    sed -i --follow-symlinks '1s/\r$//' "$1"
  fi
}

# ocnixShebang FILE: whether it is a script whose first line, made Bun's, patchShebangs can take.
ocnixShebang() {
  local first
  # it stops at an env that sets variables, or that has options of its own
  ocnixFirstLine "$1" && ! [[ $first =~ env\ +(-[^S]|[^\ ]*=) ]]
}

# ocnixOwnTools FOLDERS NAME=PROGRAM…: of programs that the builder has and packages bring, too, the builder's win.
# FOLDERS: node_modules folders, one a line.
ocnixOwnTools() {
  local folders=$1 folder tool link
  shift
  while IFS= read -r folder; do
    for tool; do
      link=./$folder/.bin/${tool%%=*}
      if [ -z "$folder" ] || { [ ! -e "$link" ] && [ ! -L "$link" ]; }; then continue; fi
      echo "ocnix: ${link#./} is the builder's ${tool#*=}, not that of the package; packageTools of a profile would change that"
      ln -sfn "${tool#*=}" "$link"
    done
  done <<< "$folders"
}

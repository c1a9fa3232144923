# Writes $out/setup, which every build sources.
set -e
/host/bin/mkdir "$out"
{
    echo "export SHELL='$shell' CONFIG_SHELL='$shell' shell='$shell'"
    echo "setupFolder='$setupFolder' initialPath='$initialPath' defaultNativeBuildInputs='$defaultNativeBuildInputs'"
    echo 'source "$setupFolder/setup.sh"'
} > "$out/setup"
exit 0

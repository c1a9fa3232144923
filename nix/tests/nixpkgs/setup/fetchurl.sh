# Downloads the first of $urls that answers.
if [ -n "$netrcPhase" ]; then
    runPhase netrcPhase
    curlOpts="--netrc-file $PWD/netrc $curlOpts"
fi
if [ -n "$downloadToTemp" ]; then downloadedFile=$TMPDIR/download; else downloadedFile=$out; fi
for url in $urls; do
    echo "trying $url"
    eval "more=($curlOptsList)"
    if curl --fail --location --silent --show-error --retry 3 --max-redirs 20 --cacert "$NIX_SSL_CERT_FILE" \
        $curlOpts "${more[@]}" --output "$downloadedFile" "$url"; then
        if [ "$executable" = 1 ]; then chmod +x "$downloadedFile"; fi
        if [ -n "$postFetch" ]; then eval "$postFetch"; fi
        exit 0
    fi
done
echo "error: cannot download $name from any mirror" >&2
exit 1

def registry = context.get('registry')
def tarball = context.get('tarball')
try {
    def text = new File(basedir, 'addon.txt').getText('UTF-8')
    assert text.startsWith('native-keys@1.0.0\n  gyp-implicit: sources with a binding.gyp')
    assert text.contains('\n    x86_64-linux    compile  compiled from the sources in its tarball\n')
    assert text.contains('libraries  glib, libsecret\n')
    def log = new File(basedir, 'build.log').getText('UTF-8')
    // the quiet run says nothing else
    assert log.contains(text)
    assert log.contains('ocnix.addon is "native-keyz", which is no package of this lockfile; near it are native-keys.')
    // the offline run found it in the cache
    assert registry.requests(tarball.path()) == 1
} finally {
    registry.close()
}

def scenario = context.get('scenario')
def scoped = context.get('scoped')
try {
    def (left, right) = scenario.tarballs()
    def files = scenario.files()
    def urls = [scoped.url() + '/a' + left.path(), scoped.url() + '/b' + right.path()]
    assert urls.every { files['dependencies.nix'].contains(it) }
    // each is asked once, and only its own registry is sent the header
    assert scoped.requests().collectEntries { [it.path(), it.headers()['Job-Token']] } ==
            [('/a' + left.path()): null, ('/b' + right.path()): 'bearer-secret']
    assert scoped.requests().size() == 2
    assert scenario.registry().requests().empty
    def log = new File(basedir, 'build.log').text
    // one line for each tarball
    urls.each { url ->
        assert log.readLines().count { it.startsWith("[DEBUG] ${url}: http/1.1 from 127.0.0.1, ") } == 1
    }
    def secrets = ['basic-secret', 'bearer-secret', 'builder:basic-secret'.bytes.encodeBase64().toString()]
    assert !secrets.any { log.contains(it) }
    assert !files.values().any { text -> secrets.any { text.contains(it) } }
    // the second run asks for nothing, and says why
    assert log.contains('[DEBUG] left@1.0.0: known from the cache')
} finally {
    scenario.close()
    scoped.close()
}

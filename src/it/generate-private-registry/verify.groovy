def scenario = context.get('scenario')
def scoped = context.get('scoped')
try {
    def (left, right) = scenario.tarballs()
    def files = scenario.files()
    assert files['dependencies.nix'].contains(scenario.registry().url() + left.path())
    assert files['dependencies.nix'].contains(scoped.url() + right.path())
    assert scoped.requests(right.path()) == 1
    assert scenario.registry().requests(right.path()) == 0
    assert scenario.registry().requests(left.path()) == 1
    def log = new File(basedir, 'build.log').text
    // one line for each tarball
    [scenario.registry().url() + left.path(), scoped.url() + right.path()].each { url ->
        assert log.readLines().count { it.startsWith("[DEBUG] ${url}: http/1.1 from 127.0.0.1, ") } == 1
    }
    def secrets = ['basic-secret', 'bearer-secret', 'builder:basic-secret'.bytes.encodeBase64().toString()]
    assert !secrets.any { log.contains(it) }
    assert !files.values().any { text -> secrets.any { text.contains(it) } }
    // the second run asks for nothing, and says why
    assert log.contains('[DEBUG] left@1.0.0: known from facts.json')
} finally {
    scenario.close()
    scoped.close()
}

def scenario = context.get('scenario')
def proxy = context.get('proxy')
try {
    def files = scenario.files()
    scenario.tarballs().each { assert files['dependencies.nix'].contains(it.integrity()) }
    assert scenario.registry().requests().empty
    // asked without credentials, then with them; and once by the stranger
    scenario.tarballs().each { assert proxy.requests("http://registry.example${it.path()}") in 2L..3L }
    def errors = scenario.errors()
    scenario.tarballs().each { tarball ->
        assert errors.count { it.contains("${tarball.name()}@${tarball.version()}") && it.contains('each answered 407; give the proxy') } == 1
    }
    assert !new File(basedir, 'other').exists()
    def log = new File(basedir, 'build.log').text
    assert !log.contains('proxy-secret')
} finally {
    scenario.close()
    proxy.close()
}

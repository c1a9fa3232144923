def scenario = context.get('scenario')
try {
    def errors = scenario.errors()
    // all of them, not the first
    scenario.tarballs().each { tarball ->
        assert errors.any { it.contains("${tarball.name()}@${tarball.version()}") && it.contains(tarball.integrity()) }
    }
    assert !errors.any { it.contains('dev.ocnix.') || it.contains('Exception:') }
    assert scenario.files() == ['notes.txt': 'mine\n']
} finally {
    scenario.close()
}

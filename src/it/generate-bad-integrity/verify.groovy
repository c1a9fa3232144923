def scenario = context.get('scenario')
try {
    def errors = scenario.errors()
    // all of them, not the first
    scenario.tarballs().each { tarball ->
        // once each
        assert errors.count { it.contains("${tarball.name()}@${tarball.version()}") && it.contains(tarball.integrity()) } == 1
    }
    assert !errors.any { it.contains('dev.ocnix.') || it.contains('Exception:') }
    assert scenario.files() == ['notes.txt': 'mine\n']
} finally {
    scenario.close()
}

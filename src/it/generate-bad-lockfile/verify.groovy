def scenario = context.get('scenario')
try {
    def errors = scenario.errors()
    assert errors.any { it.contains('bun.lock') && it =~ /line \d+|byte \d+|offset \d+/ }
    assert scenario.registry().requests().empty
    assert !errors.any { it.contains('dev.ocnix.') || it.contains('Exception:') }
    assert scenario.files() == ['notes.txt': 'mine\n']
} finally {
    scenario.close()
}

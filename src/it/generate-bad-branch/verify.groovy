def scenario = context.get('scenario')
try {
    def errors = scenario.errors()
    // a branch is no pin: the message gives the commit that it means today
    assert errors.any { it.contains('main') && it.contains(scenario.commit()) }
    assert scenario.registry().requests().empty
    assert !errors.any { it.contains('dev.ocnix.') || it.contains('Exception:') }
    assert scenario.files() == ['notes.txt': 'mine\n']
} finally {
    scenario.close()
}

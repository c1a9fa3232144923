import groovy.json.JsonSlurper

def scenario = context.get('scenario')
try {
    def json = new JsonSlurper().parse(new File(basedir, 'diff.json'))
    assert json.counts == [alarms: 1, upgraded: 1]
    assert json.changes == [[kind: 'upgraded', name: 'left', from: '1.0.0', to: '1.0.1']]
    assert json.alarms*.kind == ['new-install-script']
    // only what changed is looked into
    assert scenario.registry().requests(scenario.tarballs()[1].path()) == 0
} finally {
    scenario.close()
}

import groovy.json.JsonSlurper

def scenario = context.get('scenario')
try {
    def log = new File(basedir, 'build.log').text
    def before = new String(context.get('pom'), 'UTF-8')
    assert new File(basedir, 'parent/pom.xml').getText('UTF-8') == before.replace('    <ocnix.revision>v1.0.0<', '    <ocnix.revision>v1.1.0<')
    assert log.contains('v1.0.0 -> v1.1.0 of example/tiny, in ')
    assert log.contains('1 alarm, 1 upgraded.')
    assert log.contains('[WARNING] ALARM new-install-script: left@1.0.1 has an install script that is new: postinstall `node steal.js`.')
    assert log.contains('upgraded left 1.0.0 -> 1.0.1')
    assert log.contains('No drift: the ')
    def report = new JsonSlurper().parse(new File(basedir, 'target/ocnix/report.json'))
    assert report.status == 'ok'
    assert scenario.files()['dependencies.nix'].contains('left-1.0.1.tgz')
} finally {
    scenario.close()
}

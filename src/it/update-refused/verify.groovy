def scenario = context.get('scenario')
try {
    def log = new File(basedir, 'build.log').text
    assert log.contains('ocnix.revision is given on the command line or in .mvn/maven.config')
    assert log.contains('says <revision>v1.0.0</revision>; write <revision>${ocnix.revision}</revision> there, or nothing')
    assert log.contains('The revision stands in the profile other of ')
    assert log.contains('lost@1.0.0')
    assert new File(basedir, 'pom.xml').text == context.get('pom')
    assert scenario.files()['dependencies.nix'].contains('left-1.0.0.tgz')
    assert scenario.files()['ocnix.json'].contains(scenario.commit())
} finally {
    scenario.close()
}

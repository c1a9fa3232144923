def scenario = context.get('scenario')
try {
    def log = new File(basedir, 'build.log').text
    def honest = scenario.tarballs()[0].integrity()
    assert log.count('No drift: the ') == 1
    assert log.contains("[ERROR] ALARM hash-changed: left@1.0.0 has another content under the same version: ${honest} -> ")
    assert log.contains('[ERROR] The tree was generated for v1.0.0, and v1.0.1 is pinned.')
    assert log.contains('[ERROR] dependencies.nix has another content')
    assert log.contains('To mend it: mvn ocnix:generate@pinned ')
    assert log.contains('-Docnix.revision=v1.0.1')
    assert log.contains("The tag v1.0.0 of example/tiny was moved from ${scenario.commit()} to ${context.get('moved')}")
    // nothing was written into the tree
    assert scenario.files()['dependencies.nix'].contains(honest)
    assert !scenario.files()['dependencies.nix'].contains(context.get('evil').integrity())
} finally {
    scenario.close()
}

def scenario = context.get('scenario')
try {
    def files = scenario.files()
    assert files.keySet().containsAll([
        'default.nix', 'flake.nix', 'overlay.nix', 'package.nix', 'source.nix', 'dependencies.nix', 'layout.nix',
        'native-addons.nix', 'facts.json', 'ocnix.json', '.gitattributes'
    ])
    assert files['notes.txt'] == 'mine\n'
    scenario.tarballs().each { tarball ->
        assert files['dependencies.nix'].contains(tarball.integrity())
        // the second run and the third, which is offline, ask for nothing
        assert scenario.registry().requests(tarball.path()) == 1
    }
    assert files['source.nix'].contains(scenario.commit())
    files.each { name, text ->
        assert !text.contains(scenario.registry().url()) : "${name} names the mirror"
        assert !text.contains(basedir.path) : "${name} names a folder of this machine"
    }
    assert scenario.errors().empty
} finally {
    scenario.close()
}

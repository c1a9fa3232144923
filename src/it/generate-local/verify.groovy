def scenario = context.get('scenario')
try {
    def files = scenario.files()
    scenario.tarballs().each { assert files['dependencies.nix'].contains(it.integrity()) }
    // a path beside the tree, not a fetch
    assert files['source.nix'].contains('../source')
    assert !files['source.nix'].contains('fetchFromGitHub')
} finally {
    scenario.close()
}

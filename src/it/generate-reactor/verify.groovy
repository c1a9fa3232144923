def scenario = context.get('scenario')
try {
    def files = { folder ->
        def found = [:] as TreeMap
        new File(basedir, folder).eachFileRecurse { if (it.file) { found[it.path - basedir.path - folder] = it.text } }
        found
    }
    def trees = ['a/nix', 'a/second', 'b/nix'].collect { files(it) }
    assert trees[0].size() > 10
    assert trees[1] == trees[0]
    assert trees[2] == trees[0]
    // whoever comes first may be asked for by both modules, but nothing by the second run
    scenario.tarballs().each { assert scenario.registry().requests(it.path()) in 1L..2L }
    assert scenario.errors().empty
    assert !new File(basedir, 'nix').exists()
    // three trees are written once, and found right once
    def log = new File(basedir, 'build.log').text
    assert log.count('Nothing changed: ') == 3
} finally {
    scenario.close()
}

def scenario = context.get('scenario')
try {
    def log = new File(basedir, 'build.log').text
    assert log.count('No drift: the ') == 6
    assert log.contains('To mend it: mvn ocnix:generate@first -f a ')
    assert log.contains('To mend it: mvn ocnix:generate@first -f b ')
    // the same tree, so the same zip, whoever packs it
    def zips = ['a/target/a-1-nix.zip', 'a/target/a-1-nix-second.zip', 'b/target/b-1-nix.zip'].collect { new File(basedir, it).bytes }
    assert zips[0].length > 10000
    assert zips[1] == zips[0]
    assert zips[2] == zips[0]
} finally {
    scenario.close()
}

def log = new File(basedir, 'build.log').text
assert log.contains('ocnix-maven-plugin')
assert log.contains('ocnix:help')
assert log.contains('ocnix:generate')
assert log.contains('ocnix:inspect')

import groovy.json.JsonSlurper

assert !new File(basedir, 'pom.xml').exists()
assert new File(basedir, 'out').list() == ['lock.json']
def json = new JsonSlurper().parse(new File(basedir, 'out/lock.json'))
assert json.schema == 1
assert json.lockfile == [kind: 'bun.lock', version: 1, configVersion: null]
assert json.packages*.name == ['@scope/right', 'left', 'right', 'tiny']
assert json.packages[0].paths == ['node_modules/right']
assert json.packages[0].cpu == ['arm64', 'x64']
assert json.packages[2].url == 'https://example.org/right.tgz'
assert json.packages[2].integrity == null
assert json.packages[2].paths == ['node_modules/left/node_modules/right']

def log = new File(basedir, 'build.log').getText('UTF-8')
assert log.contains('[INFO] Wrote out/lock.json.')
// the quiet run says nothing but the tree
def tree = '''\
. node_modules
├── left@1.0.0
│   └── right@3.0.0
└── right@2.0.0
'''
def quiet = log.substring(log.indexOf('. node_modules'))
assert quiet.startsWith(tree)
assert log.contains('\npackages    4: 3 npm, 1 root\n')
assert log.contains('\nhashes      3: 1 without (none!), 1 weak (sha1!), 1 sha512\n')
assert log =~ /\n@scope\/right +2\.0\.0 +npm +sha1! +linux arm64\|x64\n/
assert !log.contains('[ERROR]')

// what a shell's redirection gets: the print and not a byte more
def settings = new File(basedir, 'settings.xml')
settings.text = new File(basedir, '../../../src/it/settings.xml').text
        .replace('@localRepositoryUrl@', localRepositoryPath.toURI().toString())
def maven = new File(System.getProperty('maven.home'), File.separatorChar == '/' ? 'bin/mvn' : 'bin/mvn.cmd')
def versions = new File(localRepositoryPath, 'dev/ocnix/ocnix-maven-plugin').listFiles().findAll { it.directory }
def plugin = "dev.ocnix:ocnix-maven-plugin:${versions[0].name}:inspect".toString()
def redirected = new File(basedir, 'redirected.txt')
def run = new ProcessBuilder(maven.path, '-q', '-s', settings.path, "-Dmaven.repo.local=${localRepositoryPath}",
        plugin, '-Docnix.format=tree')
        .directory(basedir).redirectOutput(redirected).start()
assert run.waitFor() == 0 : run.errorStream.text
assert redirected.getText('UTF-8') == tree

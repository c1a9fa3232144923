import dev.ocnix.testing.PackageTarball
import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath()).commit(['ocnix.revision': '', 'ocnix.gitMirror': ''])
def evil = PackageTarball.of('left', '1.0.1').field('scripts', '{ "postinstall": "node steal.js" }').build()
scenario.release('v1.1.0', [evil, scenario.tarballs()[1]])
scenario.releaseUnpublished('v2.0.0-rc.1', scenario.tarballs())
def pom = new File(basedir, 'parent/pom.xml')
// with the line ends of another system, which stay
pom.bytes = pom.getText('UTF-8').replace('\n', '\r\n').getBytes('UTF-8')
context.put('pom', pom.bytes)
context.put('scenario', scenario)

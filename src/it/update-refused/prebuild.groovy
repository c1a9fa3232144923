import dev.ocnix.testing.PackageTarball
import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath()).commit(['ocnix.revision': '', 'ocnix.gitMirror': ''])
scenario.releaseUnpublished('v1.1.0', [PackageTarball.of('lost', '1.0.0').build()])
context.put('pom', new File(basedir, 'pom.xml').text)
context.put('scenario', scenario)

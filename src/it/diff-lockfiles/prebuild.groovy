import dev.ocnix.testing.PackageTarball
import dev.ocnix.testing.Scenario
import dev.ocnix.testing.TinyProject

def scenario = Scenario.open(basedir.toPath()).local()
def evil = PackageTarball.of('left', '1.0.1').field('scripts', '{ "postinstall": "node steal.js" }').build()
scenario.registry().publish(evil)
TinyProject.write(new File(basedir, 'newer').toPath(), 'tiny', [evil, scenario.tarballs()[1]])
new File(basedir, 'test.properties') << 'ocnix.from=source\nocnix.to=newer/bun.lock\n'
context.put('scenario', scenario)

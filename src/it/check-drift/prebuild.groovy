import dev.ocnix.testing.PackageTarball
import dev.ocnix.testing.Scenario
import dev.ocnix.testing.TinyProject

def scenario = Scenario.open(basedir.toPath()).commit(['ocnix.revision': '', 'ocnix.gitMirror': ''])
def evil = PackageTarball.of('left', '1.0.0').file('index.js', 'steal();\n').build()
// the registry goes on to serve the honest one
scenario.releaseUnpublished('v1.0.1', [evil, scenario.tarballs()[1]])
def moved = new File(basedir, 'moved').toPath()
TinyProject.write(moved, 'other', scenario.tarballs())
context.put('moved', TinyProject.commit(moved, 'v1.0.0'))
context.put('evil', evil)
context.put('scenario', scenario)

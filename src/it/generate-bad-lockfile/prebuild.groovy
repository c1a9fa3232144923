import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath()).oldTree()
def lockfile = scenario.source().resolve('bun.lock').toFile()
lockfile.text = lockfile.text.take(200)
context.put('scenario', scenario.commit([:]))

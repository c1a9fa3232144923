import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath()).oldTree()
scenario.tarballs().each { scenario.registry().fault(it.path(), dev.ocnix.testing.LoopbackServer.Fault.wrongBytes()) }
context.put('scenario', scenario.commit([:]))

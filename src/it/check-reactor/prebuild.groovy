import dev.ocnix.testing.Scenario

context.put('scenario', Scenario.open(basedir.toPath()).commit([:]))

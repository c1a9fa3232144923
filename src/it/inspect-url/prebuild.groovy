import dev.ocnix.testing.LoopbackServer
import dev.ocnix.testing.Scenario

def server = LoopbackServer.start()
def lockfile = Scenario.open(basedir.toPath()).withCloseable { it.source().resolve('bun.lock').toFile() }
server.serve('/raw/bun.lock', 'text/plain', lockfile.bytes)
new File(basedir, 'test.properties').text = "ocnix.lockfile=${server.url()}/raw/bun.lock\n"
context.put('server', server)

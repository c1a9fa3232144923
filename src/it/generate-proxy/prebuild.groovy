import dev.ocnix.testing.LoopbackServer
import dev.ocnix.testing.LoopbackServer.Fault
import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath())
def proxy = LoopbackServer.start()
def header = 'Basic ' + 'me:proxy-secret'.bytes.encodeBase64()
scenario.tarballs().each {
    def url = "http://registry.example${it.path()}"
    proxy.serve(url, 'application/octet-stream', it.bytes())
    proxy.fault(url, Fault.unless('Proxy-Authorization', header, 407))
}
def settings = { credentials -> """<settings>
  <proxies>
    <proxy>
      <protocol>http</protocol>
      <host>127.0.0.1</host>
      <port>${proxy.port()}</port>
      ${credentials}
      <nonProxyHosts>localhost|*.corp.example</nonProxyHosts>
    </proxy>
  </proxies>
</settings>
""" }
new File(basedir, 'proxy.xml').text = settings('<username>me</username><password>{MPY57WLnq04HSGQCQ7zycv56uD/f488Z//L+d+KFCP0=}</password>')
new File(basedir, 'stranger.xml').text = settings('')
scenario.commit(['ocnix.registryMirror': 'http://registry.example'])
context.put('scenario', scenario)
context.put('proxy', proxy)

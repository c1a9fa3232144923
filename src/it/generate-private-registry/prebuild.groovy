import dev.ocnix.testing.LoopbackServer
import dev.ocnix.testing.LoopbackServer.Fault
import dev.ocnix.testing.Scenario

def scenario = Scenario.open(basedir.toPath())
def scoped = LoopbackServer.start()
def (left, right) = scenario.tarballs()
def basic = 'Basic ' + 'builder:basic-secret'.bytes.encodeBase64()
// two registries on one host, each with credentials of its own
scoped.serve("/b${right.path()}", 'application/octet-stream', right.bytes())
scoped.fault("/b${right.path()}", Fault.unless('Authorization', basic, 401))
scoped.serve("/a${left.path()}", 'application/octet-stream', left.bytes())
scoped.fault("/a${left.path()}", Fault.unless('Authorization', 'Bearer bearer-secret', 401))
new File(basedir, 'servers.xml').text = """<settings>
  <servers>
    <server>
      <id>corp</id>
      <username>builder</username>
      <password>{uZU0+Gn9Q3YHw2tTQJ5TXL/xraMTKkP7rPAuJF1n6aw=}</password>
      <configuration>
        <httpHeaders>
          <property>
            <name>Job-Token</name>
            <value>{zuOnVJzmxd4HdQIt/WmzbYDtLU5UxwTQBvjAQEtt5I8=}</value>
          </property>
        </httpHeaders>
      </configuration>
    </server>
    <server>
      <id>127.0.0.1:${scoped.port()}</id>
      <password>{zuOnVJzmxd4HdQIt/WmzbYDtLU5UxwTQBvjAQEtt5I8=}</password>
    </server>
    <server>
      <id>unused</id>
      <password>{bm90IGVuY3J5cHRlZCB3aXRoIHRoYXQ=}</password>
    </server>
  </servers>
</settings>
"""
scenario.commit(['ocnix.registryMirror': '', 'ocnix.registry': "${scoped.url()}/a".toString(), 'test.scoped': "${scoped.url()}/b/".toString()])
context.put('scenario', scenario)
context.put('scoped', scoped)

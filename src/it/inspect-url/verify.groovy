import groovy.json.JsonSlurper

def server = context.get('server')
try {
    assert server.requests('/raw/bun.lock') == 1
    assert server.requests().size() == 1
    def json = new JsonSlurper().parse(new File(basedir, 'lock.json'))
    assert json.packages*.name == ['@scope/right', 'left', 'tiny']
    assert json.packages[1].integrity.startsWith('sha512-')
} finally {
    server.close()
}

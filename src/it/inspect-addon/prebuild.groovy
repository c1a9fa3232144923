import dev.ocnix.testing.LoopbackRegistry
import dev.ocnix.testing.PackageTarball
import dev.ocnix.testing.TinyProject

def registry = LoopbackRegistry.start()
def tarball = PackageTarball.of('native-keys', '1.0.0')
        .file('binding.gyp', "{'targets':[{'target_name':'keys','sources':['keys.c'],'libraries':['-lsecret-1']}]}")
        .build()
registry.publish(tarball)
TinyProject.write(basedir.toPath(), 'tiny', [tarball])
// the project's own word, as Bun reads it
new File(basedir, '.npmrc').text = "registry=${registry.url()}/\n"
new File(basedir, 'test.properties').text = """\
ocnix.cacheDirectory=${basedir}/target/cache
ocnix.registryMirror=${registry.url()}
"""
context.put('registry', registry)
context.put('tarball', tarball)

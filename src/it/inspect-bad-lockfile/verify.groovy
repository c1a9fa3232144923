def errors = new File(basedir, 'build.log').readLines()
        .findAll { it.startsWith('[ERROR] Failed to execute goal') }
assert errors.size() == 3
assert errors[0].contains('bun.lock, line 17, column 20, package "left/right": "right" should be name@resolution')
assert errors[1].contains('ocnix.format is "xml"; it is one of table, tree,')
assert errors[2].contains('https://example.org/bun.lock cannot be had offline; run without -o')
assert !new File(basedir, 'table.txt').exists()

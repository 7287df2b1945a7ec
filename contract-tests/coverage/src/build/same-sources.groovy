// The contracts generate the same sources whenever and wherever they are generated: compares what client and server were
// built from with what the steps before this one generated once more.
def root = project.basedir.parentFile.parentFile

def sources = { File folder ->
  def texts = new TreeMap()
  folder.eachFileRecurse { file ->
    if (file.name.endsWith('.java')) {
      texts[folder.toPath().relativize(file.toPath()).toString()] = file.getText('UTF-8')
    }
  }
  texts
}

def faults = []
def compared = 0
['client', 'server'].each { module ->
  def again = new File(root, "$module/target/generated-again")
  again.listFiles().findAll { it.directory }.sort().each { api ->
    def first = sources(new File(root, "$module/target/generated-sources/${api.name}"))
    def second = sources(api)
    compared += second.size()
    (first.keySet() + second.keySet()).each { file ->
      if (first[file] != second[file]) {
        faults << "$module/target/generated-sources/${api.name}/$file"
      }
    }
  }
}
if (compared == 0) {
  throw new IllegalStateException('Nothing was generated once more, so that nothing could be compared')
}
if (faults) {
  throw new IllegalStateException('Generated once more from the same contract, these differ (compare them with generated-again):\n  ' +
      faults.join('\n  '))
}
log.info("$compared generated sources are the same when generated once more")

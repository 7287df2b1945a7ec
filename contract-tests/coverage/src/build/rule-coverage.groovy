// Compares the rules of the contracts with the tests that passed (dev.roster.testing.RuleCoverageListener wrote
// them down), and adds up the tests of the whole build. Writes the report that the packaged server serves. Fails on a
// rule without a test and on a test or an interaction that names what no contract has.
import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

def root = project.basedir.parentFile.parentFile
def specs = new File(project.properties['specs.directory'] as String)
def target = new File(project.build.directory)
def shared = new GroovyClassLoader(getClass().classLoader)
shared.addClasspath("$specs/src/build")
def contracts = shared.loadClass('Contracts').newInstance(specs)
def fail = { List<String> faults ->
  if (faults) {
    throw new IllegalStateException('Rule coverage:\n  ' + faults.join('\n  '))
  }
}
// Not where the server looks for it as long as it may be wrong.
def served = new File(root, 'server/target/quarkus-app/coverage')
served.deleteDir()

def evidence = shared.loadClass('RuleReport').EVIDENCE
def known = [] as Set
def faults = []
contracts.eachRule { rule, operation, api ->
  def place = "the rule $rule.id ($api.file, $operation.name)"
  if (!known.add(rule.id)) {
    faults << "$place stands in the contracts twice"
  }
  if (!rule.says || !(rule.evidence in evidence)) {
    faults << "$place has no sentence, or no evidence of the kinds ${evidence.join(', ')}"
  }
}
fail(faults)

def modules = ['specs', 'client', 'server', 'contract-tests/pact', 'contract-tests/vendor-sdks',
               'contract-tests/recorded-answers', 'contract-tests/check'].collect { new File(root, it) }
def provers = [:].withDefault { [] as TreeSet }
modules.each { module ->
  def folder = new File(module, 'target/rule-coverage')
  if (!folder.exists()) return
  folder.eachFileRecurse { file ->
    if (file.name != 'covered.tsv') return
    file.eachLine('UTF-8') { line ->
      def (rule, test) = line.split('\t')
      if (rule in known) {
        provers[rule] << test
      } else {
        faults << "$test @Covers the rule $rule, which no contract has"
      }
    }
  }
}

def operations = contracts.apis.collectMany { api -> api.operations*.operationId.findAll().collect { [api.api, it] } } as Set
def interactions = []
new File(root, 'contract-tests/pact/target/pacts').listFiles()?.findAll { it.name.endsWith('.json') }?.sort { it.name }?.each { file ->
  def pact = new JsonSlurper().parse(file, 'UTF-8')
  pact.interactions.each {
    def operation = [pact.provider.name, it.comments?.references?.openapi?.operationId]
    if (operation in operations) {
      interactions << [api: operation[0], operationId: operation[1], description: it.description, status: it.response.status]
    } else {
      faults << "the interaction \"$it.description\" of $file.name refers to no operation of a contract"
    }
  }
}

def build = [tests: 0, failures: 0, errors: 0, skipped: 0]
modules.each { module ->
  ['surefire-reports', 'failsafe-reports'].each { reports ->
    new File(module, "target/$reports").listFiles()?.findAll { it.name ==~ /TEST-.*\.xml/ }?.each { file ->
      def suite = new XmlSlurper().parse(file)
      build.keySet().each { build[it] += suite["@$it"].text().toInteger() }
    }
  }
}
def failed = build.failures + build.errors
def passed = build.tests - failed - build.skipped

def report = shared.loadClass('RuleReport').ofTests(contracts, project.version, [
    provers: provers, interactions: interactions, build: [passed: passed, failed: failed, skipped: build.skipped]])
faults.addAll(0, report.unproved().collect {
  "no passing test @Covers the rule $it.rule.id ($it.api.file, $it.operation.name)"
})
def written = new File(target, 'rule-coverage')
report.write(written)
new File(target, 'test-totals.txt').setText("$passed passed, $failed failed, ${build.skipped} skipped\n", 'UTF-8')

report.content.apis.each { log.info("$it.api: $it.totals.proved of $it.totals.rules rules proved by tests") }
log.info("All tests: $passed passed, $failed failed, ${build.skipped} skipped")

fail(faults)

// The integration tests ran the packaged server; one that is newer was packaged again, and nobody tested it.
def server = new File(root, 'server/target/quarkus-app/quarkus-run.jar')
def tested = new File(root, 'server/target/rule-coverage/failsafe/covered.tsv')
if (failed > 0) {
  log.warn("Tests failed, so that the packaged server does not serve the report in ${written}")
} else if (server.exists() && tested.lastModified() >= server.lastModified()) {
  served.mkdirs()
  ['index.html', 'rule-coverage.json'].each { name ->
    new File(served, name).bytes = new File(written, name).bytes
  }
  log.info("The server in ${server.parentFile} serves the report at /roster/coverage")
} else {
  log.warn("The packaged server is not the one that was tested, so that it does not serve the report in ${written}")
}

// Compares the rules of the contracts with the tests that passed (dev.roster.testing.RuleCoverageListener wrote
// them down), and adds up the tests of the whole build. Fails on a rule without a test and on a test that names
// a rule that no contract has.
import groovy.json.JsonOutput
import groovy.xml.XmlSlurper
import groovy.yaml.YamlSlurper

def root = project.basedir.parentFile.parentFile
def specs = new File(project.properties['specs.directory'] as String)
def target = new File(project.build.directory)
target.mkdirs()

def rules = [:]
specs.listFiles().findAll { it.directory }.sort().each { api ->
  def file = new File(api, 'openapi.yaml')
  if (!file.exists()) return
  def contract = new YamlSlurper().parse(file)
  def collect = { String operation, list ->
    list?.each { rules[it.id] = [api: api.name, operation: operation, says: it.says, evidence: it.evidence, tests: []] }
  }
  collect('all operations', contract['x-rules'])
  contract.paths.each { path, item ->
    item.findAll { it.value instanceof Map && it.value.operationId }.each { verb, operation ->
      collect(operation.operationId, operation['x-rules'])
    }
  }
}

def modules = ['specs', 'client', 'server', 'contract-tests/pact', 'contract-tests/vendor-sdks',
               'contract-tests/recorded-answers'].collect { new File(root, it) }
def unknown = new TreeMap()
modules.each { module ->
  def folder = new File(module, 'target/rule-coverage')
  if (!folder.exists()) return
  folder.eachFileRecurse { file ->
    if (file.name != 'covered.tsv') return
    file.eachLine('UTF-8') { line ->
      def (rule, test) = line.split('\t')
      if (rules.containsKey(rule)) {
        rules[rule].tests << test
      } else {
        unknown[rule] = test
      }
    }
  }
}
def unproved = rules.findAll { it.value.tests.empty }.keySet()

def totals = [tests: 0, failures: 0, errors: 0, skipped: 0]
modules.each { module ->
  ['surefire-reports', 'failsafe-reports'].each { reports ->
    new File(module, "target/$reports").listFiles()?.findAll { it.name ==~ /TEST-.*\.xml/ }?.each { file ->
      def suite = new XmlSlurper().parse(file)
      totals.keySet().each { totals[it] += suite["@$it"].text().toInteger() }
    }
  }
}
def failed = totals.failures + totals.errors
def passed = totals.tests - failed - totals.skipped

new File(target, 'rule-coverage.json').setText(JsonOutput.prettyPrint(JsonOutput.toJson(rules)) + '\n', 'UTF-8')
new File(target, 'test-totals.txt').setText("$passed passed, $failed failed, ${totals.skipped} skipped\n", 'UTF-8')

rules.groupBy { it.value.api }.each { api, own ->
  def proved = own.count { !it.value.tests.empty }
  log.info("$api: $proved of ${own.size()} rules proved by tests")
}
log.info("All tests: $passed passed, $failed failed, ${totals.skipped} skipped")

def faults = unproved.collect { "no passing test @Covers the rule $it (${rules[it].api}, ${rules[it].operation})" } +
    unknown.collect { rule, test -> "$test @Covers the rule $rule, which no contract has" }
if (faults) {
  throw new IllegalStateException("Rule coverage:\n  " + faults.join('\n  '))
}

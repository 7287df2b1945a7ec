import groovy.json.JsonGenerator
import groovy.json.JsonOutput

/**
 * What the contracts promise, and what proves it: the one computation behind the JSON and the page.
 *
 * Without the results of tests it lists the rules and claims nothing.
 */
class RuleReport {

  static final List<String> EVIDENCE = ['page', 'recorded', 'client', 'choice']

  /** The report as it is written. */
  final Map content

  /** Before any test has run. */
  static RuleReport ofContracts(Contracts contracts, String version) {
    new RuleReport(contracts, version, null)
  }

  /**
   * After all tests.
   *
   * @param results provers: the tests by rule id, in order; interactions: those of the pacts, as maps of api, operationId,
   *     description and status; build: how many tests passed, failed and were skipped
   */
  static RuleReport ofTests(Contracts contracts, String version, Map results) {
    new RuleReport(contracts, version, results)
  }

  private RuleReport(Contracts contracts, String version, Map results) {
    def apis = contracts.apis.collect { api ->
      def operations = api.operations.collect { operation ->
        operation + [
            rules: operation.rules.collect { it + [tests: (results?.provers?.get(it.id) ?: []) as List] },
            interactions: (results?.interactions ?: [])
                .findAll { it.api == api.api && it.operationId == operation.operationId }
                .collect { [description: it.description, status: it.status] },
        ]
      }
      api + [operations: operations, totals: totals(operations)]
    }
    content = [
        roster: version,
        // The first members are what the server reads to tell whether the report is of its own contracts.
        contracts: contracts.digest,
        tested: results != null,
        build: results?.build,
        totals: [apis: apis.size()] + totals(apis*.operations.flatten()),
        apis: apis,
    ]
  }

  /** The rules that no test proves, with their operations and APIs. */
  List<Map> unproved() {
    content.apis.collectMany { api ->
      api.operations.collectMany { operation ->
        operation.rules.findAll { it.tests.empty }.collect { [rule: it, operation: operation, api: api] }
      }
    }
  }

  /** Writes rule-coverage.json and index.html. */
  void write(File folder) {
    folder.mkdirs()
    def json = new JsonGenerator.Options().disableUnicodeEscaping().build().toJson(content)
    new File(folder, 'rule-coverage.json').setText(JsonOutput.prettyPrint(json, true) + '\n', 'UTF-8')
    def page = new ReportPage(content).html()
    check(page)
    new File(folder, 'index.html').setText(page, 'UTF-8')
  }

  /** The totals have to be those of what the page lists. */
  private void check(String page) {
    def shown = [
        rules: page.count('<li class="rule"'),
        interactions: page.count('<tr class="interaction"'),
        operations: page.count('<details class="operation"'),
    ]
    def evidence = EVIDENCE.collectEntries { [it, page.count("data-evidence=\"$it\"")] }
    def totals = content.totals
    if (shown != totals.subMap(shown.keySet()) || evidence != totals.evidence || evidence.values().sum() != totals.rules) {
      throw new IllegalStateException("The page lists $shown by evidence $evidence, but the totals are $totals")
    }
  }

  private static Map totals(List<Map> operations) {
    def rules = operations*.rules.flatten()
    [
        operations: operations.count { it.operationId },
        rules: rules.size(),
        proved: rules.count { !it.tests.empty },
        evidence: EVIDENCE.collectEntries { kind -> [kind, rules.count { it.evidence == kind }] },
        tests: rules*.tests.flatten().toSet().size(),
        interactions: operations*.interactions.flatten().size(),
    ]
  }
}

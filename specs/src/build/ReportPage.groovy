import groovy.xml.MarkupBuilder

/** A report on rules as one page that needs nothing else: for somebody who asks how far to trust this stand-in. */
class ReportPage {

  private static final Map<String, String> MEANING = [
      page: "The vendor's documentation says so.",
      recorded: 'A recorded answer of the real service shows it.',
      client: "The vendor's published clients send it, or need it in order to work.",
      choice: 'The sources are silent: Roster decided, and gives its reason under a number.',
  ]

  /** Further tests of a rule are folded. */
  private static final int TESTS_SHOWN = 3

  private static final String INLINE = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\((https:(?:[^()\s]|\([^()\s]*\))+)\)/

  private final Map report
  private final Set<String> ruleIds
  private final StringWriter text = new StringWriter()
  private final MarkupBuilder h

  ReportPage(Map report) {
    this.report = report
    ruleIds = report.apis*.operations.flatten()*.rules.flatten()*.id as Set
    // Line breaks of a pretty printer would be seen as blanks inside sentences.
    h = new MarkupBuilder(new IndentPrinter(text, '', false))
    h.doubleQuotes = true
    h.expandEmptyElements = true
    h.omitNullAttributes = true
  }

  String html() {
    text << '<!DOCTYPE html>\n'
    h.html(lang: 'en', 'data-contracts': report.contracts) {
      h.head {
        raw('<meta charset="utf-8">')
        raw('<meta name="viewport" content="width=device-width, initial-scale=1">')
        raw('<meta name="color-scheme" content="light dark">')
        h.title("Rule coverage of Roster $report.roster")
        h.style { raw(resource('report.css')) }
      }
      h.body {
        h.a(class: 'skip', href: '#rules', 'Skip to the rules')
        h.header { opening() }
        h.main {
          evidence()
          apis()
          h.section(id: 'rules', 'aria-labelledby': 'rules-title') {
            h.h2(id: 'rules-title', 'Rules, operation by operation')
            filter()
            report.apis.each { api(it) }
          }
        }
        h.footer { origin() }
        h.script { raw(resource('report.js')) }
      }
    }
    text << '\n'
    text.toString()
  }

  private void opening() {
    h.h1("Roster $report.roster: what it promises, and what proves it")
    h.p {
      say('Roster stands in for the user-account APIs of ')
      say(list(report.apis*.title.collect { it.replaceAll(/ - .*/, '') }))
      say('. Each behaviour that its contracts promise is a rule of one sentence, with what it rests on. ')
      if (report.tested) {
        say('A rule is proved if a test that names it passed with this build. The build fails if any rule is unproved.')
      }
    }
    if (!report.tested) {
      h.div(class: 'notice', role: 'note') {
        h.p { h.strong('The tests were not run with this build.') }
        h.p {
          say('So this page lists what the contracts promise, and claims no proof. To run all tests, call ')
          h.code(class: 'command', 'mvn verify')
          say(" in Roster's folder, then start ")
          h.code(class: 'command', 'java -jar server/target/quarkus-app/quarkus-run.jar')
          say(' and load this page again.')
        }
      }
    }
    def totals = report.totals
    h.dl(class: 'totals') {
      total('rules', totals.rules, 'rules')
      if (report.tested) {
        total('proved', totals.proved, 'of them proved')
        total('tests', totals.tests, 'tests that prove them')
      }
      total('operations', totals.operations, 'operations')
      if (report.tested) {
        total('interactions', totals.interactions, 'interactions of client and server')
      }
    }
    if (report.tested) {
      def build = report.build
      h.p(class: 'build') {
        say("In the whole build ${number(build.passed)} tests passed, ${number(build.failed)} failed and ")
        say("${number(build.skipped)} were skipped. Interactions are those of the pacts: a request of Roster's own client and ")
        say('the answer that the server was proved to give.')
      }
    }
  }

  private void total(String id, int value, String label) {
    h.div {
      h.dt(label)
      h.dd(id: "total-$id", 'data-value': value, number(value))
    }
  }

  private void evidence() {
    h.section('aria-labelledby': 'evidence-title') {
      h.h2(id: 'evidence-title', 'What rules rest on')
      h.dl(class: 'legend') {
        MEANING.each { kind, meaning ->
          h.div {
            h.dt {
              badge(kind)
              h.span(class: 'count', id: "total-$kind", 'data-value': report.totals.evidence[kind],
                  number(report.totals.evidence[kind]))
            }
            h.dd(meaning)
          }
        }
      }
    }
  }

  /** With roles, because the narrow layout takes the elements their own. */
  private void apis() {
    h.section('aria-labelledby': 'apis-title') {
      h.h2(id: 'apis-title', 'The APIs')
      h.table(class: 'apis', role: 'table', 'aria-labelledby': 'apis-title') {
        h.thead(role: 'rowgroup') {
          h.tr(role: 'row') {
            ['API', 'Rules', report.tested ? 'Proved' : null, 'What they rest on', 'Operations',
                report.tested ? 'Interactions' : null].findAll().each {
              h.th(role: 'columnheader', scope: 'col', it)
            }
          }
        }
        h.tbody(role: 'rowgroup') {
          report.apis.each { api ->
            h.tr(role: 'row') {
              h.th(role: 'rowheader', scope: 'row') { h.a(href: "#$api.api", api.title) }
              cell('Rules', api.totals.rules)
              if (report.tested) {
                cell('Proved', api.totals.proved)
              }
              h.td(class: 'split', role: 'cell') { bar(api.totals) }
              cell('Operations', api.totals.operations)
              if (report.tested) {
                cell('Interactions', api.totals.interactions)
              }
            }
          }
        }
      }
    }
  }

  private void cell(String label, int value) {
    h.td(role: 'cell', 'data-label': label, number(value))
  }

  /** The shares of the kinds of evidence. */
  private void bar(Map totals) {
    def shares = totals.evidence.findAll { it.value > 0 }
    def words = list(shares.collect { kind, count -> "$kind ${number(count)}".toString() })
    h.svg(viewBox: "0 0 $totals.rules 10", preserveAspectRatio: 'none', role: 'img', 'aria-label': words) {
      int start = 0
      shares.each { kind, count ->
        h.rect(class: kind, x: start, width: count, height: 10)
        start += count
      }
    }
    h.span(class: 'shares', 'aria-hidden': 'true') {
      shares.each { kind, count ->
        h.span(class: kind, "$kind ${number(count)}")
        say(' ')
      }
    }
  }

  /** Shown by the script, without which it could do nothing. */
  private void filter() {
    h.form(class: 'filter', id: 'filter', role: 'search', hidden: 'hidden') {
      h.label(for: 'words', 'Find')
      raw('<input id="words" type="search" autocomplete="off" placeholder="rule, path, test">')
      h.button(type: 'button', id: 'open', 'Open all')
      h.button(type: 'button', id: 'close', 'Close all')
      h.fieldset {
        h.legend('Evidence')
        MEANING.keySet().each { kind ->
          h.label(class: "chip $kind") {
            raw("<input type=\"checkbox\" name=\"evidence\" value=\"$kind\">")
            h.span(kind)
          }
        }
      }
      h.output(id: 'found', for: 'words', '')
    }
  }

  private void api(Map api) {
    h.section(class: 'api', id: api.api, 'aria-labelledby': "${api.api}.title") {
      h.h3(id: "${api.api}.title", api.title)
      h.p {
        say('Contract ')
        h.code(api.file)
        say(", version $api.version, after the ")
        h.a(href: api.documentation, "vendor's documentation")
        say('.')
      }
      api.operations.findAll { it.operationId || it.rules }.each { operation(it, api) }
      if (api.choices) {
        choices(api)
      }
    }
  }

  private void operation(Map operation, Map api) {
    h.details(class: operation.operationId ? 'operation' : 'common', id: "${api.api}.${operation.operationId ?: 'common'}") {
      h.summary {
        h.h4 { breakable(operation.name) }
        if (operation.operationId) {
          h.code(class: 'request') {
            h.span(class: 'method', operation.method)
            say(' ')
            breakable(operation.path)
          }
        }
        h.span(class: 'count', counts(operation))
      }
      h.p {
        say(operation.summary)
        say(operation.summary.endsWith('.') ? '' : '.')
        if (operation.documentation) {
          say(' ')
          h.a(href: operation.documentation, 'Documentation page')
        }
      }
      h.ul(class: 'rules') { operation.rules.each { rule(it, api) } }
      if (operation.interactions) {
        interactions(operation)
      }
    }
  }

  private static String counts(Map operation) {
    def counts = [plural(operation.rules.size(), 'rule')]
    if (operation.interactions) {
      counts << plural(operation.interactions.size(), 'interaction')
    }
    counts.join(', ')
  }

  private void rule(Map rule, Map api) {
    h.li(class: 'rule', id: rule.id, 'data-evidence': rule.evidence) {
      h.p(class: 'says', rule.says)
      h.p(class: 'basis') {
        badge(rule.evidence)
        if (rule.note) {
          say(' ')
          h.a(href: "#${api.api}.choice.$rule.note", "reason $rule.note")
        }
        say(' ')
        h.a(class: 'id', href: "#$rule.id", rule.id)
      }
      if (rule.variants) {
        h.p(class: 'variants') {
          say('Can be switched: ')
          rule.variants.eachWithIndex { variant, i ->
            h.code(variant)
            say(i == 0 ? ' (the default)' : '')
            say(i < rule.variants.size() - 1 ? ', ' : '')
          }
        }
      }
      if (report.tested) {
        tests(rule.tests)
      }
    }
  }

  private void tests(List<String> tests) {
    if (tests.empty) {
      h.p(class: 'unproved', 'No passing test names this rule.')
      return
    }
    def shown = tests.size() > TESTS_SHOWN + 1 ? TESTS_SHOWN : tests.size()
    testList(tests.take(shown))
    if (shown < tests.size()) {
      h.details(class: 'more') {
        h.summary("${tests.size() - shown} more tests")
        testList(tests.drop(shown))
      }
    }
  }

  private void testList(List<String> tests) {
    h.ul(class: 'tests', 'aria-label': 'Tests that prove it') {
      tests.each { test ->
        h.li {
          h.code(title: test) { breakable(test.substring(test.lastIndexOf('.', test.indexOf('#')) + 1).replace('#', '.')) }
        }
      }
    }
  }

  private void interactions(Map operation) {
    h.table(class: 'interactions') {
      h.caption('Interactions of client and server')
      h.thead {
        h.tr {
          h.th(scope: 'col', 'Interaction')
          h.th(scope: 'col', 'Status')
        }
      }
      h.tbody {
        operation.interactions.each { interaction ->
          h.tr(class: 'interaction') {
            h.td(interaction.description)
            h.td(interaction.status)
          }
        }
      }
    }
  }

  private void choices(Map api) {
    h.details(class: 'choices', id: "${api.api}.choices") {
      h.summary {
        h.h4('Choices and their reasons')
        h.span(class: 'count', plural(api.choices.size(), 'choice'))
      }
      h.ol {
        api.choices.each { choice ->
          h.li(value: choice.number, id: "${api.api}.choice.$choice.number") {
            h.strong(choice.title)
            say(' ')
            prose(choice.text)
          }
        }
      }
    }
  }

  /** What the notes have of Markdown: code, bold text and links. */
  private void prose(String markdown) {
    def inline = markdown =~ INLINE
    int end = 0
    while (inline.find()) {
      say(markdown.substring(end, inline.start()))
      end = inline.end()
      if (inline.group(1) in ruleIds) {
        h.a(class: 'id', href: '#' + inline.group(1), inline.group(1))
      } else if (inline.group(1)) {
        h.code(inline.group(1))
      } else if (inline.group(2)) {
        h.strong(inline.group(2))
      } else {
        h.a(href: inline.group(4), inline.group(3))
      }
    }
    say(markdown.substring(end))
  }

  private void origin() {
    h.p {
      say('The same as data: ')
      h.code('rule-coverage.json')
      say(' beside this file, ')
      h.code('/roster/coverage.json')
      say(' of a running server. Made from contracts with the SHA-256 ')
      h.code(class: 'digest', report.contracts)
      say('.')
    }
  }

  private void badge(String kind) {
    h.span(class: "badge $kind", kind)
  }

  private void say(Object words) {
    h.mkp.yield(words.toString())
  }

  /** A name that a narrow line breaks after a separator before it breaks it anywhere. */
  private void breakable(String name) {
    name.split('(?<=[/._])').each {
      say(it)
      raw('<wbr>')
    }
  }

  private void raw(String markup) {
    h.mkp.yieldUnescaped(markup)
  }

  private String resource(String name) {
    getClass().classLoader.getResource(name).readLines('UTF-8').join('\n') + '\n'
  }

  private static String number(int value) {
    String.format(Locale.ROOT, '%,d', value)
  }

  private static String plural(int count, String noun) {
    "${number(count)} $noun${count == 1 ? '' : 's'}"
  }

  private static String list(List<String> words) {
    words.size() < 2 ? words.join() : words.init().join(', ') + ' and ' + words.last()
  }
}

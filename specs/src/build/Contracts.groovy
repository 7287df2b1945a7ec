import groovy.yaml.YamlSlurper
import java.security.MessageDigest
import java.util.regex.Matcher

/**
 * The contracts below a folder, as the scripts of the build read them.
 *
 * What all operations of a contract share is an operation without operationId, the first of its API.
 */
class Contracts {

  private static final String COMMON = 'All operations'

  /** One map an API, in the order of their folders. */
  final List<Map> apis = []

  /** The SHA-256 of everything that was read. */
  final String digest

  Contracts(File specs) {
    def sum = MessageDigest.getInstance('SHA-256')
    specs.listFiles().findAll { new File(it, 'openapi.yaml').exists() }.sort { it.name }.each { folder ->
      def contract = new File(folder, 'openapi.yaml')
      def notes = new File(folder, 'NOTES.md')
      [contract, notes].each { file ->
        sum.update("$folder.name/$file.name ${file.length()}\n".getBytes('UTF-8'))
        sum.update(file.bytes)
      }
      apis << read(folder.name, new YamlSlurper().parse(contract) as Map, notes.getText('UTF-8'))
    }
    digest = sum.digest().encodeHex().toString()
  }

  /** Calls back with every rule, its operation and its API. */
  void eachRule(Closure visit) {
    apis.each { api -> api.operations.each { operation -> operation.rules.each { visit(it, operation, api) } } }
  }

  private static Map read(String name, Map contract, String notes) {
    def operations = [section(COMMON, 'What holds for every request.', contract)]
    contract.paths.each { path, item ->
      item.findAll { it.value instanceof Map && it.value.operationId }.each { verb, operation ->
        operations << section(operation.operationId, operation.summary, operation) + [
            operationId: operation.operationId, method: verb.toUpperCase(), path: path]
      }
    }
    [
        api: name,
        file: "specs/$name/openapi.yaml".toString(),
        title: contract.info.title,
        version: contract.info.version,
        documentation: contract.externalDocs.url,
        versions: versions(contract),
        operations: operations,
        secrets: new Secrets(contract).index(),
        choices: choices(notes),
    ]
  }

  /** The versions of the API, oldest first, as the parameter api-version lists them; none if it has no such parameter. */
  private static Map versions(Map contract) {
    def parameter = contract.components?.parameters?.get('api-version')
    [served: parameter?.schema?.get('enum') ?: [], retired: parameter?.get('x-retired') ?: []]
  }

  private static Map section(String name, String summary, Map source) {
    [
        name: name,
        operationId: null,
        method: null,
        path: null,
        summary: summary,
        documentation: source.operationId ? source.externalDocs?.url : null,
        rules: source['x-rules'].collect {
          [id: it.id, says: it.says, evidence: it.evidence, note: it.note, variants: it.variants ?: []]
        },
    ]
  }

  /** The numbered decisions, such as "3. **Bearer tokens.** No page says ...". */
  private static List<Map> choices(String notes) {
    def section = (notes =~ /(?ms)^## Choices$(.*?)(?=^## |\z)/)
    if (!section.find()) {
      return []
    }
    Matcher choice = section.group(1) =~ /(?ms)^(\d+)\. \*\*(.+?)\*\*(.*?)(?=^\d+\. \*\*|\z)/
    choice.collect { all, number, title, text ->
      [number: number.toInteger(), title: title.replaceAll(/\s+/, ' '), text: text.replaceAll(/\s+/, ' ').trim()]
    }
  }
}

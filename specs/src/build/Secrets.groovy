/** What a contract marks as secret: {@code writeOnly}, {@code x-secret} or a format of password. */
class Secrets {

  private final Map contract

  Secrets(Map contract) {
    this.contract = contract
  }

  /**
   * Names of secrets in lower case, each once, and the places of secrets in the request bodies by operationId.
   *
   * A place is a path, in which * stands for every entry of an array, and the JSON type of the secret.
   */
  Map index() {
    def schemas = contract.components.schemas
    def names = schemas.keySet().collectMany { places(schemas[it], [], []) }.collect { it.path.last() }
    [
        names: (names + (contract['x-secret-names'] ?: [])).findAll { it != '*' }*.toLowerCase().unique().sort(),
        bodies: bodies().findAll { it.value },
    ]
  }

  private Map bodies() {
    contract.paths.values().collectMany { it.values() }.findAll { it instanceof Map && it.requestBody }.collectEntries {
      def content = resolve(it.requestBody).content.values()
      [it.operationId, content.collectMany { body -> places(body.schema, [], []) }.unique()]
    }
  }

  private List<Map> places(Map unresolved, List path, List seen) {
    def reference = unresolved.'$ref'
    if (reference in seen) {
      return []
    }
    def within = reference ? seen + reference : seen
    def schema = resolve(unresolved)
    if (path && (schema.writeOnly || schema['x-secret'] || schema.format == 'password')) {
      return [[path: path, type: schema.type]]
    }
    def found = []
    schema.properties?.each { name, member -> found.addAll(places(member, path + name, within)) }
    if (schema.items) {
      found.addAll(places(schema.items, path + '*', within))
    }
    ['allOf', 'anyOf', 'oneOf'].each { kind ->
      schema[kind]?.each { found.addAll(places(it, path, within)) }
    }
    found
  }

  private Map resolve(Map schema) {
    def reference = schema.'$ref'
    reference ? resolve(reference.substring(2).split('/').inject(contract) { node, name -> node[name] }) : schema
  }
}

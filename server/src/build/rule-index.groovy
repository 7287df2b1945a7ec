// Writes roster/rules.json: every rule of every contract, in the order of the documents, so that the running server
// knows the switchable ones without parsing YAML.
import groovy.json.JsonOutput
import groovy.yaml.YamlSlurper

def rules = []
new File(project.properties['specs.directory'] as String).listFiles().findAll { it.directory }.sort().each { api ->
  def file = new File(api, 'openapi.yaml')
  if (!file.exists()) return
  def contract = new YamlSlurper().parse(file)
  def collect = { String operation, list ->
    list?.each { rule ->
      rules << [api: api.name, operation: operation, id: rule.id, says: rule.says, evidence: rule.evidence, variants: rule.variants ?: []]
    }
  }
  collect(null, contract['x-rules'])
  contract.paths.each { path, item ->
    item.findAll { it.value instanceof Map && it.value.operationId }.each { verb, operation ->
      collect(operation.operationId, operation['x-rules'])
    }
  }
}
def index = new File(project.build.outputDirectory, 'roster/rules.json')
index.parentFile.mkdirs()
index.setText(JsonOutput.prettyPrint(JsonOutput.toJson(rules)) + '\n', 'UTF-8')
log.info("${rules.size()} rules in ${index}")

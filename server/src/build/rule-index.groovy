// Writes what the running server has to know of the contracts without parsing YAML: roster/rules.json, every rule of every
// contract in the order of the documents, and roster/paths.json, the paths of each with their verbs.
import groovy.json.JsonOutput
import groovy.yaml.YamlSlurper

def rules = []
def paths = [:]
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
  paths[api.name] = contract.paths.collectEntries { path, item ->
    [path, item.findAll { it.value instanceof Map && it.value.operationId }.keySet()*.toUpperCase()]
  }
  contract.paths.each { path, item ->
    item.findAll { it.value instanceof Map && it.value.operationId }.each { verb, operation ->
      collect(operation.operationId, operation['x-rules'])
    }
  }
}
def index = new File(project.build.outputDirectory, 'roster/rules.json')
index.parentFile.mkdirs()
index.setText(JsonOutput.prettyPrint(JsonOutput.toJson(rules)) + '\n', 'UTF-8')
new File(index.parentFile, 'paths.json').setText(JsonOutput.prettyPrint(JsonOutput.toJson(paths)) + '\n', 'UTF-8')
log.info("${rules.size()} rules in ${index}")

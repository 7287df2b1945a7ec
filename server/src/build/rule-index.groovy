// Writes what the running server has to know of the contracts without parsing YAML: roster/rules.json, every rule of every
// contract in the order of the documents, roster/paths.json, the paths of each with their verbs, roster/versions.json, the
// versions that callers may ask for, roster/secrets.json, the members of bodies that each marks as secret, and in
// roster/coverage the report on rules that it serves where the tests were not run.
import groovy.json.JsonOutput

def specs = new File(project.properties['specs.directory'] as String)
def shared = new GroovyClassLoader(getClass().classLoader)
shared.addClasspath("$specs/src/build")
def contracts = shared.loadClass('Contracts').newInstance(specs)
def folder = new File(project.build.outputDirectory, 'roster')
folder.mkdirs()

def rules = []
contracts.eachRule { rule, operation, api ->
  rules << [api: api.api, operation: operation.operationId] + rule.subMap(['id', 'says', 'evidence', 'variants'])
}
def paths = contracts.apis.collectEntries { api ->
  [api.api, api.operations.findAll { it.operationId }.groupBy { it.path }.collectEntries { [it.key, it.value*.method] }]
}
def versions = contracts.apis.collectEntries { [it.api, it.versions] }
def secrets = contracts.apis.collectEntries { [it.api, it.secrets] }
[rules: rules, paths: paths, versions: versions, secrets: secrets].each { name, content ->
  new File(folder, "${name}.json").setText(JsonOutput.prettyPrint(JsonOutput.toJson(content)) + '\n', 'UTF-8')
}
shared.loadClass('RuleReport').ofContracts(contracts, project.version).write(new File(folder, 'coverage'))
log.info("${rules.size()} rules in ${folder}")

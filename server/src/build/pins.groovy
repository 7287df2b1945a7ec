// Fails when the platform has caught up with a version that the parent pins above it, so that no pin outlives its reason.
import org.apache.maven.artifact.versioning.ComparableVersion

def platform = project.properties['quarkus-platform.version']
def bom = new File(session.localRepository.basedir, "io/quarkus/platform/quarkus-bom/$platform/quarkus-bom-${platform}.pom")
def managed = new groovy.xml.XmlSlurper().parse(bom).dependencyManagement.dependencies.dependency
[
  'netty.version': 'io.netty:netty-handler',
  'jackson.version': 'com.fasterxml.jackson.core:jackson-databind',
  'hibernate.version': 'org.hibernate.orm:hibernate-core',
  'postgresql.version': 'org.postgresql:postgresql',
  'bouncycastle.version': 'org.bouncycastle:bcprov-jdk18on',
].each { property, artifact ->
  def pinned = project.properties[property]
  def given = managed.find { "${it.groupId}:${it.artifactId}" == artifact }.version.text()
  if (new ComparableVersion(given) >= new ComparableVersion(pinned)) {
    throw new IllegalStateException(
      "The platform $platform brings $artifact $given itself: remove $property ($pinned) from the parent pom.xml and its uses.")
  }
}

package dev.singleflight.corpus;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * The user's Maven repository, with the mirrors, proxies and local folder of the user's settings.
 * What one dependency lacks must not cost the others: an artifact that is not to be had is left
 * out, and javac then says which files needed it.
 */
final class Repository implements AutoCloseable {

  private final Context context;
  private final RepositorySystem system;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> remotes;

  Repository(boolean offline) {
    this(ContextOverrides.create().withUserSettings(true).offline(offline));
  }

  Repository(ContextOverrides.Builder settings) {
    context =
        Runtimes.INSTANCE
            .getRuntime()
            // What a pom names besides may be gone, or hold something else tomorrow.
            .create(settings.ignoreArtifactDescriptorRepositories(true).build());
    system = context.repositorySystem();
    remotes = context.remoteRepositories();
    DefaultRepositorySystemSession lenient =
        new DefaultRepositorySystemSession(context.repositorySystemSession());
    lenient.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, true));
    session = lenient;
  }

  /** The jar that holds an artifact's sources. */
  Path sources(String coordinates) throws ArtifactResolutionException {
    Artifact sources = new SubArtifact(new DefaultArtifact(coordinates), "sources", "jar");
    return file(system.resolveArtifact(session, request(sources)));
  }

  /**
   * What an artifact was compiled against: itself, so that files which are left out are found as
   * classes, and what its pom names for any scope but the tests'.
   */
  List<Path> compileClassPath(String coordinates)
      throws ArtifactDescriptorException, DependencyCollectionException {
    Artifact artifact = new DefaultArtifact(coordinates);
    ArtifactDescriptorResult pom =
        system.readArtifactDescriptor(
            session, new ArtifactDescriptorRequest(artifact, remotes, null));
    CollectRequest request = new CollectRequest();
    request.setRepositories(remotes);
    request.setManagedDependencies(pom.getManagedDependencies());
    request.addDependency(new Dependency(artifact, "compile"));
    for (Dependency dependency : pom.getDependencies()) {
      if (!dependency.getScope().equals("test") && !dependency.getScope().equals("system")) {
        request.addDependency(dependency);
      }
    }
    return files(request);
  }

  /** An artifact and what it brings along. */
  List<Path> classPath(String coordinates) throws DependencyCollectionException {
    CollectRequest request = new CollectRequest();
    request.setRepositories(remotes);
    request.addDependency(new Dependency(new DefaultArtifact(coordinates), "compile"));
    return files(request);
  }

  private List<Path> files(CollectRequest request) throws DependencyCollectionException {
    CollectResult graph = collected(request);
    PreorderNodeListGenerator nodes = new PreorderNodeListGenerator();
    graph.getRoot().accept(nodes);
    List<ArtifactRequest> requests = new ArrayList<>();
    for (Dependency dependency : nodes.getDependencies(true)) {
      if (dependency.getArtifact().getExtension().equals("jar")) {
        requests.add(request(dependency.getArtifact()));
      }
    }
    Set<Path> files = new LinkedHashSet<>();
    for (ArtifactResult result : resolved(requests)) {
      if (result.isResolved()) {
        files.add(file(result));
      }
    }
    return List.copyOf(files);
  }

  private CollectResult collected(CollectRequest request) throws DependencyCollectionException {
    try {
      return system.collectDependencies(session, request);
    } catch (DependencyCollectionException e) {
      if (e.getResult() != null && e.getResult().getRoot() != null) {
        return e.getResult();
      }
      throw e;
    }
  }

  private List<ArtifactResult> resolved(List<ArtifactRequest> requests) {
    try {
      return system.resolveArtifacts(session, requests);
    } catch (ArtifactResolutionException e) {
      return e.getResults();
    }
  }

  private ArtifactRequest request(Artifact artifact) {
    return new ArtifactRequest(artifact, remotes, null);
  }

  private static Path file(ArtifactResult result) {
    return result.getArtifact().getFile().toPath();
  }

  @Override
  public void close() {
    context.close();
  }
}

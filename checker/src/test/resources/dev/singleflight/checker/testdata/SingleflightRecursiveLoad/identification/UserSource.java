package test;

import test.Domain.*;

/** Goes back to the class that it was made by. */
final class UserSource {
  private final Collaborators collaborators;

  UserSource(Collaborators collaborators) {
    this.collaborators = collaborators;
  }

  User find(String id) {
    return collaborators.backThroughSource(id);
  }
}

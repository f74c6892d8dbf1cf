package org.springframework.security.core;

import java.security.Principal;
import java.util.Collection;

public interface Authentication extends Principal {
  Object getPrincipal();

  Object getCredentials();

  Collection<String> getAuthorities();
}

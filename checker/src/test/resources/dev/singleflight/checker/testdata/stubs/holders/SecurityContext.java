package org.springframework.security.core.context;

/** A stub. */
public interface SecurityContext {
  String getName();
}

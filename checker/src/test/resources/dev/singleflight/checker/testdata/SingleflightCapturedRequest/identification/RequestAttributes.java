package org.springframework.web.context.request;

public interface RequestAttributes {
  Object getAttribute(String name, int scope);
}

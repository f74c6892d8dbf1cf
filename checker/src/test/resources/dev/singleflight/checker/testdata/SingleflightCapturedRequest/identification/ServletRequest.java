package jakarta.servlet;

import java.util.Locale;

public interface ServletRequest {
  String getParameter(String name);

  Object getAttribute(String name);

  String getRemoteAddr();

  Locale getLocale();
}

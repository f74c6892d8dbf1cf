package jakarta.servlet.http;

import jakarta.servlet.ServletRequest;
import java.security.Principal;

public interface HttpServletRequest extends ServletRequest {
  String getHeader(String name);

  String getRequestURI();

  String getRemoteUser();

  HttpSession getSession();

  Principal getUserPrincipal();
}

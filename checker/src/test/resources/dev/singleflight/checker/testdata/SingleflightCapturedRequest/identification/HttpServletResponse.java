package jakarta.servlet.http;

public interface HttpServletResponse {
  void setHeader(String name, String value);

  void setStatus(int status);
}

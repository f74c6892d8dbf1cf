package test;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.security.core.context.SecurityContextHolder;

class Inboxes {
  interface Store {
    List<String> mails(String folder, String user);
  }

  private final Store store;

  Inboxes(Store store) {
    this.store = store;
  }

  @Cacheable("mails")
  public List<String> mails(String folder) {
    String user = SecurityContextHolder.getContext().getName();
    // BUG: Diagnostic contains: belongs to the first caller
    return store.mails(folder, user);
  }

  @Cacheable("ofUser")
  public List<String> ofUser(String folder, String user) {
    return store.mails(folder, user);
  }

  public List<String> readOutside(String folder) {
    return ofUser(folder, SecurityContextHolder.getContext().getName());
  }

  @Cacheable("logged")
  public List<String> logged(String folder) {
    System.out.println(SecurityContextHolder.getContext().getName());
    return store.mails(folder, "all");
  }

  /** What a generator puts into the key is not in sight. */
  @Cacheable(value = "generated", keyGenerator = "byUser")
  public List<String> generated(String folder) {
    return store.mails(folder, SecurityContextHolder.getContext().getName());
  }

  @Cacheable(
      value = "spelled",
      key =
          "T(org.springframework.security.core.context.SecurityContextHolder).getContext().name +"
              + " #folder")
  public List<String> spelled(String folder) {
    return store.mails(folder, SecurityContextHolder.getContext().getName());
  }
}

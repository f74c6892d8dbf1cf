package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import test.Domain.Repository;
import test.Domain.User;

/** Constants, chosen by who calls. */
class ChosenByCaller {
  private final SingleflightGroup<String, List<User>> users = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> admins = SingleflightGroup.create();
  private final Repository db;
  private final boolean archive;

  ChosenByCaller(Repository db, boolean archive) {
    this.db = db;
    this.archive = archive;
  }

  List<User> byCondition(Principal principal, String id) {
    String role = principal.getName().startsWith("adm-") ? "admin" : "user";
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute(id, () -> db.users(role + id));
  }

  List<User> byBranches(Principal principal, String id) {
    String role;
    if (principal.getName().startsWith("adm-")) {
      role = "admin";
    } else {
      role = "user";
    }
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute(id, () -> db.users(role + id));
  }

  List<User> bySwitch(Principal principal, String id) {
    String view =
        switch (principal.getName()) {
          case "root", "admin" -> "full";
          default -> "public";
        };
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute("list:" + id, () -> db.users(view + id));
  }

  List<User> byLaterAssignment(HttpServletRequest request, String id) {
    String format = "json";
    if ("xml".equals(request.getHeader("Accept"))) {
      format = "xml";
    }
    String accepted = format;
    // BUG: Diagnostic contains: reads 'request'
    return users.execute(id, () -> db.users(accepted + id));
  }

  List<User> byHelper(Principal principal, String id) {
    String role = roleOf(principal);
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute(id, () -> db.users(role + id));
  }

  private static String roleOf(Principal principal) {
    if (principal.getName().equals("root")) {
      return "admin";
    }
    return "user";
  }

  List<User> choiceInTheKey(Principal principal, String id) {
    String role = principal.getName().startsWith("adm-") ? "admin" : "user";
    return users.execute(role + ":" + id, () -> db.users(role + id));
  }

  List<User> callerInTheKey(Principal principal, String id) {
    String role = principal.getName().startsWith("adm-") ? "admin" : "user";
    return users.execute(principal.getName() + ":" + id, () -> db.users(role + id));
  }

  List<User> helpersChoiceInTheKey(Principal principal, String id) {
    String role = roleOf(principal);
    return users.execute(role + "/" + id, () -> db.users(role + id));
  }

  List<User> keyChosenAlike(Principal principal, String id) {
    boolean admin = principal.getName().startsWith("adm-");
    String role = admin ? "admin" : "user";
    String key = admin ? "a:" + id : "u:" + id;
    return users.execute(key, () -> db.users(role + id));
  }

  List<User> groupChosenAlike(Principal principal, String id) {
    boolean admin = principal.getName().startsWith("adm-");
    String role = admin ? "admin" : "user";
    SingleflightGroup<String, List<User>> group = admin ? admins : users;
    return group.execute(id, () -> db.users(role + id));
  }

  List<User> configuredOnly(Principal principal, String id) {
    if (principal == null) {
      throw new IllegalStateException("nobody is logged in");
    }
    String source = archive ? "archive" : "live";
    return users.execute(id, () -> db.users(source + id));
  }

  List<User> whetherAnybodyIsThere(Principal principal, String id) {
    String source = principal == null ? "public" : "internal";
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute(id, () -> db.users(source + id));
  }

  List<User> keyDecides(Principal principal, String id) {
    String region = id.startsWith("eu-") ? "eu" : "us";
    return users.execute(id, () -> db.users(region + id));
  }

  List<User> chosenAfterwards(Principal principal, String id) {
    List<User> all = users.execute(id, () -> db.users(id));
    return principal.getName().equals("root") ? all : List.of();
  }

  List<User> wholeDecisionInTheKey(Principal principal, String id) {
    boolean root = principal.implies(null);
    String suffix = root ? "+all" : "";
    return users.execute(id + suffix, () -> root ? db.users("all") : db.users(id));
  }

  List<User> partOfTheDecisionInTheKey(Principal principal, String id) {
    boolean admin = principal.getName().startsWith("adm-");
    // BUG: Diagnostic contains: reads 'principal'
    return users.execute(id + (admin ? "+" : ""), () -> db.users(principal.getName() + id));
  }
}

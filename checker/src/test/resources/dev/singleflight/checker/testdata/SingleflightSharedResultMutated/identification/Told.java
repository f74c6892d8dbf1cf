package test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an object that was loaded is told, and what it is made over to for who asks. */
class Told {
  interface Teams {
    Team find(String name);

    Badge badge(String name);
  }

  /** Does something, and is told of what it is to know. */
  static final class Team {
    private final List<String> members = new ArrayList<>();
    private String lead;

    void addMember(String member) {
      members.add(member);
    }

    void setLead(String lead) {
      this.lead = lead;
    }

    String lead() {
      return lead;
    }

    List<String> members() {
      return members;
    }
  }

  static final class Badge {
    private String text;
    private int uses;

    String getText() {
      return text;
    }

    void setText(String text) {
      this.text = text;
    }

    int getUses() {
      return uses;
    }

    void setUses(int uses) {
      this.uses = uses;
    }
  }

  private final Map<String, Team> teams = new ConcurrentHashMap<>();
  private final Map<String, Badge> badges = new ConcurrentHashMap<>();
  private final Teams source;

  Told(Teams source) {
    this.source = source;
  }

  String assigned(String task, String member) {
    Team team = teams.computeIfAbsent(task, source::find);
    // STRICT: Diagnostic contains: changes what 'teams.computeIfAbsent' gave
    team.addMember(member);
    return team.lead();
  }

  boolean isLed(String task, String lead) {
    Team team = teams.computeIfAbsent("led:" + task, source::find);
    // STRICT: Diagnostic contains: changes what 'teams.computeIfAbsent' gave
    team.setLead(lead);
    return true;
  }

  /** The list itself is known for what it is. */
  int counted(String task, String member) {
    Team team = teams.computeIfAbsent("counted:" + task, source::find);
    // BUG: Diagnostic contains: changes what 'teams.computeIfAbsent' gave
    team.members().add(member);
    return team.members().size();
  }

  Badge greeting(String name, String greeting) {
    Badge badge = badges.computeIfAbsent(name, source::badge);
    // BUG: Diagnostic contains: changes what 'badges.computeIfAbsent' gave
    badge.setText(greeting);
    return badge;
  }

  String loud(String name) {
    Badge badge = badges.computeIfAbsent("loud:" + name, source::badge);
    // BUG: Diagnostic contains: changes what 'badges.computeIfAbsent' gave
    badge.setText(badge.getText() + "!");
    return badge.getText();
  }

  /** It is counted. */
  String text(String name) {
    Badge badge = badges.computeIfAbsent("counted:" + name, source::badge);
    // STRICT: Diagnostic contains: changes what 'badges.computeIfAbsent' gave
    badge.setUses(badge.getUses() + 1);
    return badge.getText();
  }
}

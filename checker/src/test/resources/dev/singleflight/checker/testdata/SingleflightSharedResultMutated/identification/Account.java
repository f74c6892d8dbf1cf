package test;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A value with everything that can be changed, and what makes copies of it. */
public class Account implements Cloneable {
  public String owner;
  public int visits;
  public int[] limits = new int[4];
  public Account parent;
  private String state;
  private Date opened = new Date();
  private List<String> tags = new ArrayList<>();
  private Map<String, String> labels = new HashMap<>();
  private final ConcurrentHashMap<String, String> annotations = new ConcurrentHashMap<>();
  private final AtomicInteger hits = new AtomicInteger();
  private int hash;

  public Account() {}

  public Account(Account other) {
    this.owner = other.owner;
    this.state = other.state;
    this.tags = new ArrayList<>(other.tags);
  }

  public Account copy() {
    return new Account(this);
  }

  public Account withState(String newState) {
    Account copy = new Account(this);
    copy.state = newState;
    return copy;
  }

  @Override
  public Account clone() {
    try {
      return (Account) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  public String getState() {
    return state;
  }

  public void setState(String state) {
    this.state = state;
  }

  public Date getOpened() {
    return opened;
  }

  public List<String> getTags() {
    return tags;
  }

  public List<String> copyOfTags() {
    return new ArrayList<>(tags);
  }

  public Map<String, String> getLabels() {
    return labels;
  }

  public Map<String, String> getAnnotations() {
    return annotations;
  }

  public ConcurrentHashMap<String, String> notes() {
    return annotations;
  }

  public AtomicInteger hits() {
    return hits;
  }

  public Account getParent() {
    return parent;
  }

  /** Changes it, through a method with a name of its own. */
  public void close() {
    state = "closed";
  }

  public void rename(String name) {
    applyName(name);
  }

  private void applyName(String name) {
    this.owner = name;
  }

  public void tag(String tag) {
    tags.add(tag);
  }

  public Account owned(String by) {
    owner = by;
    return this;
  }

  /** Remembered on demand, the same for all. */
  public int fingerprint() {
    if (hash == 0) {
      hash = owner.hashCode();
    }
    return hash;
  }

  public boolean isClosed() {
    return "closed".equals(state);
  }

  public static Builder builder() {
    return new Builder();
  }

  public Builder toBuilder() {
    return new Builder().owner(owner);
  }

  public static final class Builder {
    private String owner;

    public Builder owner(String owner) {
      this.owner = owner;
      return this;
    }

    public void setOwner(String owner) {
      this.owner = owner;
    }

    public Account build() {
      Account account = new Account();
      account.owner = owner;
      return account;
    }
  }
}

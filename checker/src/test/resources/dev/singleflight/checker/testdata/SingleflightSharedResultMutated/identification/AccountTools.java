package test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Helpers in another file: some change what they are given, some do not. */
final class AccountTools {
  static void markSeen(Account account) {
    account.setState("seen");
  }

  static void touchAll(List<Account> accounts) {
    for (Account account : accounts) {
      markSeen(account);
    }
  }

  static Account normalize(Account account) {
    account.owner = account.owner.trim();
    return account;
  }

  static List<String> sortInPlace(List<String> names) {
    Collections.sort(names);
    return names;
  }

  static List<String> sorted(List<String> names) {
    List<String> copy = new ArrayList<>(names);
    Collections.sort(copy);
    return copy;
  }

  static String describe(Account account) {
    return account.owner + account.getTags().size();
  }

  static Account anonymized(Account account) {
    Account copy = account.copy();
    copy.owner = "-";
    return copy;
  }

  static void fill(Account target, Account source) {
    target.owner = source.owner;
    target.getTags().addAll(source.getTags());
  }

  private AccountTools() {}
}

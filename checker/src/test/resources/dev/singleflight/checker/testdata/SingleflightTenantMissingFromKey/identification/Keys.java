package test;

final class Keys {
  static String of(String owner, String name) {
    return owner + "/" + name;
  }

  private Keys() {}
}

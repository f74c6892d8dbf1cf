package dev.singleflight.checker.fuzz;

import java.util.List;

/** A value besides the id that decides the answer. */
final class Inputs {
  static final List<Form> FORMS =
      List.of(
          input("tenant", "String", "tenantId", "SingleflightTenantMissingFromKey"),
          input("tenant type", "Tenant", "owner", "SingleflightTenantMissingFromKey"),
          input("locale", "Locale", "locale", "SingleflightKeyOmitsInput"),
          input("text", "String", "currency", "SingleflightKeyOmitsInput"),
          input("number", "int", "limit", "SingleflightKeyOmitsInput"),
          input("enum", "Kind", "kind", "SingleflightKeyOmitsInput"),
          input("date", "LocalDate", "day", "SingleflightKeyOmitsInput"));

  private Inputs() {}

  private static Form input(String name, String type, String variable, String check) {
    return new Form(
        name,
        draft -> {
          draft.inputType = type;
          draft.input = variable;
          draft.inputCheck = check;
          draft.parameter("String id");
          draft.parameter("{X} {x}");
        });
  }
}

package org.springframework.transaction;

public interface TransactionStatus {
  boolean isNewTransaction();

  void setRollbackOnly();
}

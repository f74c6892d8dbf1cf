package test;

import java.util.Collections;
import test.Documents.Document;

/** Asks for cached documents, and has them changed before it gives them to a request. */
class DocumentResource {
  private final Documents documents;
  private final Maps members;

  DocumentResource(Documents documents, Maps members) {
    this.documents = documents;
    this.members = members;
  }

  Document getDocument(String language) {
    Document document;
    if (documents.getCachedDocument(language) == null) {
      document = documents.build(language);
      documents.updateServer(document);
      documents.setCachedDocument(language, document);
    } else {
      document = documents.getCachedDocument(language);
      documents.updateServer(document);
    }
    return document;
  }

  Document getServed(String language, String server) {
    Document document = documents.getCachedDocument(language);
    // BUG: Diagnostic contains: changes what 'cachedDocuments.get' gave (through putServer(…))
    documents.putServer(document, server);
    return document;
  }

  /** The same of documents that are not said to be cached. */
  Document getKept(String language, String server) {
    Document document = documents.getDocument(language);
    if (document == null) {
      document = documents.build(language);
      documents.setDocument(language, document);
    }
    documents.putServer(document, server);
    return document;
  }

  Maps shuffled(String group) {
    // BUG: Diagnostic contains: changes what 'groups.computeIfAbsent' gave
    Collections.shuffle(members.members(group));
    return members;
  }
}

package test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps documents, and changes what it is given to what the last request has set. */
class Documents {
  private final Map<String, Document> cachedDocuments = new HashMap<>();
  private final Map<String, Document> documents = new HashMap<>();
  private String baseUrl = "";

  static class Document {
    private String server;
    private final List<String> paths = new ArrayList<>();

    void setServer(String server) {
      this.server = server;
    }

    List<String> getPaths() {
      return paths;
    }
  }

  Document getCachedDocument(String language) {
    return cachedDocuments.get(language);
  }

  void setCachedDocument(String language, Document document) {
    cachedDocuments.put(language, document);
  }

  Document getDocument(String language) {
    return documents.get(language);
  }

  void setDocument(String language, Document document) {
    documents.put(language, document);
  }

  void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  Document build(String language) {
    Document document = new Document();
    document.getPaths().add(language);
    return document;
  }

  void updateServer(Document document) {
    // BUG: Diagnostic contains: (through DocumentResource.getDocument(…) → updateServer(…))
    document.setServer(baseUrl);
  }

  void putServer(Document document, String server) {
    document.setServer(server);
  }
}
